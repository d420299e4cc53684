"""A ranking of networks as plain data: what ranking.json holds, and what every page and table of it is made from.

In: activations by name, the kind of memorization, settings. Out: a `RankingContent`.
"""

from collections.abc import Iterator, Mapping
from typing import get_args

from typing_extensions import TypedDict

from benchmark.estimator import Pairs, Settings
from benchmark.information.pairs import pair_count
from benchmark.measures import MEASURES
from benchmark.plain.strict_json import Json
from benchmark.ranking.candidates import Given, candidates, check_different, check_examples, examples_of
from benchmark.ranking.caveats import caveats, disagreement
from benchmark.ranking.measuring import Measured, check_enough, measured, settings_for
from benchmark.ranking.order import Order, error_of, order_of
from benchmark.ranking.trust import trust
from benchmark.types import Activations
from registry import Kind, UserError

SCHEMA = 1
ORDERED_BY = "mean-mi"  # of the paper's two, the one that is shown to order the conditions of the plan quick


class NumberRow(TypedDict):
    """A measure of one network; `rank` is for each kind the first and the last place that it may have."""

    network: str
    measure: str
    value: float | None
    error: float | None
    reason: str | None
    per_tap: dict[str, float | None]
    rank: dict[str, list[int]]


class NetworkRow(TypedDict):
    """A network that was given."""

    network: str
    taps: dict[str, int]


class RankingContent(TypedDict):
    """All of a ranking. `kind` is None where it was not said; then both orders stand in `orders`."""

    schema: int
    kind: Kind | None
    ordered_by: str
    orders: dict[str, list[list[str]]]
    examples: int
    samples: int
    pairs: int
    pairs_read: int
    settings: dict[str, Json]
    networks: list[NetworkRow]
    numbers: list[NumberRow]
    warnings: list[str]
    trust: dict[str, list[str]]


def ranking_of(
    given: Mapping[str, Given],
    kind: Kind | None = None,
    pairs: Pairs | None = None,
    settings: Settings | None = None,
) -> RankingContent:
    """Rank networks by their activations on the same examples. No labels are read.

    Args:
        given: For each network its activations (S, N), or those of each tap.
        kind: Of the memorization that is feared: "heuristic" (shortcuts) or "example-level" (wrong labels).
        pairs: How many pairs of neurons of each network are read; by default all up to 100,000, else 20,000.
        settings: Of the estimators, by default those of a plan.

    Raises:
        UserError: As `candidates.candidates` does; for an unknown kind; for too few examples.
    """
    check_kind(kind)
    found = candidates(given)
    chosen = settings_for(list(found.values()), pairs, settings)
    if chosen.sub_samples < 2:
        raise UserError(f"sub_samples is {chosen.sub_samples}: without halves of the examples nothing is told apart")
    check_enough(examples_of(next(iter(found.values()))), chosen)
    return assembled(found, {name: measured(name, one, chosen) for name, one in found.items()}, kind, chosen)


def check_kind(kind: str | None) -> None:
    """Raises UserError for what is no kind of memorization."""
    if kind is not None and kind not in get_args(Kind):
        raise UserError(f"unknown kind {kind!r}: it is heuristic (against shortcuts) or example-level (wrong labels)")


def assembled(
    given: Mapping[str, Activations],
    numbers: Mapping[str, Mapping[str, Measured]],
    kind: Kind | None,
    settings: Settings,
) -> RankingContent:
    """The ranking of networks from their `numbers`, which are those of each network by the measure's name.

    Raises UserError where two networks are the same or were read on other numbers of examples.
    """
    check_examples({name: examples_of(one) for name, one in given.items()})
    check_different(given)
    by_measure = {
        measure: {name: own[measure] for name, own in numbers.items()} for measure in next(iter(numbers.values()))
    }
    kinds: list[Kind] = [kind] if kind else list(get_args(Kind))
    orders = {
        measure: {one: order_of(own, MEASURES[measure].better[one] == "high") for one in kinds}
        for measure, own in by_measure.items()
    }
    first = next(iter(given.values()))
    every = sum(pair_count(matrix.shape[1]) for matrix in first.by_tap.values())
    differing = disagreement(orders[ORDERED_BY][kinds[0]], orders["mean-entropy"][kinds[0]])
    return {
        "schema": SCHEMA,
        "kind": kind,
        "ordered_by": ORDERED_BY,
        "orders": {one: [list(group) for group in orders[ORDERED_BY][one].groups] for one in kinds},
        "examples": examples_of(first),
        "samples": min(examples_of(first), settings.samples),
        "pairs": every,
        "pairs_read": every if settings.mi.pairs == "all" else min(every, settings.mi.pairs),
        "settings": settings.model_dump(mode="json"),
        "networks": [
            {"network": name, "taps": {tap: matrix.shape[1] for tap, matrix in one.by_tap.items()}}
            for name, one in given.items()
        ],
        "numbers": [row for measure, own in by_measure.items() for row in _number_rows(measure, own, orders[measure])],
        "warnings": [*caveats(given, by_measure), *differing],
        "trust": {one: trust(one) for one in kinds},
    }


def _number_rows(measure: str, numbers: Mapping[str, Measured], orders: Mapping[Kind, Order]) -> Iterator[NumberRow]:
    """A row for each network's number, with the places that it gives in the order of each kind."""
    places = {kind: order.ranks() for kind, order in orders.items()}
    for name, one in numbers.items():
        yield {
            "network": name,
            "measure": measure,
            "value": one.value,
            "error": error_of(one),
            "reason": one.reason,
            "per_tap": one.per_tap,
            "rank": {kind: list(ranks[name]) for kind, ranks in places.items() if name in ranks},
        }
