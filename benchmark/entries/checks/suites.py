"""The conformance checks of a suite, on its default data.

In: a suite and the splits of all its conditions. Out: for each check what is wrong, None where nothing is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from benchmark.data.judging import judged_examples
from benchmark.data.splits import make_splits
from benchmark.estimator import NearestSettings
from benchmark.metrics import METRICS
from benchmark.networks.plane import plane_inputs
from benchmark.scoring.groups import check_groups
from benchmark.scoring.score import computed, judged_part
from benchmark.types import Activations, History, Outputs
from registry import DATASETS, Condition, Data, Examples, Splits, TaskSuite, UserError

SEEDS = (0, 1)
LARGEST_INPUT = 1e15  # whose square, summed over many inputs, float32 still has
NEURONS = 4  # of the network that guesses
DEVIATIONS = 4  # that a share of redrawn labels may lie from what is expected


@dataclass(frozen=True)
class Made:
    """A suite with its splits by condition and seed. That no example is both trained and measured on is checked."""

    suite: TaskSuite
    data: Data
    splits: Mapping[tuple[Condition, int], Splits]

    def train(self, condition: Condition) -> Examples:
        """The training set of the first seed."""
        return self.splits[(condition, SEEDS[0])].train

    def changed(self, condition: Condition) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which training examples of all seeds have another label, and which another input, than in the first."""
        labels, inputs = [], []
        for seed in SEEDS:
            first, train = self.splits[(self.suite.conditions[0], seed)].train, self.splits[(condition, seed)].train
            labels.append(train.labels != first.labels)
            inputs.append((train.inputs != first.inputs).reshape(len(first), -1).any(axis=1))
        return np.concatenate(labels), np.concatenate(inputs)


def split(suite: TaskSuite, data: Data) -> Made:
    """Make the splits of all conditions and seeds. Raises DataError that says which cannot be used."""
    made: dict[tuple[Condition, int], Splits] = {}
    for condition in suite.conditions:
        for seed in SEEDS:
            splits = make_splits(suite, data, condition, seed)
            first = made.get((suite.conditions[0], seed), splits), made.get((condition, SEEDS[0]), splits)
            made[(condition, seed)] = _once(splits, *first)
    for splits in made.values():
        check_groups(suite, splits)
    return Made(suite, data, made)


def _once(splits: Splits, *others: Splits) -> Splits:
    """The splits, in whose place of equal inputs stand those of others: images fill gigabytes, and are kept once."""
    held_out = {}
    for name in ("evaluation", "in_distribution"):
        own = getattr(splits, name)
        inputs = (getattr(other, name).inputs for other in others)
        equal = next((there for there in inputs if np.array_equal(own.inputs, there)), own.inputs)
        held_out[name] = replace(own, inputs=equal)
    return replace(splits, **held_out)


def names_are_known(made: Made) -> str | None:
    """Data sets and metrics are registered, the default is one of its own, values ascend, and words stand for some."""
    suite = made.suite
    for registry, names in ((DATASETS, suite.datasets), (METRICS, suite.metrics)):
        for name in names:
            try:
                registry.check(name)
            except UserError as error:
                return str(error)
    if suite.default_data not in suite.datasets:
        return f"default_data {suite.default_data!r} is none of its datasets"
    if suite.knob and list(suite.conditions) != sorted(suite.conditions, key=float):
        return f"conditions are not in ascending order of {suite.knob}: {suite.conditions}"
    for name in suite.condition_names:
        if not suite.allows(name):
            return f"condition_names: {name!r} is no condition: {suite.condition_names[name]}"
    return None


def has_enough_examples(made: Made) -> str | None:
    """The estimators have as many examples as they need, by default."""
    needed = NearestSettings().k + 1
    for (condition, _), splits in made.splits.items():
        for name in ("evaluation", "in_distribution"):
            if (found := len(getattr(splits, name))) < needed:
                return f"{name} of condition {condition} has {found} examples: the estimators need {needed}"
    return None


def inputs_can_be_squared(made: Made) -> str | None:
    """No input is so large that what a network and a measure make of it is beyond float32."""
    for (condition, _), splits in made.splits.items():
        for name, examples in vars(splits).items():
            if made.suite.modality != "text" and (largest := float(np.abs(examples.inputs).max())) > LARGEST_INPUT:
                where = f"{name} of condition {condition}"
                return f"{where} has an input of {largest:g}: scale them, at most {LARGEST_INPUT:g}"
    return None


def metrics_compute(made: Made) -> str | None:
    """Its metrics give a number, or a reason, for a network that guesses on its judged evaluation examples."""
    splits = made.splits[(made.suite.conditions[0], SEEDS[0])]
    examples, judged = splits.evaluation, judged_examples(splits)[0]
    generator = np.random.default_rng(0)
    logits, neurons = (generator.normal(size=(len(examples), n)) for n in (made.suite.num_classes, NEURONS))
    activations = Activations({"tap": neurons.astype(np.float32)})
    history = History(1, (1.0,), (1.0,), "max-epochs")
    part = judged_part(
        Outputs("made", activations, logits.astype(np.float32), examples.labels, examples.groups, history, judged)
    )
    for name in made.suite.metrics:
        if part is None:
            return "no evaluation example is judged"
        computed(METRICS[name].compute, name, part)
    return None


