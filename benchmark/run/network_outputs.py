"""What a trained network gives on every kind of inputs of its suite.

In: a trained network and its identity; or a run folder that keeps its weights. Out: its outputs by the inputs they were
read on, and the file of them.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from torch import nn

from benchmark.data import splits as data
from benchmark.data.judging import judged_examples
from benchmark.identity import TrainIdentity
from benchmark.networks import activations, training
from benchmark.networks.building import family_in
from benchmark.networks.inputs import Inputs, as_inputs
from benchmark.networks.weights import facts_in
from benchmark.record import of_network
from benchmark.run.stored_networks import stored_network, weights_of
from benchmark.run.trained import seed_of
from benchmark.run_folder import outputs, store
from benchmark.seeding import seeded
from benchmark.types import Activations, History, Outputs
from registry import SUITES, Examples, ModelFamily, Splits, data_folder_is

Reader: TypeAlias = Callable[[Inputs], tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]]
Judged: TypeAlias = tuple[Examples, NDArray[np.bool_]]  # with a mask of those that are judged


def reader_of(network: nn.Module, identity: TrainIdentity, numbers: str) -> Reader:
    """What reads inputs by a network: the activations of each tap and the logits."""
    return partial(activations.read, network, family_in(identity).taps, numbers=numbers)


def outputs_on(
    reader: Reader, key: str, identity: TrainIdentity, shape: tuple[int, ...], splits: Splits, root: Path, at: History
) -> dict[str, Outputs]:
    """The outputs of a network on each set of examples. It runs once where two sets in a row have the same inputs.

    Args:
        reader: Of the network.
        key: Of its cell.
        identity: Of its cell.
        shape: That of the examples that it reads, (tokens,) for texts.
        splits: Of its identity.
        root: The data folder.
        at: The history of its training.
    """
    read_as = family_in(identity), shape
    return _read(reader, key, read_as, _judged_by_read(splits, identity, root), at)


def read_again(run: Path, key: str, root: Path, threads: int) -> bytes:
    """The file of the outputs of a network whose weights a run folder keeps, made without training it.

    Args:
        run: The run folder.
        key: Of the network's cell.
        root: The data folder.
        threads: How many threads torch may use.

    Raises:
        UserError: Its weights are not kept or not what they were, or its family is not here as it was.
    """
    content, identity = weights_of(run, key)
    record = of_network(store.read_record(run, key))
    numbers = "float32" if record is None else record.get("precision", "float32")
    tokens = facts_in(content)["tokens"]
    shape = SUITES[identity["suite"]].input_shape if tokens is None else (tokens,)
    with seeded(seed_of(identity), threads), data_folder_is(root):
        network = stored_network(run, key, root)[0].to(training.device())
        splits = data.splits_of(identity, root)
        reader = reader_of(network, identity, numbers)
        none = History(0, (), (), "loss")  # the file of outputs holds no history
        return outputs.pack(outputs_on(reader, key, identity, shape, splits, root, none))


def _judged_by_read(splits: Splits, identity: TrainIdentity, root: Path) -> dict[str, Judged]:
    """The examples that the network is read on, by the name of the reading, each with a mask of those judged."""
    elsewhere = [
        data.splits_of(cast(TrainIdentity, {**identity, "condition": other}), root)
        for other in identity.get("read_on", [])
    ]
    made = [splits, *elsewhere]
    judged = [judged_examples(one) for one in made]
    examples = [(splits.evaluation, judged[0][0])]
    examples += [(one.in_distribution, own) for one, (_, own) in zip(made, judged, strict=True)]
    return dict(zip(outputs.reads(identity), examples, strict=True))


def _read(
    reader: Reader,
    key: str,
    read_as: tuple[ModelFamily, tuple[int, ...]],
    judged_by_read: dict[str, Judged],
    history: History,
) -> dict[str, Outputs]:
    family, shape = read_as
    result: dict[str, Outputs] = {}
    before: tuple[Examples, Outputs] | None = None
    for name, (examples, judged) in judged_by_read.items():
        if before and np.array_equal(before[0].inputs, examples.inputs):
            given = replace(before[1], labels=examples.labels, groups=examples.groups, judged=judged)
        else:
            by_tap, logits = reader(as_inputs(family, examples, shape, training.device()))
            given = Outputs(key, Activations(by_tap), logits, examples.labels, examples.groups, history, judged)
        result[name] = given
        before = examples, given
    return result
