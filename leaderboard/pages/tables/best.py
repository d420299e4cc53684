"""Which measure is best, and whether that is sure: one rule for the screen and the page.

In: claims of a board. Out: one of them, and a word.

Rule: the best measure is the hypothesis that is shown to order the conditions, and of several the one with the largest
pooled tau; an exploratory measure is never called so. That is sure where it is shown to beat all placebos beside it.
Else it is sure in part, for that it orders the conditions is shown all the same.
"""

from collections.abc import Iterable
from typing import Literal

from leaderboard.content.taus import ClaimRow, DuelRow
from leaderboard.pages.tables.table import signed

OTHERS = "networks of other seeds"


def of_hypotheses(claims: Iterable[ClaimRow]) -> list[ClaimRow]:
    """The claims of the plan's hypotheses."""
    return [claim for claim in claims if not claim["exploratory"]]


def best_claim(claims: Iterable[ClaimRow]) -> ClaimRow | None:
    """The claim of the hypothesis that is shown to order the conditions; of several that with the largest pooled tau.

    >>> first = {"measure": "a", "exploratory": False, "orders": "yes", "tau": 0.4}
    >>> found = best_claim([first, {**first, "measure": "b", "exploratory": True, "tau": 0.6}])
    >>> found["measure"]
    'a'
    """
    shown = [claim for claim in of_hypotheses(claims) if claim["orders"] == "yes"]
    return max(shown, key=lambda claim: claim["tau"] or 0.0, default=None)


def equally_good(claims: Iterable[ClaimRow], best: ClaimRow) -> list[str]:
    """The other hypotheses that are shown to order the conditions and have the same pooled tau to two digits.

    >>> claims = [{"measure": name, "exploratory": False, "orders": "yes", "tau": 1.0} for name in ("a", "b")]
    >>> equally_good(claims, claims[0])
    ['b']
    """
    return [
        claim["measure"]
        for claim in of_hypotheses(claims)
        if claim["orders"] == "yes"
        and claim["measure"] != best["measure"]
        and signed(claim["tau"]) == signed(best["tau"])
    ]


def how_sure(best: ClaimRow | None) -> Literal["yes", "in part", "no"]:
    """Whether the best measure is sure: `no` only where there is none, `in part` also where no placebo is beside it.

    >>> how_sure({"placebos": {"shown": "beats"}}), how_sure({"placebos": {"shown": "cannot"}}), how_sure(None)
    ('yes', 'in part', 'no')
    """
    if best is None:
        return "no"
    return "yes" if best["placebos"]["shown"] == "beats" else "in part"


def only_these(about: str) -> str:
    """Whom a claim is about, as a remark, where it is not networks of other seeds.

    >>> only_these("these networks"), only_these("networks of other seeds")
    ('of these networks', '')
    """
    return "" if about == OTHERS else f"of {about}"


def by_needs(duels: Iterable[DuelRow]) -> list[tuple[list[str], str | None]]:
    """The placebos of some duels with what they need before more can be shown, those together that need the same.

    >>> by_needs([{"placebo": "random", "needs": None}, {"placebo": "steps", "needs": "needs 9 groups of data"}])
    [(['random'], None), (['steps'], 'needs 9 groups of data')]
    """
    found: dict[str | None, list[str]] = {}
    for duel in duels:
        found.setdefault(duel["needs"], []).append(str(duel["placebo"]))
    return [(names, needs) for needs, names in found.items()]
