"""Which measure is best, and whether that is sure: one rule for the screen and the page.

In: claims of a board. Out: one of them, and a word.

Rule: the best measure is the headline measure that is shown to order the conditions, and of several the one with the
largest pooled tau. That is sure where it is shown to beat every placebo beside it. Else it is sure in part, for that it
orders the conditions is shown all the same.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from leaderboard.pages.tables.table import signed

Claim = Mapping[str, Any]


def best_claim(claims: Iterable[Claim]) -> Claim | None:
    """The claim of the measure that is shown to order the conditions; of several the one with the largest pooled tau.

    >>> best_claim([{"measure": "a", "orders": "yes", "tau": 0.4}, {"measure": "b", "orders": "not shown", "tau": 0.6}])
    {'measure': 'a', 'orders': 'yes', 'tau': 0.4}
    """
    return max(
        (claim for claim in claims if claim["orders"] == "yes"), key=lambda claim: float(claim["tau"]), default=None
    )


def equally_good(claims: Iterable[Claim], best: Claim) -> list[str]:
    """The other measures that are shown to order the conditions and have the same pooled tau to two digits.

    >>> claims = [{"measure": name, "orders": "yes", "tau": 1.0} for name in ("a", "b")]
    >>> equally_good(claims, claims[0])
    ['b']
    """
    return [
        claim["measure"]
        for claim in claims
        if claim["orders"] == "yes"
        and claim["measure"] != best["measure"]
        and signed(claim["tau"]) == signed(best["tau"])
    ]


def against_placebos(claim: Claim) -> Literal["all", "some", "none"]:
    """How many of the placebos beside it a measure is shown to beat; all, where there are none.

    >>> against_placebos({"beats": [{"shown": "beats"}, {"shown": "not shown"}]})
    'some'
    """
    beaten = [duel["shown"] == "beats" for duel in claim["beats"]]
    return "all" if all(beaten) else "some" if any(beaten) else "none"


def how_sure(best: Claim | None) -> Literal["yes", "in part", "no"]:
    """Whether the best measure is sure: `no` only where there is none, `in part` also where no placebo is beside it.

    >>> how_sure({"beats": [{"shown": "beats"}]}), how_sure({"beats": [{"shown": "not shown"}]}), how_sure(None)
    ('yes', 'in part', 'no')
    """
    if best is None:
        return "no"
    return "yes" if best["beats"] and against_placebos(best) == "all" else "in part"