def input_shape(made: Made) -> str | None:
    """Examples, and the inputs of a plane, have the shape that the suite declares."""
    if made.suite.modality == "text":
        return (
            None if len(made.suite.input_shape) == 1 else f"input_shape is (most tokens,), not {made.suite.input_shape}"
        )
    for (condition, _), splits in made.splits.items():
        for name, examples in vars(splits).items():
            if examples.inputs.shape[1:] != made.suite.input_shape:
                found = f"{name} of condition {condition} has examples"
                return f"{found} of shape {examples.inputs.shape[1:]}, not {made.suite.input_shape}"
    plane = made.suite.plane
    on_plane = plane_inputs(plane).shape if plane else None
    if plane and on_plane != (plane.side**2, *made.suite.input_shape):
        return f"the plane's inputs have shape {on_plane}, not {(plane.side**2, *made.suite.input_shape)}"
    return None


def facts_are_texts(made: Made) -> str | None:
    """What `memorank describe` shows of its data is rows of two texts."""
    for row in made.suite.facts(made.data) if made.suite.facts else ():
        if not isinstance(row, tuple | list) or len(row) != 2 or not all(isinstance(text, str) for text in row):
            return f"facts has the row {row!r:.100}, not (head, text), both texts"
    return None


def making_is_deterministic(made: Made) -> str | None:
    """The same condition and seed make the same splits."""
    condition = made.suite.conditions[-1]
    again = make_splits(made.suite, made.data, condition, SEEDS[0])
    for name in ("train", "evaluation", "in_distribution"):
        if not _same(getattr(again, name), getattr(made.splits[(condition, SEEDS[0])], name)):
            return f"{name} of condition {condition} is another one the second time"
    return None


def evaluation_stays(made: Made) -> str | None:
    """Evaluation examples depend on neither condition nor seed."""
    first = next(iter(made.splits.values())).evaluation
    for (condition, seed), splits in made.splits.items():
        if not _same(splits.evaluation, first):
            return f"evaluation of condition {condition}, seed {seed} is not that of the first condition"
    return None


def sizes_are_equal(made: Made) -> str | None:
    """Training sets have one size, unless the suite declares otherwise."""
    sizes = {condition: len(made.train(condition)) for condition in made.suite.conditions}
    if len(set(sizes.values())) == 1 or not made.suite.equal_sizes:
        return None
    return f"training sets have sizes {sizes}: make them equal, or declare equal_sizes=False"


def the_knob_turns(made: Made) -> str | None:
    """Every condition has its own training set; along a knob ever more of the first one's examples are changed.

    beta is the share of redrawn labels: so many of them differ, less those that kept their value, and no input does.
    """
    suite = made.suite
    first = made.train(suite.conditions[0])
    before = 0.0
    for condition in suite.conditions[1:]:
        train = made.train(condition)
        if _same(train, first):
            return f"the training set of condition {condition} is that of {suite.conditions[0]}"
        if not suite.knob or len(train) != len(first):
            continue
        labels, inputs = made.changed(condition)
        share = float((labels | inputs).mean())
        if share < before:
            return f"{suite.knob} = {condition} changes {share:.1%} of the examples, less than the step before"
        before = share
        if suite.knob == "beta":
            problem = _redrawn(float(condition) - float(suite.conditions[0]), labels, inputs, suite.num_classes)
            if problem:
                return f"beta = {condition}: {problem}"
    return None


def _redrawn(share: float, labels: NDArray[np.bool_], inputs: NDArray[np.bool_], num_classes: int) -> str | None:
    if inputs.any():
        return f"changes the inputs of {inputs.mean():.1%} of the examples, not only labels"
    kept = 1 / num_classes
    expected, deviation = share * (1 - kept), sqrt(share * kept * (1 - kept) / len(labels))
    if abs(labels.mean() - expected) > DEVIATIONS * deviation:
        return f"changes {labels.mean():.1%} of the labels, redrawing them would change {expected:.1%}"
    return None


def _same(a: Examples, b: Examples) -> bool:
    inputs = a.inputs is b.inputs or np.array_equal(a.inputs, b.inputs)
    return inputs and np.array_equal(a.labels, b.labels)


SUITE_CHECKS: dict[str, Callable[[Made], str | None]] = {
    "names-are-known": names_are_known,
    "input-shape": input_shape,
    "has-enough-examples": has_enough_examples,
    "inputs-can-be-squared": inputs_can_be_squared,
    "metrics-compute": metrics_compute,
    "facts-are-texts": facts_are_texts,
    "making-is-deterministic": making_is_deterministic,
    "evaluation-stays": evaluation_stays,
    "sizes-are-equal": sizes_are_equal,
    "the-knob-turns": the_knob_turns,
}
