"""Networks among anchors in words: what the anchors learned, which way memorizing moves a measure, who lies where.

In: the key `anchors` of ranking.json. Out: sentences, in which names stand as they were given.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmark.plain.words import counted
from leaderboard.pages.tables.table import MISSING

if TYPE_CHECKING:
    from benchmark.ranking.anchor_content import AnchorsContent, PlaceRow, ScaleRow

WORDS = {"mean-mi": "mean MI", "mean-entropy": "mean entropy"}
FEW = 5  # seeds: of fewer it is said what the error rests on


def trained(content: "AnchorsContent") -> list[str]:
    """What the anchors were trained on, and what each of them has learned."""
    return [_whole(content), *(f"{row['anchor']}: {row['how']}" for row in content["anchors"])]


def about_scale(scale: "ScaleRow") -> list[str]:
    """Which way memorizing moves a measure, and what its scale is; or why nobody can say."""
    head = f"by {WORDS[scale['measure']]}, from clean (0) to {scale['end']} (1)"
    return [*scale["direction"], scale["ambiguous"] or f"{head}; ± counts other examples and another training"]


def places_by(content: "AnchorsContent", scale: "ScaleRow") -> "list[PlaceRow]":
    """The places on a scale, none where it is ambiguous."""
    return [] if scale["ambiguous"] else [row for row in content["places"] if row["measure"] == scale["measure"]]


def places(content: "AnchorsContent") -> Iterator[list[str]]:
    """For each measure which way memorizing moves it, and where each network lies; or why nobody can say."""
    for scale in content["scales"]:
        yield [*about_scale(scale), *map(_place, places_by(content, scale))]


def place_text(row: "PlaceRow") -> str:
    """A place with its error."""
    if row["place"] is None:
        return MISSING
    return f"{round(row['place'], 2) + 0.0:+.2f}" + ("" if row["error"] is None else f" ±{row['error']:.2f}")


def _whole(content: "AnchorsContent") -> str:
    kinds = len({row["kind"] for row in content["anchors"]})
    df = len(content["anchors"]) - kinds
    few = f", so that ± is itself rough ({df} degrees of freedom)" if content["seeds"] < FEW else ""
    return (
        f"{content['family']} trained on {content['trained']}; {counted(content['seeds'], 'seed', 'seeds')} each{few}"
    )


def _place(row: "PlaceRow") -> str:
    if row["place"] is None:
        return f"{row['network']}: undefined"
    return f"{row['network']} lies {row['words']}: {place_text(row)}"
