"""From records to models: the networks of one family, condition and recipe, averaged over seeds.

In: the measures of a plan, and its results. Out: one `Model` for each place of the board, in the plan's order, with
what is missing said. A mean over a part of the seeds is no mean: it is missing too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmark.plain.packing import unpacked
from benchmark.plan.content import MeasureFacts, PlanEntry
from benchmark.record import MeasuredContent, ScoreRecord, TrainRecord, ValueContent
from benchmark.results.anchoring import with_anchored
from benchmark.results.result import Result
from benchmark.statistics.errors import Error, of_seeds, of_seeds_and_examples
from benchmark.statistics.number import Floats, Number, mean, spread

__all__ = ["Model", "Number", "models"]


@dataclass(frozen=True)
class Model:
    """What is ranked: entry (by its number in the plan, and as the plan tells it), recipe, inputs, scope, condition."""

    entry: int
    suite: PlanEntry
    recipe: str
    inputs: str
    scope: str
    condition: float | str
    seeds: tuple[int, ...]
    measures: Mapping[str, Number]
    metrics: Mapping[str, Number]
    training_accuracy: Number


def models(measures: Mapping[str, MeasureFacts], results: Iterable[Result]) -> list[Model]:
    """Every model of a plan, anchored measures among its own.

    Args:
        measures: What the plan tells of each measure that it has.
        results: All cells of the plan, or of some of its entries.

    Returns:
        One model for each entry, recipe, kind of inputs, scope and condition, whether or not its numbers are there.
    """
    results = with_anchored(measures, results)
    networks = {result.cell["key"]: result.network for result in results}
    places: dict[tuple[int, str, str, str, float | str], list[Result]] = {}
    for result in results:
        if result.is_score:
            cell = result.cell
            read_on = str(cell["inputs"]), str(cell["scope"])
            place = (cell["entry"], cell["recipe"], *read_on, cell["condition"])
            places.setdefault(place, []).append(result)
    found = []
    for (entry, recipe, inputs, scope, condition), own in places.items():
        suite, scores = own[0].suite, [result.score for result in own]
        judged = _judged(scores)
        measured = {
            name: _number(
                [None if score is None else score["measures"].get(name) for score in scores],
                # a yardstick is read on other examples than the metrics: the same ones for every seed, as those are
                judged=judged is not None and measure["yardstick"],
                read_on_neurons=not measure["yardstick"],
            )
            for name, measure in measures.items()
        }
        metrics = {
            name: _number(
                [None if score is None else score["metrics"].get(name) for score in scores],
                judged=judged is not None,
                examples=judged,
            )
            for name in suite["metrics"]
        }
        seeds = tuple(result.cell["seed"] for result in own)
        trained = _number([_training_accuracy(networks.get(result.cell["train"])) for result in own])
        found.append(Model(entry, suite, recipe, inputs, scope, condition, seeds, measured, metrics, trained))
    return found


def _judged(records: Sequence[ScoreRecord | None]) -> str | None:
    """Which examples the metrics of a model were computed on, None where its networks differ or do not say."""
    digests = {record["judged"]["digest"] if "judged" in record else None for record in records if record}
    return digests.pop() if len(digests) == 1 else None


def _training_accuracy(network: TrainRecord | None) -> ValueContent | None:
    """The training accuracy in a network's record, as a metric stands in that of a score."""
    value = None if network is None else network.get("training_accuracy")
    return None if value is None else {"value": value, "per_tap": {}, "reason": None, "standard_error": None}


def _number(
    values: Sequence[ValueContent | MeasuredContent | None],
    judged: bool = False,
    examples: str | None = None,
    read_on_neurons: bool = False,
) -> Number:
    """The mean of one number over the seeds, with its errors.

    Args:
        values: The number of each network, as it stands in its record.
        judged: Whether all networks are known to have been read on the same test examples, so that these count.
        examples: Which examples these are, where numbers of other models may be on the same ones.
        read_on_neurons: Whether a standard error is that of sampled pairs of neurons, not of test examples.
    """
    by_seed = tuple(value["value"] if value else None for value in values)
    absent = sum(value is None for value in values)
    if absent:
        return Number(by_seed, None, None, {}, f"{absent} of {len(values)} networks missing")
    known = [value for value in values if value]
    reasons = [value["reason"] for value in known if value["value"] is None]
    taps = [value["per_tap"] for value in known]
    at_taps = {tap: tuple(tap_values.get(tap) for tap_values in taps) for tap in taps[0]}
    per_tap = {tap: mean(at_tap) for tap, at_tap in at_taps.items()}
    if reasons:
        return Number(
            by_seed, None, None, per_tap, f"undefined for {len(reasons)} of {len(values)} networks: {reasons[0]}"
        )
    errors = [value["standard_error"] for value in known if value["standard_error"] is not None]
    draws = [value.get("sub_samples", []) for value in known]
    sub_samples = tuple(mean(draw) for draw in zip(*draws, strict=False))
    by_example = _by_example(known) if judged else ()
    own = [own for own in by_seed if own is not None]
    error = _error(own, by_example, sub_samples, errors, read_on_neurons)
    return Number(
        by_seed,
        mean(by_seed),
        spread(by_seed),
        per_tap,
        standard_error=max(errors, default=None),
        sub_samples=sub_samples,
        error=error.error if error else None,
        per_tap_by_seed=at_taps,
        df=error.df if error else None,
        error_of=error.of if error else "",
        by_example=by_example,
        examples=examples if by_example else None,
        by_chance=mean(value.get("by_chance") for value in known),
    )


def _by_example(values: Sequence[ValueContent | MeasuredContent]) -> tuple[Floats, ...]:
    """The numbers of each seed's examples, none where a network has none, or they are not equally many."""
    texts = [value.get("by_example") for value in values]
    each = tuple(unpacked(text) for text in texts if text is not None)
    return each if len(each) == len(texts) and len({len(one) for one in each}) == 1 else ()


def _error(
    by_seed: Sequence[float],
    by_example: Sequence[Floats],
    sub_samples: Sequence[float | None],
    errors: Sequence[float],
    read_on_neurons: bool,
) -> Error | None:
    """The error of a mean over seeds, from the best of what is known: examples, seeds, halves, the networks' own."""
    if by_example and (found := of_seeds_and_examples(by_seed, by_example)):
        return found
    every = errors if len(errors) == len(by_seed) else []
    if len(by_seed) > 1:
        return of_seeds(by_seed, () if read_on_neurons else every)
    moved = spread(sub_samples)
    if moved is not None and None not in sub_samples:
        return Error(moved, len(sub_samples) - 1.0, "reading")
    return Error(every[0], None, "sampled pairs" if read_on_neurons else "examples") if every else None
