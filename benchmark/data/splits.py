"""From the data of a suite to the splits of one network, checked.

In: the identity of a network, or a suite with its data. Out: `Splits`, or an error that names the split and the row.
"""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.data.judging import first_shared, identified, numbered
from benchmark.data.loading import load
from benchmark.identity import TrainIdentity
from registry import SUITES, Condition, Data, DataError, Examples, Splits, TaskSuite
from registry.arrays import float_inputs
from registry.errors import in_words

FEWEST = 2  # training examples: batch normalization cannot train on one


def splits_of(identity: TrainIdentity, root: Path) -> Splits:
    """The splits of the network with this identity, cut to the limits of the plan.

    Args:
        identity: Of a train cell.
        root: The data folder.

    Raises:
        DataError: The data cannot be loaded, or the splits cannot be used.
        ChangedInput: The data are no longer those that the identity names.
    """
    suite = SUITES[identity["suite"]]
    data = load(identity["data"], root, identity["data_fingerprint"])
    splits = make_splits(suite, data, identity["condition"], identity.get("data_seed", identity["seed"]))
    held_out, limit = identity.get("held_out_examples"), identity.get("limit")
    most = {"train": identity.get("train_examples"), "evaluation": held_out, "in_distribution": held_out}
    return Splits(**{name: _some(vars(splits)[name], limit, own) for name, own in most.items()})


def _some(examples: Examples, *limits: int | None) -> Examples:
    """A seeded part of the examples, as many as the smallest limit, the same for every network; all without a limit."""
    count = min((limit for limit in limits if limit is not None), default=len(examples))
    if count >= len(examples):
        return examples
    order = np.random.default_rng(0).permutation(len(examples))
    if examples.groups is None:
        return examples.at(np.sort(order[:count]))
    chosen = _in_proportion(examples.labels[order], examples.groups[order], count)
    return examples.at(np.sort(order[chosen]))


def _in_proportion(labels: NDArray[np.int64], groups: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The first rows of each label and group, as many as keep its share: quotas by largest remainder."""
    cells = np.unique(np.column_stack([labels, groups]), axis=0, return_inverse=True)[1]
    shares = np.bincount(cells) * count / len(cells)
    quotas = np.floor(shares).astype(int)
    quotas[np.argsort(quotas - shares, kind="stable")[: count - quotas.sum()]] += 1
    return np.concatenate([np.flatnonzero(cells == cell)[:quota] for cell, quota in enumerate(quotas)])


def _is_outside(suite: TaskSuite) -> bool:
    """Whether it is anybody's code, which may change what it is given; the data are those of other suites too."""
    return suite.name not in SUITES or SUITES.check(suite.name).outside


def make_splits(suite: TaskSuite, data: Data, condition: Condition, seed: int) -> Splits:
    """The splits of one network, checked: nothing empty, labels in range, nothing both trained and measured on.

    Evaluation and in-distribution examples have ids, which say which of them were made from one example of the data.

    Args:
        suite: Makes the splits.
        data: Its data set.
        condition: One of the suite's.
        seed: Of what the suite draws.

    Raises:
        DataError: The splits cannot be used; it names the split and the row.
    """
    try:
        given = numbered(deepcopy(data) if _is_outside(suite) else data)
        splits = identified(_as_read(suite.make(given, condition, seed), suite), given.held_out)
    except DataError:
        raise
    except (Exception, SystemExit) as error:  # a suite may be anybody's code
        raise DataError(f"suite {suite.name!r}, condition {condition}: {in_words(error)}") from error
    for name, examples in (
        ("train", splits.train),
        ("evaluation", splits.evaluation),
        ("in_distribution", splits.in_distribution),
    ):
        where = f"suite {suite.name!r}, condition {condition}, {name}"
        if len(examples) == 0:
            raise DataError(f"{where}: no examples")
        if name == "train" and len(examples) < FEWEST:
            raise DataError(f"{where}: one example: a network is trained on {FEWEST} or more")
        if suite.modality == "text":
            _check_texts(examples, where)
        bad = np.flatnonzero((examples.labels < 0) | (examples.labels >= suite.num_classes))
        if len(bad):
            raise DataError(
                f"{where}, row {bad[0]}: label {examples.labels[bad[0]]} is not in 0 to {suite.num_classes - 1}"
            )
        if name != "train":
            shared = first_shared(examples, splits.train)
            if shared is not None:
                raise DataError(f"{where}, row {shared}: this example is in the training set too")
    return splits


def _as_read(made: object, suite: TaskSuite) -> Splits:
    """The splits with inputs as networks read them: numbers in float32, whatever a suite computes in."""
    if not isinstance(made, Splits):
        raise TypeError(f"make returns {type(made).__name__}, not Splits")
    parts = {}
    for name, examples in vars(made).items():
        if not isinstance(examples, Examples):
            raise TypeError(f"{name} is a {type(examples).__name__}, not Examples")
        try:
            inputs = examples.inputs if suite.modality == "text" else float_inputs(examples.inputs)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        parts[name] = examples if inputs is examples.inputs else replace(examples, inputs=inputs)
    return Splits(**parts)


def _check_texts(examples: Examples, where: str) -> None:
    if not isinstance(examples.inputs.dtype, np.dtypes.StringDType) or examples.inputs.ndim != 1:
        raise DataError(f"{where}: texts are inputs (S,) of numpy's StringDType, not {examples.inputs.dtype}")
    empty = next((row for row, text in enumerate(examples.inputs) if not text.strip()), None)
    if empty is not None:
        raise DataError(f"{where}, row {empty}: the text is empty")
