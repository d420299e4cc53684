"""Every entry passes every check; a broken one is named for what it is, and what it changes is put back."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from broken_families import (
    Network,
    Wide,
    family,
    raising,
)
from broken_suites import by_labels, drawn_data, measure, remade, suite
from entry_faults import faults
from torch import nn

from benchmark.entries.scaffolds import KINDS, scaffold
from benchmark.plan.catalogue import REGISTRIES
from benchmark.types import Metric
from registry import (
    DATASETS,
    FAMILIES,
    Data,
    DataError,
    Examples,
    Tap,
    UserError,
)

LONG = ("minilm", "nico", "resnet18", "generated-bios")
ENTRIES = [
    pytest.param(kind, name, marks=[pytest.mark.long] if name in LONG else [])
    for kind, registry in REGISTRIES.items()
    for name in registry
]


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_every_entry_passes_every_check(kind: str, name: str) -> None:
    try:
        assert faults(REGISTRIES[kind][name]) == {}
    except DataError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("kind", KINDS)
def test_a_scaffold_passes_as_it_is(kind: str, tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    exec(scaffold(kind, "my-own"), names)
    assert faults(names[kind.upper()]) == {}
    assert len(scaffold(kind, "my-own").splitlines()) <= (15 if kind == "family" else 50)
    with pytest.raises(UserError, match="did you mean"):
        scaffold(f"{kind}s", "my-own")
    with pytest.raises(UserError, match="is not a name"):
        scaffold(kind, "../../x")


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (
            family(lambda s, c: nn.Sequential(nn.LazyLinear(8), nn.ReLU(), nn.LazyLinear(c))),
            "builds",
            "ValueError: build returns a module whose 0.weight has no shape yet, as that of a torch.nn.Lazy... layer",
        ),
        (family(raising), "builds", "RuntimeError: no such layer"),
        (family(lambda s, c: [1, 2]), "builds", "build returns list, not a torch.nn.Module"),
        (family(Network, "hidden", reference=" "), "names-and-references", "reference is empty"),
        (remade(lambda s, c, n: {"evaluation": s.train}), "makes-splits", "row 0: this example is in the training set"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: Data(*[Examples(np.zeros((0, 2)), np.zeros(0))] * 2)),
         "loads", "train has no examples"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: (1, 2)), "loads", "load returns tuple, not Data"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: drawn_data("nan")), "loads", "row 0: an input is not"),
        (replace(DATASETS["toy-blobs"], modality="text"), "loads", "of modality 'text'"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: 1 / 0), "loads", "ZeroDivisionError"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: drawn_data()), "loads-alike", "train is another one"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_named_for_what_it_is(broken: Any, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


def test_what_an_entry_changes_while_it_is_checked_is_put_back() -> None:
    faults(family(Wide, "hidden"))
    assert torch.get_default_dtype() == torch.float32


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: suite(kind="heuristc"), "kind is 'heuristc', not one of 'heuristic', 'example-level'"),
        (lambda: suite(modality="txt"), "modality is 'txt', not one of"),
        (lambda: suite(conditions=()), "has no conditions"),
        (lambda: replace(FAMILIES["toy-mlp"], taps=("0",)), r"taps are a tuple of Tap, as in taps=\(Tap\(\"0\"\),\)"),
        (lambda: replace(FAMILIES["toy-mlp"], taps=Tap("0")), "taps are a tuple of Tap"),
        (lambda: family(Network, "hidden", "hidden"), "family 'broken' taps 'hidden' twice: a module is read once"),
        (lambda: replace(FAMILIES["toy-mlp"], training={"lr": 1}), "training is a Training, as in"),
        (lambda: replace(measure(by_labels), better={"heuristic": "hihg", "example-level": "low"}), "is 'hihg', not"),
        (lambda: replace(measure(by_labels), better={"heuristic": "high", "exampel-level": "low"}), "for each of heur"),
        (
            lambda: Metric("x", "yes", (), by_labels, "a test"),
            r"higher_is_better of metric 'x' is 'yes' \(str\), not True or",
        ),
    ],
)
def test_a_wrong_word_in_an_entry_is_refused_when_it_is_made(make: Callable[[], Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()
