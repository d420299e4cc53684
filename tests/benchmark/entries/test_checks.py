"""Every entry passes every check, and for every check there is a broken entry that it alone stops."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from broken_families import (
    SHARED,
    Detached,
    Flat,
    Hollow,
    Network,
    Normed,
    Random,
    Roomy,
    Squeezing,
    Tuple,
    Twice,
    Wide,
    decoder,
    drawing,
    family,
    frozen,
    in_place,
    mixing,
    raising,
    zeroed,
)
from broken_suites import by_labels, drawn_data, fewer, measure, moved, narrower, remade, suite
from torch import nn

from benchmark.entries.checks import findings
from benchmark.entries.scaffolds import KINDS, scaffold
from benchmark.plan.catalogue import REGISTRIES
from benchmark.types import Measure, Metric, Value
from registry import (
    DATASETS,
    FAMILIES,
    SUITES,
    Data,
    DataError,
    Dataset,
    Examples,
    ModelFamily,
    Plane,
    Tap,
    TaskSuite,
    Training,
    UserError,
    data_folder,
)

ENTRIES = [(kind, name) for kind, registry in REGISTRIES.items() for name in registry]


def faults(entry: Any) -> dict[str, str]:
    return {found.check: found.fault for found in findings(entry, data_folder()) if found.fault}


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
            decoder(Tap("model.h.0", "first-token")),
            "taps-vary",
            r"'model.h.0' \(first-token\) gives the same.*'last-token'",
        ),
        (
            decoder(Tap("model.wte", "last-token")),
            "taps-vary",
            r"'model.wte' \(last-token\) gives the same row for every",
        ),
        (
            family(lambda s, c: Network(s, c).apply(zeroed), "hidden"),
            "taps-vary",
            r"'hidden' \(none\) gives the same row",
        ),
        (decoder(Tap("norm", "last-token"), padded=True), "rows-do-not-mix", "the logits of an example depend on"),
        (
            family(lambda s, c: nn.Sequential(nn.LazyLinear(8), nn.ReLU(), nn.LazyLinear(c))),
            "builds",
            "ValueError: build returns a module whose 0.weight has no shape yet, as that of a torch.nn.Lazy... layer",
        ),
        (family(raising), "builds", "RuntimeError: no such layer"),
        (family(lambda shape, classes: Network(shape, classes + 1), "hidden"), "logits-shape", r"not \(B, K\)"),
        (family(Tuple, "hidden"), "logits-shape", "forward returns tuple, not a tensor"),
        (family(Network, "hiden"), "taps-fire-once", "no module 'hiden' to tap; did you mean 'hidden'"),
        (family(Network, "unused"), "taps-fire-once", "'unused' fired 0 times"),
        (family(Twice, "hidden"), "taps-fire-once", "'hidden' fired 2 times"),
        (family(in_place), "taps-stay", "works in place on the output of tap '0'"),
        (family(mixing), "rows-do-not-mix", "depend on the others of its batch"),
        (family(Random, "hidden"), "evaluation-is-deterministic", "other numbers the second time"),
        (family(Detached, "hidden"), "gradients-reach-every-parameter", "no gradient reaches hidden.weight"),
        (family(frozen, "hidden"), "gradients-reach-every-parameter", "no parameter is trainable"),
        (family(Flat, "hidden"), "training-lowers-the-loss", "the loss went from"),
        (family(lambda s, c: SHARED, "0"), "builds-alike", "has returned before: make a new one"),
        (family(drawing(np.random.default_rng), "hidden"), "builds-alike", "two builds from one seed differ in hidden"),
        (family(drawing(lambda: np.random.default_rng(0)), "hidden"), "seeds-differ", "two seeds build the same net"),
        (
            family(lambda s, c: nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, c))),
            "fits-suites",
            r"suite '.*', input_shape ..+,., num_classes .+: RuntimeError: mat1",
        ),
        (family(Roomy, "hidden"), "reads-many-at-once", r"The size of tensor a \(1024\) must match"),
        (family(Hollow, "none"), "taps-vary", "tap 'none' has no neurons"),
        (family(Squeezing, "hidden"), "rows-do-not-mix", "the logits of 1 examples have shape"),
        (family(lambda s, c: [1, 2]), "builds", "build returns list, not a torch.nn.Module"),
        (
            replace(family(Normed, "hidden"), training=Training(learning_rate=1e30)),
            "training-lowers-the-loss",
            "the weights have a norm of .*e.3. after",
        ),
        (family(Network, "hidden", reference=" "), "names-and-references", "reference is empty"),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else "",
)
def test_a_broken_family_is_named_for_what_it_is(broken: ModelFamily, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (remade(lambda s, c, n: {"evaluation": s.train}), "makes-splits", "row 0: this example is in the training set"),
        (suite(metrics=("acuracy",)), "names-are-known", "did you mean 'accuracy'"),
        (suite(default_data="circles"), "names-are-known", "none of its datasets"),
        (suite(condition_names={"all": 2.0}), "names-are-known", "'all' is no condition: 2.0"),
        (suite(input_shape=(2,)), "input-shape", "of shape .3,., not .2,."),
        (remade(lambda s, c, n: {"evaluation": s.evaluation.at(np.arange(3))}), "has-enough-examples", "has 3 exam"),
        (remade(lambda s, c, n: {"in_distribution": narrower(s.in_distribution)}), "input-shape",
         "in_distribution of condition 0.0 has examples of shape"),
        (remade(lambda s, c, n: {"train": moved(s.train, 1e16)}), "inputs-can-be-squared", "input of 1e.16: scale"),
        (suite(plane=Plane(0.0, 1.0, 2, lambda: np.zeros((4, 2)))), "input-shape", "plane.* .4, 2., not .4, 3"),
        (suite(plane=Plane(0.0, 1.0, 2, lambda: np.full((4, 3), np.nan))), "input-shape", "plane: row 0: an input"),
        (suite(facts=lambda data: [(1, None)]), "facts-are-texts", "the row .1, None., not .head, text."),
        (remade(lambda s, c, n: {"train": moved(s.train, np.random.random())}), "making-is-deterministic", "second"),
        (remade(lambda s, c, n: {"evaluation": moved(s.evaluation, float(c))}), "evaluation-stays", "condition 0.5"),
        (remade(lambda s, c, n: {"train": fewer(s.train, int(10 * c))}), "sizes-are-equal", "declare equal_sizes"),
        (suite(make=lambda d, c, s: SUITES["toy-shuffled"].make(d, 0.0, s)), "the-knob-turns", "0.5 is that of 0.0"),
        (suite(make=lambda d, c, s: SUITES["toy-shuffled"].make(d, c / 2, s)), "the-knob-turns", "of the labels"),
        (suite(make=lambda d, c, s: SUITES["toy-shuffled"].make(d, c * (2 - c), s)), "the-knob-turns", "of the labels"),
        (suite(make=lambda d, c, s: SUITES["toy-spurious"].make(d, c, s)), "the-knob-turns", "changes the inputs"),
        (replace(SUITES["toy-spurious"], make=lambda d, c, s: SUITES["toy-spurious"].make(d, 0.3 if c == 1 else c, s)),
         "the-knob-turns", "less than the step before"),
    ],
)  # fmt: skip
def test_a_broken_suite_is_named_for_what_it_is(broken: TaskSuite, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


def test_sizes_may_vary_where_the_suite_says_so() -> None:
    varied = remade(lambda splits, condition, seed: {"train": fewer(splits.train, int(10 * condition))})
    assert "sizes-are-equal" not in faults(replace(varied, equal_sizes=False))


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (measure(lambda o, s: 3.0), "gives-a-number", "returns float, not a Value"),
        (measure(lambda o, s: Value(float("nan"))), "gives-a-number", "the value is nan"),
        (measure(lambda o, s: Value(None)), "gives-a-number", "None without a reason"),
        (measure(lambda o, s: Value(float(np.random.random()))), "is-deterministic", "then"),
        (measure(lambda o, s: by_labels(o)), "reads-what-it-declares", "it reads labels"),
        (measure(lambda o, s: Value(float(o.labels.mean()))), "reads-what-it-declares", "it reads labels"),
        (measure(lambda o, s: sys.exit(3)), "gives-a-number", "SystemExit: 3"),
        (measure(lambda o, s: Value(0.5, standard_error=np.nan)), "gives-a-number", "standard_error is nan"),
        (measure(lambda o, s: Value(0.5, details={"a": np.zeros(2)})), "gives-a-number", "is a numpy.ndarray of shape"),
        (measure(lambda o, s: Value(0.5, details={"a": np.random.random()})), "is-deterministic", "another details"),
        (measure(lambda o, s: Value(o.activations.by_tap["first"].mean())), "reads-other-networks", "KeyError"),
        (measure(lambda o, s: Value(o.logits[0, 2]), ("predictions",)), "reads-other-networks", "IndexError"),
        (measure(lambda o, s: Value(0.1 if (last := [*o.activations.by_tap.values()][-1])[:, -2:].std() and
                                    last.std(0).all() else None)), "reads-other-networks", "None without a reason"),
        (Metric("broken", True, ("predictions",), by_labels, "a test"), "reads-what-it-declares", "it reads labels"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: Data(*[Examples(np.zeros((0, 2)), np.zeros(0))] * 2)),
         "loads", "train has no examples"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: (1, 2)), "loads", "load returns tuple, not Data"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: drawn_data()), "loads-alike", "train is another one"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: drawn_data("nan")), "loads", "row 0: an input is not"),
        (replace(DATASETS["toy-blobs"], modality="text"), "loads", "of modality 'text'"),
        (replace(DATASETS["toy-blobs"], load=lambda folder: 1 / 0), "loads", "ZeroDivisionError"),
    ],
)  # fmt: skip
def test_a_broken_measure_metric_or_data_set_is_named(
    broken: Measure | Metric | Dataset, check: str, words: str
) -> None:
    assert re.search(words, faults(broken)[check])


def test_a_record_is_written_and_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as plain values go nothing is left to find; were they let through, this would find them."""
    monkeypatch.setattr("benchmark.scoring.score.plain_value", lambda found, examples: found)
    assert "not JSON serializable" in faults(measure(lambda o, s: Value(np.float32(0.5))))["is-kept"]
    assert "standard_error" in faults(measure(lambda o, s: Value(0.5, standard_error=-1.0)))["is-kept"]


def test_one_fault_is_one_finding() -> None:
    assert list(faults(measure(lambda o, s: Value(float(np.random.random()))))) == ["is-deterministic"]
    assert list(faults(measure(lambda o, s: Value(float("nan"))))) == ["gives-a-number"]


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
