"""The tables of a ranking's page: the networks in their order, every measure of each, and every number at each tap.

In: the content of ranking.json. Out: `Sheet`s, which the template turns into HTML.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from benchmark.plain.words import counted
from leaderboard.pages.tables import anchors as places
from leaderboard.pages.tables.ranking import (
    high_is_good,
    kinds_shown,
    names_in_order,
    number_text,
    numbers_by_name,
    place_text,
    value,
)
from leaderboard.pages.tables.table import MISSING
from leaderboard.pages.web.cells import Entry, Head, Line, Part, Reasons, Sheet, name_of_id

if TYPE_CHECKING:
    from benchmark.ranking.anchor_content import AnchorsContent, ScaleRow
    from benchmark.ranking.assembly import NetworkRow, NumberRow, RankingContent
    from registry import Kind

WORDS = {"mean-mi": "mean MI", "mean-entropy": "mean entropy"}
ERROR = "nats ± its error"
HINTS = {
    "mean-mi": "information that pairs of neurons share",
    "mean-entropy": "how evenly neurons use their range",
    "mean-mi-last": "at the last tap",
    "mean-entropy-last": "at the last tap",
    "mean-mi-corrected": "less that of permuted neurons",
}


def order_sheet(content: "RankingContent", kind: "Kind") -> Sheet:
    """The networks, best first, with what they are ranked by."""
    numbers, networks = numbers_by_name(content), {row["network"]: row for row in content["networks"]}
    reasons, how = Reasons(), any(row["how"] for row in content["networks"])
    advised = not content["no_advice"][kind]
    stands = _stands(content["orders"][kind]) if advised else {}
    names = names_in_order(content, kind)
    scales = {measure: _scale([numbers[name, measure] for name in names]) for measure in WORDS}
    lines = []
    for name in names:
        mi, entropy = numbers[name, "mean-mi"], numbers[name, "mean-entropy"]
        stand = stands.get(name, "")
        cells = [
            Entry(name, name),
            *([_place(mi["rank"].get(kind), stand)] if advised else []),
            _measured(mi, scales["mean-mi"], reasons),
            _measured(entropy, scales["mean-entropy"], reasons),
            *([_place(entropy["rank"].get(kind))] if advised else []),
            Entry(taps_in_words(networks[name]), float(sum(networks[name]["taps"].values()))),
            *([Entry(networks[name]["how"] or MISSING)] if how else []),
        ]
        lines.append(Line(cells, {"stand": stand} if stand else {}))
    heads = [
        Head("network"),
        *([Head("rank", "by mean MI")] if advised else []),
        Head("mean MI", _good("mean-mi", kind) if advised else ERROR),
        Head("mean entropy", _good("mean-entropy", kind) if advised else ERROR),
        *([Head("rank by entropy", "what mean entropy would say")] if advised else []),
        Head("read at", "taps, and their neurons"),
        *([Head("how it was read")] if how else []),
    ]
    caption = "The networks, best first" if advised else "The networks as they were given: this is no order"
    return Sheet(f"table-{kind}", caption, heads, lines, notes=reasons.notes())


def measure_sheet(content: "RankingContent") -> Sheet:
    """Every measure of every network with its error and the places that it gives."""
    numbers, reasons = numbers_by_name(content), Reasons()
    measures = list(dict.fromkeys(row["measure"] for row in content["numbers"]))
    lines = []
    for name in names_in_order(content, kinds_shown(content)[0]):
        rows = [numbers.get((name, measure)) for measure in measures]
        lines.append(
            Line(
                [
                    Entry(name, name),
                    *(_with_places(row, reasons, content["no_advice"]) if row else Entry("") for row in rows),
                ]
            )
        )
    heads = [Head("network"), *(Head(measure, HINTS.get(measure, "")) for measure in measures)]
    return Sheet("table-measures", "Every measure, in nats", heads, lines, notes=reasons.notes())


def tap_sheet(content: "RankingContent") -> Sheet:
    """Every number at each tap; a row for each tap and network, the networks of one tap under each other."""
    numbers = numbers_by_name(content)
    measures = [name for name in dict.fromkeys(row["measure"] for row in content["numbers"]) if name in WORDS]
    order = names_in_order(content, kinds_shown(content)[0])
    networks = {row["network"]: row for row in content["networks"]}
    lines = []
    for tap in dict.fromkeys(tap for row in content["networks"] for tap in row["taps"]):
        for name in (name for name in order if tap in networks[name]["taps"]):
            detail = networks[name]["details"].get(tap)
            quantiles: Mapping[str, float] = (detail.get("mi_quantiles") if detail else None) or {}
            cells = [
                Entry(tap, tap),
                Entry(name, name),
                _number(networks[name]["taps"][tap]),
                _number(detail.get("constant_neurons") if detail else None),
                *(_number(numbers[name, measure]["per_tap"].get(tap)) for measure in measures),
                *(_number(quantiles.get(at)) for at in ("0.05", "0.5", "0.95")),
            ]
            lines.append(Line(cells))
    labels = [Head("tap"), Head("network"), Head("neurons"), Head("constant", "neurons that never change")]
    labels += [Head(WORDS[measure], "nats") for measure in measures]
    labels += [Head(f"MI, {said}", "of the pairs, nats") for said in ("5 % below", "median", "95 % below")]
    return Sheet("table-taps", "Every tap of every network", labels, lines)


def place_sheet(content: "AnchorsContent", scale: "ScaleRow") -> Sheet:
    """Where each network lies on the scale that anchors make of a measure."""
    lines = [
        Line([Entry(row["network"], row["network"]), Entry(places.place_text(row), row["place"]), Entry(row["words"])])
        for row in places.places_by(content, scale)
    ]
    heads = [Head("network"), Head("place", f"± its error; 0 is clean, 1 is {scale['end']}"), Head("lies")]
    return Sheet(f"places-{scale['measure']}", f"Places by {WORDS[scale['measure']]}", heads, lines)


def taps_in_words(row: "NetworkRow") -> str:
    """How many taps a network has, and how many neurons each of them.

    >>> taps_in_words({"taps": {"a": 8, "b": 3}})
    '2 taps, 8 + 3 neurons'
    """
    widths = list(row["taps"].values())
    taps = counted(len(widths), "tap", "taps")
    if len(widths) > 1 and len(set(widths)) == 1:
        return f"{taps}, {counted(widths[0], 'neuron', 'neurons')} each"
    return f"{taps}, {' + '.join(map(str, widths))} {'neuron' if widths == [1] else 'neurons'}"


def _stands(groups: Sequence[Sequence[str]]) -> dict[str, str]:
    """Which networks are to be taken and which to be left: none, where nothing is told apart."""
    if len(groups) < 2:
        return {}
    return {**dict.fromkeys(groups[0], "take"), **dict.fromkeys(groups[-1], "leave")}


def _good(measure: str, kind: "Kind") -> str:
    return f"{ERROR}; {'high' if high_is_good(measure, kind) else 'low'} is good"


def _place(rank: Sequence[int] | None, stand: str = "") -> Entry:
    parts = (Part("advice", stand, stand),) if stand else ()
    return Entry(place_text(rank), float(sum(rank)) if rank else None, parts)


def _measured(row: "NumberRow", scale: tuple[float, float] | None, reasons: Reasons) -> Entry:
    if row["value"] is None:
        return reasons.missing(row["reason"])
    error = row["error"] or 0.0
    span = None
    if scale is not None:
        low, high = scale
        span = ((row["value"] - error - low) / (high - low), (row["value"] + error - low) / (high - low))
    return Entry(value(row), row["value"], span=span)


def _scale(rows: Sequence["NumberRow"]) -> tuple[float, float] | None:
    """From the least to the most that the numbers of a column may be; None where they are one."""
    known = [(row["value"], row["error"] or 0.0) for row in rows if row["value"] is not None]
    low, high = min((at - by for at, by in known), default=0.0), max((at + by for at, by in known), default=0.0)
    return (low, high) if len(known) > 1 and high > low else None


def _with_places(row: "NumberRow", reasons: Reasons, no_advice: Mapping[str, str]) -> Entry:
    """A number with the places that it gives; with none by a kind against which nothing is advised."""
    if row["value"] is None:
        return reasons.missing(row["reason"])
    several = len(row["rank"]) > 1
    places = tuple(
        Part(name_of_id("rank", kind) if several else "rank", f"{kind}: {place_text(rank)}", place_text(rank))
        if several
        else Part("rank", f"rank {place_text(rank)}", place_text(rank))
        for kind, rank in row["rank"].items()
        if not no_advice[kind]
    )
    return Entry(value(row), row["value"], places)


def _number(number: float | None) -> Entry:
    if number is None:
        return Entry(MISSING)
    text = str(number) if isinstance(number, int) else number_text(round(number, 3) + 0.0, None)  # no zero has a sign
    return Entry(text, float(number))
