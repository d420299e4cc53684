"""Networks among anchors in words: what the anchors learned, which way memorizing moves a measure, who lies where.

In: the key `anchors` of ranking.json. Out: sentences, in which names stand as they were given.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmark.plain.words import counted

if TYPE_CHECKING:
    from benchmark.ranking.anchor_content import AnchorsContent, PlaceRow

WORDS = {"mean-mi": "mean MI", "mean-entropy": "mean entropy"}
FEW = 5  # seeds: of fewer it is said that they are few


def trained(content: "AnchorsContent") -> list[str]:
    """What the anchors were trained on, and what each of them has learned."""
    return [_whole(content), *(f"{row['anchor']}: {row['how']}" for row in content["anchors"])]


def places(content: "AnchorsContent") -> Iterator[list[str]]:
    """For each measure which way memorizing moves it, and where each network lies; or why nobody can say."""
    for scale in content["scales"]:
        word = WORDS[scale["measure"]]
        head = f"by {word}, from clean (0) to {scale['end']} (1); ± counts other examples and another training"
        own = [row for row in content["places"] if row["measure"] == scale["measure"]]
        yield [*scale["direction"], *([scale["ambiguous"]] if scale["ambiguous"] else [head, *map(_place, own)])]


def _whole(content: "AnchorsContent") -> str:
    few = ", which are few" if content["seeds"] < FEW else ""
    return (
        f"{content['family']} trained on {content['trained']}; {counted(content['seeds'], 'seed', 'seeds')} each{few}"
    )


def _place(row: "PlaceRow") -> str:
    if row["place"] is None:
        return f"{row['network']}: undefined"
    error = "" if row["error"] is None else f" ±{row['error']:.2f}"
    return f"{row['network']} lies {row['words']}: {round(row['place'], 2) + 0.0:+.2f}{error}"
