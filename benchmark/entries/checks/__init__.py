"""Conformance: what an entry must do before it is worth a training. One small named check for each promise.

In: a family, a suite, a data set, a measure, a reading or a metric. Out: a `Finding` for each of its checks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import checked_data, load
from benchmark.entries.checks.batches import BATCH_CHECKS
from benchmark.entries.checks.builds import BUILD_CHECKS
from benchmark.entries.checks.families import FAMILY_CHECKS, built
from benchmark.entries.checks.numbers import NUMBER_CHECKS, anchors_a_measure
from benchmark.entries.checks.readings import READING_CHECKS
from benchmark.entries.checks.suites import SUITE_CHECKS, split
from benchmark.entries.checks.texts import TEXT_CHECKS
from benchmark.networks.building import build_from
from benchmark.networks.room import room
from benchmark.plan.catalogue import Entry
from benchmark.reading import Reading
from benchmark.types import Measure
from registry import DATASETS, SUITES, Dataset, ModelFamily, TaskSuite, UserError, data_folder_is
from registry.arrays import float_inputs
from registry.errors import in_words
from registry.isolation import contained

Check = Callable[[Any], str | None]


@dataclass(frozen=True)
class Finding:
    """One check of one entry: its name, and what is wrong, None if nothing is; a remark is no fault."""

    check: str
    fault: str | None
    remark: str = ""


def findings(entry: Entry, root: Path) -> Iterator[Finding]:
    """Run every check of an entry, one after the other. What an entry's code raises is a fault.

    Args:
        entry: A family, a suite, a data set, a measure, a reading or a metric.
        root: The data folder, from which data sets and weights are read.

    Raises:
        DataError: The entry cannot be checked because its files are not there.
    """
    with data_folder_is(root):
        yield from _findings(entry, root)


def _findings(entry: Entry, root: Path) -> Iterator[Finding]:
    yield from _each(entry, {"names-and-references": _filled})
    if isinstance(entry, ModelFamily):
        if entry.weights:
            fingerprint(entry.weights, root)
        try:
            with contained():
                subject = built(entry)
        except (Exception, SystemExit) as error:
            yield Finding("builds", in_words(error))
            return
        yield Finding("builds", None)
        texts = TEXT_CHECKS if entry.modality == "text" else {}
        yield from _each(subject, texts | FAMILY_CHECKS | BATCH_CHECKS | BUILD_CHECKS)
        if entry.modality == "text":
            yield _longest_text(entry)
    elif isinstance(entry, TaskSuite):
        dataset = DATASETS[entry.default_data]
        fingerprint(dataset, root)
        try:
            with contained():
                made = split(entry, load(dataset.name, root))
        except UserError as error:
            yield Finding("makes-splits", str(error))
            return
        yield Finding("makes-splits", None)
        yield from _each(made, SUITE_CHECKS)
    elif isinstance(entry, Dataset):
        fingerprint(entry, root)
        yield from _each(
            entry,
            {
                "loads": lambda dataset: _loads(dataset, root),
                "loads-alike": lambda dataset: _loads_alike(dataset, root),
            },
        )
    elif isinstance(entry, Reading):
        yield from _each(entry, READING_CHECKS)
    elif isinstance(entry, Measure) and entry.anchored:
        yield from _each(entry, {"anchors-a-measure": anchors_a_measure})
    else:
        yield from _each(entry, NUMBER_CHECKS)


def _each(subject: object, checks: dict[str, Check]) -> Iterator[Finding]:
    said = set()
    for name, check in checks.items():
        try:
            with contained():
                fault = check(subject)
        except (Exception, SystemExit) as error:  # an entry may be anybody's code
            fault = in_words(error)
        if fault is None or fault not in said:  # the same fault found by several checks is said once
            yield Finding(name, fault)
        said.add(fault)


def _filled(entry: Entry) -> str | None:
    """Names are checked when an entry is made; whether the reference says anything is not."""
    return None if entry.reference.strip() else "reference is empty: say where it is from, or 'none: ...' and why"


def _longest_text(family: ModelFamily) -> Finding:
    """How much of the longest texts of all suites the family's network has room for."""
    texts = [suite for suite in SUITES.usable().values() if suite.modality == "text"]
    longest = max(texts, key=lambda suite: suite.input_shape)
    try:
        with contained():
            network = build_from(family, longest.input_shape, longest.num_classes, 0)
            found = room(network, family.tokenizer() if family.tokenizer else None, longest.input_shape[0])
    except Exception as error:
        return Finding("longest-text", in_words(error))
    if not found:
        return Finding("longest-text", "it reads no text of a single token")
    cut = found < longest.input_shape[0]
    return Finding("longest-text", None, f"room for {found} tokens: longer texts are cut" if cut else "")


def _loads(dataset: Dataset, root: Path) -> str | None:
    data = checked_data(dataset, dataset.load(root / dataset.name))
    for part, examples in (("train", data.train), ("held_out", data.held_out)):
        if not len(examples):
            return f"{part} has no examples"
        is_text = isinstance(examples.inputs.dtype, np.dtypes.StringDType)
        if is_text != (dataset.modality == "text"):
            return f"{part} has inputs of {examples.inputs.dtype}, and the data set is of modality {dataset.modality!r}"
        if not is_text:
            float_inputs(examples.inputs)
    return None


def _loads_alike(dataset: Dataset, root: Path) -> str | None:
    """Data that are generated, which no file holds, are the same each time."""
    if dataset.files:
        return None
    first, second = (dataset.load(root / dataset.name) for _ in range(2))
    for name in ("train", "held_out"):
        one, two = getattr(first, name), getattr(second, name)
        same = (np.array_equal(getattr(one, part), getattr(two, part)) for part in ("inputs", "labels"))
        if not all(same):
            return f"{name} is another one the second time"
    return None
