"""A ranking of networks as plain data: what ranking.json holds, and what every page and table of it is made from.

In: activations by name, the kind of memorization, settings. Out: a `RankingContent`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NotRequired, get_args

from typing_extensions import TypedDict

from benchmark.estimator import Pairs, Settings
from benchmark.plain.strict_json import Json
from benchmark.ranking.anchor_content import AnchorsContent
from benchmark.ranking.caveats import caveats, disagreement, incomparable
from benchmark.ranking.collecting import check_beside, collected
from benchmark.ranking.given import Given, check_examples, networks
from benchmark.ranking.measuring import Measured
from benchmark.ranking.numbers import NetworkNumbers, high_is_better
from benchmark.ranking.order import Order, error_of, order_of
from benchmark.ranking.placing import Anchors, mistrusted, placed, without_advice
from benchmark.ranking.trust import trust
from benchmark.record import TapNumbers
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
    """A network that was given: how many neurons each tap has, how it was read, and what figures show of each tap."""

    network: str
    taps: dict[str, int]
    how: str
    pairs: int
    pairs_read: int
    details: dict[str, TapNumbers]


class RankingContent(TypedDict):
    """All of a ranking. `kind` is None where it was not said; then both orders stand in `orders`.

    `incomparable` says why the networks cannot be compared at all, and `no_advice` for each kind why nothing is
    advised, which anchors may say too; both are empty where nothing speaks against it. `fewer` says of each measure how
    much higher it is on half of the examples, in nats, the mean of the networks.
    """

    schema: int
    kind: Kind | None
    data: str
    incomparable: str
    no_advice: dict[str, str]
    ordered_by: str
    orders: dict[str, list[list[str]]]
    examples: int
    samples: int
    fewer: dict[str, float]
    settings: dict[str, Json]
    networks: list[NetworkRow]
    numbers: list[NumberRow]
    warnings: list[str]
    trust: dict[str, list[str]]
    anchors: NotRequired[AnchorsContent]


def ranking_of(
    given: Mapping[str, Given],
    kind: Kind | None = None,
    pairs: Pairs | None = None,
    settings: Settings | None = None,
    corrected: bool = False,
) -> RankingContent:
    """Rank networks by their activations on the same examples. No labels are read.

    Args:
        given: For each network its activations (S, N), or those of each tap.
        kind: Of the memorization that is feared: "heuristic" (shortcuts) or "example-level" (wrong labels).
        pairs: How many pairs of neurons of each network are read; by default all up to 100,000, else 20,000.
        settings: Of the estimators, by default those of a plan.
        corrected: Whether the mean MI of permuted neurons is subtracted from mean MI, as one measure more.

    Raises:
        UserError: As `given.networks` does; for an unknown kind; for too few examples.
    """
    check_kind(kind)
    candidates = [InMemory(name, one) for name, one in networks(given).items()]
    return assembled(collected(candidates, pairs, settings, corrected), kind)


@dataclass(frozen=True)
class InMemory:
    """A network whose activations are there."""

    name: str
    activations: Activations

    def read(self) -> tuple[Given, str]:
        """Its activations."""
        return self.activations.by_tap, ""


def check_kind(kind: str | None) -> None:
    """Raises UserError for what is no kind of memorization."""
    if kind is not None and kind not in get_args(Kind):
        raise UserError(f"unknown kind {kind!r}: it is heuristic (against shortcuts) or example-level (wrong labels)")


def assembled(
    found: Mapping[str, NetworkNumbers], kind: Kind | None, data: str = "", anchors: Anchors | None = None
) -> RankingContent:
    """The ranking of networks from their numbers.

    Args:
        found: What was measured of each network, by name.
        kind: Of the memorization that is feared, None for both.
        data: What they were read on, in words; empty where nobody has said it.
        anchors: Among which they are placed, read on the same examples.

    Raises:
        UserError: Two networks are the same, or were read on other numbers of examples.
    """
    check_beside(found)
    if anchors:
        check_examples({name: one.examples for name, one in {**found, **anchors.all}.items()})
    by_measure = {
        measure: {name: one.numbers[measure] for name, one in found.items()}
        for measure in next(iter(found.values())).numbers
    }
    kinds: list[Kind] = [kind] if kind else list(get_args(Kind))
    orders = {
        measure: {one: order_of(own, high_is_better(measure, one)) for one in kinds}
        for measure, own in by_measure.items()
    }
    first, unlike = next(iter(found.values())), incomparable(found)
    differing = disagreement(orders[ORDERED_BY][kinds[0]], orders["mean-entropy"][kinds[0]])
    content: RankingContent = {
        "schema": SCHEMA,
        "kind": kind,
        "data": data,
        "incomparable": unlike,
        "no_advice": dict.fromkeys(kinds, unlike),
        "ordered_by": ORDERED_BY,
        "orders": {one: [list(group) for group in orders[ORDERED_BY][one].groups] for one in kinds},
        "examples": first.examples,
        "samples": min(first.examples, first.settings.samples),
        "fewer": {
            measure: moved for measure, own in by_measure.items() if (moved := _on_half(own.values())) is not None
        },
        "settings": first.settings.model_dump(mode="json"),
        "networks": [_network_row(name, one) for name, one in found.items()],
        "numbers": [row for measure, own in by_measure.items() for row in _number_rows(measure, own, orders[measure])],
        "warnings": [*caveats(found), *differing],
        "trust": {one: trust(one) for one in kinds},
    }
    if anchors:
        content["anchors"] = placed(found, anchors, kind)
        against = {one: without_advice(content["anchors"], one) for one in kinds}
        content["no_advice"] = {one: unlike or why for one, why in against.items()}
        content["warnings"] = [
            *dict.fromkeys(filter(None, against.values())),
            *anchors.mind,
            *content["warnings"],
            *mistrusted(found, anchors, content["anchors"], kind),
        ]
    return content


def _on_half(numbers: Iterable[Measured]) -> float | None:
    """How much higher a measure is on half of the examples, the mean of the networks."""
    known = [(one.value, [half for half in one.halves if half is not None]) for one in numbers]
    moved = [sum(halves) / len(halves) - value for value, halves in known if value is not None and halves]
    return sum(moved) / len(moved) if moved else None


def _network_row(name: str, one: NetworkNumbers) -> NetworkRow:
    return {
        "network": name,
        "taps": dict(one.widths),
        "how": one.how,
        "pairs": one.pairs,
        "pairs_read": one.pairs_read,
        "details": dict(one.details),
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
