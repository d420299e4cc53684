"""Which other networks of a plan a measure over several of them looks at.

In: the networks of one entry of a plan. Out: for a network the keys of its peers.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmark.plain.canonical import canonical
from benchmark.types import Over
from registry import Condition


@dataclass(frozen=True)
class Place:
    """A network of an entry by its key, and where it stands there."""

    key: str
    recipe: str
    condition: Condition
    seed: int


def peers_among(places: Iterable[Place], own: Place, inputs: str, over: Over) -> list[str]:
    """The keys of the networks beside which a network is looked at.

    Args:
        places: All networks of its entry; no anchors.
        own: The network.
        inputs: On which it is read. In distribution only the networks of one condition are read on the same.
        over: "seeds" for the networks of the same recipe and condition, "candidates" for all.

    Returns:
        The keys in the order of the plan, without its own; none for a measure of one network.
    """
    if over == "one":
        return []
    same = over == "seeds"
    return [
        place.key
        for place in places
        if place != own
        and (not same or place.recipe == own.recipe)
        and (place.condition == own.condition or not (same or inputs == "in-distribution"))
    ]


def hash_of(keys: Sequence[str]) -> str:
    """16 hexadecimal digits for these networks, whatever their order."""
    return hashlib.sha256(canonical(sorted(keys)).encode()).hexdigest()[:16]
