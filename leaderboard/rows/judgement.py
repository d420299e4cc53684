"""What tests show: the direction that is declared first, and where that fails the other; corrected for their number.

In: effects with their p's. Out: for each the p that decides, the smallest that it could have been, and a word.

A hypothesis is tested one-sided, each direction corrected by itself for the number of hypotheses' tests (Holm 1979).
What is exploratory is tested two-sided and by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmark.statistics import LEVEL
from benchmark.statistics.agreement import holm
from benchmark.statistics.variances import SEEDS

Shown = Literal["yes", "reversed", "cannot", "not shown", "undefined"]
OTHERS, THESE = "networks of other seeds", "these networks"


@dataclass(frozen=True)
class Effect:
    """An effect, turned so that it is positive as declared, with the p of each direction and of both.

    `best` is the smallest `p_above` that could have been found. The size is None where it is not defined, and a p where
    its direction is not asked for.
    """

    size: float | None
    p_above: float | None
    p_below: float | None
    p: float | None
    best: float | None


@dataclass(frozen=True)
class Judgement:
    """What a test shows, by the p of the direction in which its effect points.

    `p` is corrected, or two-sided where the test is exploratory, and so is `best`, the smallest that it could have been
    as declared. `tests` is how many the smallest p is corrected for; two for both sides of an exploratory test. Where
    `best` is above .05 nothing that could have come out would have been shown: it "cannot".
    """

    shown: Shown
    p: float | None
    best: float | None
    tests: int


def judged(tests: Sequence[Effect], declared: int = 0) -> list[Judgement]:
    """The tests of hypotheses, corrected together: for as many as are `declared`, whether or not they have a p yet.

    >>> sure, not_so = Effect(0.9, 0.01, 1.0, 0.02, 0.01), Effect(-0.2, 0.8, 0.3, 0.6, 0.01)
    >>> [(one.shown, one.p) for one in judged([sure, not_so])]
    [('yes', 0.02), ('not shown', 0.6)]
    >>> judged([Effect(1.0, 0.03, 1.0, 0.06, 0.03)] * 2)[0]
    Judgement(shown='cannot', p=0.06, best=0.06, tests=2)
    """
    above, below, best = (
        holm([getattr(test, part) if test.size is not None else None for test in tests], declared)
        for part in ("p_above", "p_below", "best")
    )
    counted = max(declared, sum(p is not None for p in above))
    found = []
    for number, test in enumerate(tests):
        back = test.size is not None and test.size < 0 and below[number] is not None
        p = below[number] if back else above[number]
        found.append(Judgement(_word(p, best[number], back), p, best[number], counted))
    return found


def explored(test: Effect) -> Judgement:
    """An exploratory test: two-sided, and not corrected.

    >>> explored(Effect(-0.9, 1.0, 0.01, 0.02, 0.01)).shown
    'reversed'
    """
    if test.size is None:
        return Judgement("undefined", None, None, 2)
    best = None if test.best is None else min(1.0, 2 * test.best)
    return Judgement(_word(test.p, best, test.size < 0), test.p, best, 2)


def by_role(tests: Sequence[Effect], exploratory: Sequence[bool], declared: int = 0) -> list[Judgement]:
    """Each test by its role: those of hypotheses corrected together, the exploratory ones by themselves."""
    corrected = iter(judged([test for test, one in zip(tests, exploratory, strict=True) if not one], declared))
    return [explored(test) if one else next(corrected) for test, one in zip(tests, exploratory, strict=True)]


def about(seeds: Iterable[int]) -> str:
    """Whom a claim is about that rests on suites of so many seeds.

    >>> about([3, 5]), about([3, 2])
    ('networks of other seeds', 'these networks')
    """
    return OTHERS if min(seeds, default=0) >= SEEDS else THESE


def _word(p: float | None, best: float | None, back: bool) -> Shown:
    if p is None:
        return "undefined"
    if p <= LEVEL:
        return "reversed" if back else "yes"
    return "cannot" if best is not None and best > LEVEL else "not shown"
