"""What a board shows, in a few plain sentences: which measure is best, whether that is sure, what else was seen.

In: the content of board.json. Out: pairs of a label of at most six letters and a sentence.

Rule: which measure is best, and whether that is sure, is that of `tables/best.py`: on evaluation inputs, and only where
no measure is shown to order the networks on those, on the other kind of inputs. Only the plan's hypotheses are spoken
of; what is exploratory stands in the tables.
"""

from collections import Counter

from leaderboard.content.board import BoardContent
from leaderboard.content.taus import ClaimRow, DuelRow
from leaderboard.pages.tables.best import best_claim, by_needs, equally_good, how_sure, of_hypotheses, only_these
from leaderboard.pages.tables.table import by, probability, signed
from leaderboard.pages.terminal.suite_rows import inputs_of, scope_of

_WHOLE = {
    "yes": "orders the networks",
    "reversed": "orders the networks the wrong way round",
    "cannot": "{} cannot show that it orders them",
    "not shown": "not shown to order them",
    "undefined": "has no tau",
}
_KINDS = {
    "yes": "both kinds of inputs",
    "reversed": "both kinds of inputs",
    "cannot": "either kind of inputs",
    "not shown": "either kind of inputs",
    "undefined": "either kind of inputs",
}
_PART = {
    "yes": "orders the networks",
    "reversed": "the wrong way round",
    "cannot": "{} cannot show it",
    "not shown": "not shown",
    "undefined": "no tau",
}
_DUELS = {
    "beats": "beats",
    "beaten": "beaten by",
    "not shown": "not shown to beat",
    "cannot": "{} cannot show that it beats",
    "undefined": "no suite has a tau of both it and",
}


def best(board: BoardContent) -> ClaimRow | None:
    """The claim of the best measure, None where no measure is shown to order the networks."""
    for inputs in inputs_of(board):
        found = best_claim(claim for claim in _claims(board) if claim["inputs"] == inputs)
        if found:
            return found
    return None


def conclusion(board: BoardContent) -> list[tuple[str, str]]:
    """The sentences, each with its label."""
    if "limit" in board:
        return [("trial", f"A trial on at most {board['limit']} examples: no result.")]
    claims = _claims(board)
    if not claims:
        return [("best", "unknown: no hypothesis of the plan is on the board, and all else is exploratory")]
    found = best(board)
    measures = dict.fromkeys(claim["measure"] for claim in claims)
    others = [name for name in measures if found is None or name != found["measure"]]
    if found:
        among = f", of {len(measures)} hypotheses" if others else ""
        equal = equally_good([claim for claim in claims if claim["inputs"] == found["inputs"]], found)
        also = f"; {', '.join(equal)} has the same pooled tau" if equal else ""
        said = [("best", f"{_orders(found['measure'], claims, among)}{also}"), ("sure", _sure(found))]
    else:
        said = [("best", _none(board, claims)), *_nearest(claims)]
    said += [("other", _orders(name, claims)) for name in others if found or _reversed(name, claims)]
    return [*said, ("within", _within(claims, len(measures)))]


def _claims(board: BoardContent) -> list[ClaimRow]:
    """Those of the hypotheses, on the scope of the screen."""
    return [claim for claim in of_hypotheses(board["claims"]) if claim["scope"] == scope_of(board)]


def _reversed(measure: str, claims: list[ClaimRow]) -> bool:
    return any(claim["measure"] == measure and claim["orders"] == "reversed" for claim in claims)


def _orders(measure: str, claims: list[ClaimRow], among: str = "") -> str:
    """What one measure is shown to do with the networks, on both kinds of inputs; `among` says which it was among."""
    by_claim: dict[str, list[str]] = {}
    for claim in claims:
        if claim["measure"] == measure:
            by_claim.setdefault(claim["orders"], []).append(claim["inputs"])
    if len(by_claim) == 1:
        ((orders, inputs),) = by_claim.items()
        where = f"{inputs[0]} inputs" if len(inputs) == 1 else _KINDS[orders]
        return f"{measure}{among}: {_WHOLE[orders].format(claims[0]['by'])} on {where}"
    parts = [
        f"{_PART[orders].format(claims[0]['by'])} on {' and '.join(inputs)}" for orders, inputs in by_claim.items()
    ]
    return f"{measure}{among}: {', '.join(parts)}"


