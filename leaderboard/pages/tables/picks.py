"""What to pick by a measure in one suite, or why nothing: one rule for every format.

In: a row of a board's ties and the claim of its measure. Out: names of models, or words.
"""

from leaderboard.content.taus import ClaimRow, TieRow
from leaderboard.pages.tables.table import MISSING, signed


def picked(tie: TieRow) -> list[str]:
    """The models to pick: those that a measure which is shown to be right puts first.

    None where the measure hardly chooses: several are tied for first, and at most one stands behind them.

    >>> picked({"trusted": True, "groups": [["a", "b"], ["c", "d"]]}), picked({"trusted": False, "groups": [["a"]]})
    (['a', 'b'], [])
    >>> picked({"trusted": True, "groups": [["a", "b"], ["c"]]})
    []
    """
    first, behind = _first(tie)
    return first if tie["trusted"] and (len(first) == 1 or behind > 1) else []


def why_none(tie: TieRow, claim: ClaimRow) -> str:
    """Why no model is to be picked, where none is.

    >>> yes = {"orders": "yes"}
    >>> why_none({"measure": "m", "here": -0.4, "trusted": False, "groups": [["a"], ["b"]]}, yes)
    'none: its tau in this suite is -0.40'
    >>> why_none({"measure": "m", "here": 0.4, "trusted": True, "groups": [["a", "b"], ["c"]]}, yes)
    'no choice: 2 of 3 cannot be told apart'
    """
    if claim["orders"] == "reversed":
        return f"none: {tie['measure']} points the other way"
    if claim["orders"] == "cannot":
        return f"none: {claim['by']} cannot show that {tie['measure']} orders the conditions"
    if claim["orders"] == "undefined":
        return f"none: {tie['measure']} has no tau in any suite"
    if claim["orders"] != "yes":
        return f"none: {tie['measure']} is not shown to order the conditions"
    if not tie["trusted"]:
        here = tie["here"]
        if here is not None and here > 0:
            return "none: a trial on few examples shows no result"
        return "none: it has no tau in this suite" if here is None else f"none: its tau in this suite is {signed(here)}"
    first, behind = _first(tie)
    return f"no choice: {len(first)} of {len(first) + behind} cannot be told apart" if first else MISSING


def _first(tie: TieRow) -> tuple[list[str], int]:
    """The models that a measure puts first, and how many it puts behind them."""
    first, *rest = tie["groups"] or [[]]
    return list(first), sum(map(len, rest))
