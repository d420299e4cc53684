"""Every entry passes every check, and for every check there is a broken entry that it alone stops."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.entries.checks import findings
from benchmark.entries.scaffolds import KINDS, scaffold
from benchmark.plan.catalogue import REGISTRIES
from benchmark.types import Measure, Metric, Outputs, Value
from registry import (
    DATASETS,
    FAMILIES,
    SUITES,
    Condition,
    Data,
    DataError,
    Dataset,
    Examples,
    ModelFamily,
    Plane,
    Splits,
    Tap,
    TaskSuite,
    Training,
    UserError,
    data_folder,
)
from registry._transformers import import_transformers
from registry.families.toy_encoder import WORDS
from registry.tokens import at_tokens

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


def family(build: Callable[[tuple[int, ...], int], nn.Module], *taps: str, reference: str = "a test") -> ModelFamily:
    return ModelFamily(
        name="broken",
        modality="vector",
        build=build,
        taps=tuple(Tap(t) for t in taps or ("0",)),
        reference=reference,
        training=FAMILIES["toy-mlp"].training,
    )


class Network(nn.Module):
    """A hidden layer and an output layer; `forward` and what is built are for the broken ones to change."""

    def __init__(self, shape: tuple[int, ...], classes: int) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(shape[0], 8), nn.Linear(8, classes)
        self.unused = nn.Identity()

    def forward(self, x: torch.Tensor) -> Any:
        return self.out(torch.relu(self.hidden(x)))


class Twice(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return self.out(torch.relu(self.hidden(x) + self.hidden(x)))


class Tuple(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x), x


class Detached(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return self.out(torch.relu(self.hidden(x)).detach())


class Random(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x) + 0.1 * torch.randn(len(x), 1)


class Flat(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x) * 0


class Normed(Network):
    """Its logits stay finite however large its weights are, for a normalization behind them."""

    def forward(self, x: torch.Tensor) -> Any:
        return nn.functional.normalize(self.hidden(x))[:, : self.out.out_features] + 0 * self.out.bias


class Wide(Network):
    """One whose forward pass changes the whole process."""

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        torch.set_default_dtype(torch.float64)
        return super().forward(inputs)


class Hollow(Network):
    """One with a tap that gives no number."""

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        self.none(inputs)
        return super().forward(inputs)

    def __init__(self, shape: tuple[int, ...], classes: int) -> None:
        super().__init__(shape, classes)
        self.none = nn.AdaptiveAvgPool1d(0)


class Roomy(Network):
    """One with room for forty examples, where a run reads all that are held out."""

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        return super().forward(inputs) + torch.zeros(40, 1)[: len(inputs)]


class Squeezing(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x).squeeze(0)


SHARED = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))


def drawing(generator: Callable[[], np.random.Generator]) -> Callable[[tuple[int, ...], int], nn.Module]:
    """Initial weights from a generator of numpy's that nobody has seeded, or that is always the same."""

    def build(shape: tuple[int, ...], classes: int) -> nn.Module:
        network, generated = Network(shape, classes), generator()
        for parameter in network.parameters():
            parameter.data = torch.from_numpy(generated.normal(size=parameter.shape, scale=0.3).astype(np.float32))
        return network

    return build


def mixing(shape: tuple[int, ...], classes: int) -> nn.Module:
    norm = nn.BatchNorm1d(8, track_running_stats=False)
    return nn.Sequential(nn.Linear(shape[0], 8), norm, nn.ReLU(), nn.Linear(8, classes))


def in_place(shape: tuple[int, ...], classes: int) -> nn.Module:
    return nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(inplace=True), nn.Linear(8, classes))


def frozen(shape: tuple[int, ...], classes: int) -> nn.Module:
    return Network(shape, classes).requires_grad_(False)


def zeroed(module: nn.Module) -> None:
    for parameter in module.parameters():
        nn.init.zeros_(parameter)


def raising(shape: tuple[int, ...], classes: int) -> nn.Module:
    raise RuntimeError("no such layer")


class Decoder(nn.Module):
    """GPT-2 under a head on the last token of each row, padding or not, where `padded`."""

    def __init__(self, shape: tuple[int, ...], classes: int, padded: bool) -> None:
        super().__init__()
        transformers, size = import_transformers(), {"n_embd": 16, "n_layer": 1, "n_head": 2, "n_positions": shape[0]}
        self.model = transformers.GPT2Model(transformers.GPT2Config(vocab_size=len(WORDS), **size))
        self.norm, self.head, self.padded = nn.LayerNorm(16), nn.Linear(16, classes), padded

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        states = self.norm(self.model(input_ids=input_ids, attention_mask=attention_mask)[0])
        return self.head(states[:, -1] if self.padded else at_tokens(states, attention_mask, "last-token"))


def decoder(tap: Tap, padded: bool = False) -> ModelFamily:
    build = partial(Decoder, padded=padded)
    return replace(FAMILIES["toy-encoder"], name="broken", build=build, taps=(tap,))


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


def suite(**changes: Any) -> TaskSuite:
    return replace(SUITES["toy-shuffled"], **changes)


def remade(change: Callable[[Splits, Condition, int], dict[str, Examples]]) -> TaskSuite:
    """toy-shuffled with some of its splits changed."""

    def make(data: Data, condition: Condition, seed: int) -> Splits:
        splits = SUITES["toy-shuffled"].make(data, condition, seed)
        return replace(splits, **change(splits, condition, seed))

    return suite(make=make)


def moved(examples: Examples, by: float) -> Examples:
    return replace(examples, inputs=examples.inputs + np.float32(by))


def narrower(examples: Examples) -> Examples:
    return Examples(examples.inputs[:, :2], examples.labels)


def fewer(examples: Examples, by: int) -> Examples:
    return Examples(examples.inputs[by:], examples.labels[by:])


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


def measure(compute: Callable[..., Any], needs: tuple[str, ...] = ("activations",)) -> Measure:
    better = {"heuristic": "high", "example-level": "low"}
    return Measure(name="broken", better=better, needs=needs, compute=compute, reference="a test")


def by_labels(outputs: Outputs) -> Value:
    return Value(float(outputs.labels[0]))


def drawn_data(number: str = "1") -> Data:
    """Data that a generator which nobody has seeded draws, in units of a number."""
    return Data(*(Examples(float(number) * np.random.random((9, 2)), [0, 1, 1] * 3) for _ in range(2)))


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