def _none(board: BoardContent, claims: list[ClaimRow]) -> str:
    """Why no measure is best: none is shown to be, none can be, or nothing can be told yet."""
    if all(claim["orders"] == "undefined" for claim in claims):
        return _unknown(board)
    if all(claim["orders"] in ("undefined", "cannot") for claim in claims):
        needs = next(claim["needs"] for claim in claims if claim["orders"] == "cannot")
        return f"none: {claims[0]['by']} cannot show that a measure orders the networks: it {needs}"
    kinds = " or ".join(dict.fromkeys(claim["inputs"] for claim in claims))
    return f"none: no measure is shown to order the networks ({kinds} inputs)"


def _unknown(board: BoardContent) -> str:
    if not board["missing"]:
        return "unknown: no tau is defined in any suite"
    gone = Counter(row["reason"] for row in board["missing"])
    counts = ", ".join(f"{number} {reason}" for reason, number in gone.items())
    suites = by(board["agreement"], "suite", "data", "family").values()
    whole = any(not rows[0]["left_out"] for rows in suites)
    left = "no complete suite has a tau" if whole else "no suite is complete"
    return f"unknown: cells are missing ({counts}), and {left}"


def _nearest(claims: list[ClaimRow]) -> list[tuple[str, str]]:
    """How near the board comes to naming a best measure: the largest pooled tau, on the first kind of inputs."""
    known = [claim for claim in claims if claim["inputs"] == claims[0]["inputs"] and claim["tau"] is not None]
    if not known:
        return []
    first = max(known, key=lambda claim: claim["tau"] or 0.0)
    p = f" (p {probability(first['p'])})" if first["p"] is not None else ""
    others = len({claim["measure"] for claim in known}) > 1
    most = "of the hypotheses the largest pooled tau" if others else "the pooled tau"
    return [("sure", f"no: {most} is that of {first['measure']}, {signed(first['tau'])}{p}")]


def _sure(claim: ClaimRow) -> str:
    """Whether the best measure is more than what numbers reach that know nothing of memorization, and of whom."""
    behind = [duel["placebo"] for duel in claim["beats"] if _is_behind(duel)]
    duels = [duel for duel in claim["beats"] if not _is_behind(duel)]
    parts = [
        f"{words.format(claim['by'])} {', '.join(names)}{f': it {needs}' if needs else ''}"
        for shown, words in _DUELS.items()
        for names, needs in by_needs(duel for duel in duels if duel["shown"] == shown)
    ]
    parts += [f"has the lower tau beside {', '.join(behind)}"] if behind else []
    these = [f"{about}: fewer than three seeds"] if (about := only_these(claim["about"])) else []
    word = "placebo" if len(claim["beats"]) == 1 else "placebos"
    said = [f"{'; '.join(parts)} ({word})" if parts else "no placebo stands beside it", *these]
    return f"{how_sure(claim)}: {'; '.join(said)}"


def _is_behind(duel: DuelRow) -> bool:
    """Whether more suites cannot be hoped to show that the measure beats a placebo: so far it is the lower one."""
    return duel["shown"] in ("cannot", "not shown") and (duel["difference"] or 0) < 0


def _within(claims: list[ClaimRow], measures: int) -> str:
    """Whether a measure picks the better of networks that were trained under one condition."""
    tests = [(claim, test) for claim in claims for test in claim["within"]]
    several = len({claim["inputs"] for claim in claims}) > 1
    selecting: dict[tuple[str, str, str], list[str]] = {}
    for claim, test in tests:
        if test["shown"] in ("selects", "reversed"):
            read = f" ({claim['inputs']} inputs)" if several else ""
            selecting.setdefault((claim["measure"], test["shown"], read), []).append(f"{test['column']}")
    if selecting:
        says = {"selects": "picks the better", "reversed": "picks the worse"}
        return "; ".join(
            f"{measure} {says[shown]} of two networks of one condition in {', '.join(dict.fromkeys(columns))}{read}"
            for (measure, shown, read), columns in selecting.items()
        )
    cannot = [test for _, test in tests if test["shown"] == "cannot"]
    if cannot and all(test["shown"] in ("cannot", "undefined") for _, test in tests):
        first = f"{cannot[0]['column']} {cannot[0]['needs']}"
        return f"{claims[0]['by']} cannot show which of two networks of one condition is better: {first}"
    if tests and all(test["shown"] == "undefined" for _, test in tests):
        return "unknown: no tau is defined within any condition"
    nothing = "it is not" if measures == 1 else "neither is" if measures == 2 else "none is"
    return f"{nothing} shown to pick the better of two networks of one condition"
