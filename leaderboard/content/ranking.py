"""What the figures of a ranking are drawn from: how MI and entropy are spread over the neurons of each network.

In: nothing. Out: the types, which `leaderboard.rows.ranking_shapes` makes of the content of ranking.json.
"""

from typing_extensions import TypedDict


class Shape(TypedDict):
    """One network at one tap.

    `box` has the quantiles of `BOX_AT` of the MI of its pairs, `mean` their mean. `mi` and `entropy` are densities at
    equal steps over the range of the tap, the highest of them 1. What is not there is None.
    """

    box: list[float] | None
    mean: float | None
    mi: list[float] | None
    entropy: list[float] | None


class TapShapes(TypedDict):
    """All networks at one tap: the ranges, in nats, are common to them."""

    title: str
    mi_range: list[float]
    entropy_range: list[float]
    networks: dict[str, Shape]
