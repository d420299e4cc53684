"""From the activations of one network to its numbers: every measure that needs no labels, on all examples and halves.

In: activations and the estimators' settings, the same for all networks. Out: a `Measured` for each measure. It is the
same computation as a plan's score cells make, so the values are those of a board, to the last digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmark.estimator import NearestSettings, Pairs, Settings
from benchmark.information.pairs import pair_count
from benchmark.measures import MEASURES
from benchmark.scoring.score import computed, sampled
from benchmark.scoring.subsampling import for_halves
from benchmark.types import Activations, History, Measure, Outputs
from registry import UserError

ALL_PAIRS_UP_TO = 100_000  # of one network: more are sampled, unless the caller says otherwise
SAMPLED_PAIRS = 20_000
ENOUGH = 10  # times as many examples as the estimators need: on halves of fewer the neighbours are all that there are


@dataclass(frozen=True, repr=False)
class Measured:
    """A measure of one network: its value, undefined with a reason, and its values on halves of the examples.

    `standard_error` is that of a sample of the pairs, None where all pairs are read; `memorank.score` gives the
    whole one, over the examples too.

    >>> Measured(0.1234, standard_error=0.0023), Measured(0.5), Measured(None, "no two neurons")
    (Measured(0.1234 ±0.0023), Measured(0.5000), Measured(undefined: no two neurons))
    """

    value: float | None
    reason: str | None = None
    per_tap: dict[str, float | None] = field(default_factory=dict)
    halves: tuple[float | None, ...] = ()
    standard_error: float | None = None

    def __str__(self) -> str:
        if self.value is None:
            return f"undefined: {self.reason}"
        return f"{self.value:.4f}" + ("" if self.standard_error is None else f" ±{self.standard_error:.4f}")

    def __repr__(self) -> str:
        return f"Measured({self})"


def label_free() -> list[Measure]:
    """The measures that read one network's activations alone.

    There is no placebo among them, and nothing that needs labels, anchors, a training, the network itself or others.
    """
    found = (MEASURES[name] for name in MEASURES)
    alone = [one for one in found if set(one.needs) == {"activations"} and not one.readings and one.over == "one"]
    return [one for one in alone if not (one.placebo or one.yardstick or one.on_request)]


def settings_for(networks: Sequence[Activations], pairs: Pairs | None = None, base: Settings | None = None) -> Settings:
    """The settings under which all these networks are measured: those given, with as many pairs as take seconds.

    Args:
        networks: All that are compared.
        pairs: How many pairs of neurons are read, "all" or a number. By default all, but 20,000 of each network where
            one has more than 100,000.
        base: All other settings, by default those of a plan.

    >>> settings_for([Activations({"0": np.zeros((4, 500), dtype=np.float32)})]).mi.pairs
    20000
    """
    given = base or Settings()
    if pairs is not None and pairs != "all" and not (isinstance(pairs, int | np.integer) and pairs >= 2):
        raise UserError(f"pairs is 'all' or a number from 2 on, not {pairs!r}")
    pairs = int(pairs) if isinstance(pairs, np.integer) else pairs
    if pairs is None:
        most = max(sum(pair_count(matrix.shape[1]) for matrix in one.by_tap.values()) for one in networks)
        pairs = SAMPLED_PAIRS if most > ALL_PAIRS_UP_TO else "all"
    return given.model_copy(update={"mi": given.mi.model_copy(update={"pairs": pairs})})


def check_enough(examples: int, settings: Settings) -> None:
    """Raises UserError for so few examples that halves of them say nothing of the error."""
    needed = ENOUGH * (settings.mi.k + 1 if isinstance(settings.mi, NearestSettings) else 2)
    if examples < needed:
        raise UserError(f"{examples} examples are too few: {needed} are needed, and a few hundred say more")


def measured(name: str, activations: Activations, settings: Settings) -> dict[str, Measured]:
    """Every label-free measure of one network, by the measure's name.

    Args:
        name: Of the network.
        activations: (S, N) for each tap.
        settings: Of the estimators. Of more than `samples` examples a seeded sample is read, the same one for every
            network, and `sub_samples` says on how many seeded halves of it.

    Raises:
        UserError: A measure, which may be anybody's code, raises.
    """
    return measured_on(sampled_outputs(name, activations, settings), settings)


def measured_on(read: Outputs, settings: Settings) -> dict[str, Measured]:
    """Every label-free measure on all of these outputs and on halves of them. Raises UserError as `measured` does."""
    halves = _halves(read, settings.sub_samples)
    return {measure.name: _one(measure, read, halves, settings) for measure in label_free()}


def sampled_outputs(name: str, activations: Activations, settings: Settings) -> Outputs:
    """The activations as a measure takes them, on as many examples as it reads: a seeded sample, or all."""
    return sampled(_outputs(name, activations), settings.samples)


def _one(measure: Measure, whole: Outputs, halves: Sequence[Outputs], settings: Settings) -> Measured:
    try:
        found = computed(measure.compute, measure.name, whole, settings)
        on_halves = tuple(computed(measure.compute, measure.name, one, for_halves(settings)).value for one in halves)
    except ValueError as error:
        raise UserError(f"network {whole.key!r}: {error}") from error
    return Measured(found.value, found.reason, dict(found.per_tap), on_halves, found.standard_error)


def _outputs(name: str, activations: Activations) -> Outputs:
    """As a measure takes them: there are no logits, labels and history to read."""
    examples = len(next(iter(activations.by_tap.values())))
    nothing, unknown = np.zeros((examples, 0), dtype=np.float32), np.zeros(examples, dtype=np.int64)
    return Outputs(name, activations, nothing, unknown, None, History(0, (), (), "max-epochs"))


def _halves(whole: Outputs, count: int) -> list[Outputs]:
    """Seeded halves of the examples, the same rows for every network; all neurons, each half with bins of its own."""
    examples = len(whole.labels)
    rows = (np.random.default_rng((0, draw)).permutation(examples)[: examples // 2] for draw in range(count))
    return [whole.at(np.sort(own)) for own in rows]
