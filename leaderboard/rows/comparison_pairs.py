"""Which suites, recipes and readings of two sides stand beside each other.

In: two parts. Out: pairs of suites with what both have of them, and what only one side has. Nothing is compared yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmark.plain.canonical import canonical
from leaderboard.content.comparison import OnlyRow
from leaderboard.rows.comparison_parts import Part, Read, Suite

ALIKE: tuple[Callable[[Suite], tuple[str, ...]], ...] = (
    lambda suite: (suite.suite, suite.data, suite.family),
    lambda suite: (suite.suite, suite.family),
    lambda suite: (suite.suite, suite.data),
    lambda suite: (suite.suite,),
)
DRAWS = ("suite_version", "data_seed", "limit", "train_examples")  # what a draw of training examples hangs on, as seed


@dataclass(frozen=True)
class Pair:
    """A suite on both sides: the `reads` of A with those of B, and the conditions that both have."""

    a: Suite
    b: Suite
    reads: tuple[tuple[Read, Read], ...]
    conditions: tuple[float | str, ...]

    @property
    def shares_draws(self) -> bool:
        """Whether networks of one seed drew the same training examples on both sides."""
        same_data = self.a.data == self.b.data and _of(self.a, "data_fingerprint") == _of(self.b, "data_fingerprint")
        return same_data and all(_of(self.a, name) == _of(self.b, name) for name in DRAWS)


def paired(a: Part, b: Part) -> list[Pair]:
    """The suites that both sides have, in the order of A.

    Suites are one where suite, data and family are; else where suite and family are, or suite and data, or the suite,
    and each side has one of that kind left.
    """
    found: dict[int, Suite] = {}
    for alike in ALIKE:
        left = [number for number in range(len(a.suites)) if number not in found]
        theirs = [suite for suite in b.suites if not any(suite is one for one in found.values())]
        for number in left:
            own = alike(a.suites[number])
            rivals = [suite for suite in theirs if alike(suite) == own]
            if len(rivals) == 1 and sum(alike(a.suites[other]) == own for other in left) == 1:
                found[number] = rivals[0]
    return [_pair(a.suites[number], found[number]) for number in sorted(found)]


def only_one_has(a: Part, b: Part, pairs: Sequence[Pair]) -> list[OnlyRow]:
    """The suites that only one side has, those of A first."""
    rows: list[OnlyRow] = []
    for part, one in ((a, "A"), (b, "B")):
        both = [pair.a if one == "A" else pair.b for pair in pairs]
        rows += [
            {"side": "A" if one == "A" else "B", "suite": suite.suite, "data": suite.data, "family": suite.family}
            for suite in part.suites
            if not any(suite is other for other in both)
        ]
    return rows


def _pair(a: Suite, b: Suite) -> Pair:
    recipes = _recipes(a, b)
    reads = []
    for mine in a.reads:
        for theirs in b.reads:
            alone = not mine[2] or not theirs[2]  # the paper says of no scope
            if recipes.get(mine[0]) == theirs[0] and mine[1] == theirs[1] and (alone or mine[2] == theirs[2]):
                reads.append((mine, theirs))
    return Pair(a, b, tuple(reads), tuple(one for one in a.conditions if one in b.conditions))


def _recipes(a: Suite, b: Suite) -> dict[str, str]:
    """The recipes of A with those of B: by their training, by their label, or where each side has but one."""
    settings = {canonical(training): label for label, training in b.recipes.items() if training}
    found = {}
    for label, training in a.recipes.items():
        same = settings.get(canonical(training)) if training else None
        same = label if same is None and label in b.recipes else same
        if same is None and len(a.recipes) == len(b.recipes) == 1:
            same = next(iter(b.recipes))
        if same is not None:
            found[label] = same
    if not found and not (a.models and b.models):  # the paper has one, which is that of the first
        found = {next(iter(a.recipes)): next(iter(b.recipes))}
    return found


def _of(suite: Suite, name: str) -> object:
    return suite.made.get(name)
