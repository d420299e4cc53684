"""The conformance checks of a reading, on networks that nobody trained: of images, of vectors and of texts.

In: the entry. Out: for each check what is wrong, None where nothing is.
"""

from collections.abc import Callable
from typing import get_args

import numpy as np

from benchmark.entries.checks.made_networks import Made, at_hand
from benchmark.reading import Reading, take
from benchmark.seeding import seeded
from benchmark.types import Taken

EXAMPLES, CLASSES = 40, 3


def gives_arrays(entry: Reading) -> str | None:
    """It takes arrays of finite numbers from networks of one kind of inputs or more, and says so of all others."""
    found = [take(entry, at_hand(made, EXAMPLES, CLASSES)) for made in get_args(Made)]
    if not any(isinstance(one, Taken) and one.arrays for one in found):
        return f"it takes nothing from images, vectors and texts: {'; '.join(str(one) for one in found)}"
    return None


def is_deterministic(entry: Reading) -> str | None:
    """The same network gives the same arrays."""
    for made in get_args(Made):
        one, two = (_taken(entry, made) for _ in range(2))
        if isinstance(one, str) or isinstance(two, str):
            continue
        other = [name for name in one.arrays if not np.array_equal(one[name], two.arrays.get(name, np.zeros(0)))]
        if other:
            return f"the same network of {made}s gives another {other[0]!r} the second time"
    return None


def _taken(entry: Reading, made: Made) -> Taken | str:
    """What it takes, with all generators seeded before it, as a run does."""
    with seeded(0, 1):
        return take(entry, at_hand(made, EXAMPLES, CLASSES))


def leaves_the_network(entry: Reading) -> str | None:
    """Weights and mode of the network are afterwards what they were, for the readings that come next."""
    for made in get_args(Made):
        given = at_hand(made, EXAMPLES, CLASSES)
        before = {name: part.detach().clone() for name, part in given.network.state_dict().items()}
        take(entry, given)
        if given.network.training:
            return "it leaves the network in training mode"
        if changed := [name for name, part in given.network.state_dict().items() if not part.equal(before[name])]:
            return f"it changes {changed[0]} of the network: change a copy"
    return None


READING_CHECKS: dict[str, Callable[[Reading], str | None]] = {
    "gives-arrays": gives_arrays,
    "is-deterministic": is_deterministic,
    "leaves-the-network": leaves_the_network,
}
