"""The verdict of the page in plain words: which measure is best, is that sure, what now.

In: the content of board.json. Out: questions with their answers, and a table of all claims.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmark.measures import HEADLINES
from leaderboard.pages.tables.best import best_claim, equally_good, how_sure
from leaderboard.pages.tables.table import by, probability, signed
from leaderboard.pages.web.cells import Entry, Head, Line, Part, Sheet

Row = Mapping[str, Any]

WHICH, SURE, NOW = "Which measure is best?", "Is that sure?", "What now?"
TESTED = "This is about the paper's two measures; only these are tested against chance and placebos."


@dataclass(frozen=True)
class Answer:
    """A question, its answer in a few words, and one or two sentences on it."""

    question: str
    answer: str
    more: str


def answers(board: Mapping[str, Any]) -> list[Answer]:
    """What a reader asks first. On the first kind of inputs that the board has; what differs on others is said."""
    claims = board["claims"]
    if "limit" in board:
        more = f"This was a trial on at most {board['limit']} examples of each kind, which shows no result."
        return [Answer(WHICH, "A trial says nothing", more), Answer(NOW, "Run it in full", "Without --limit.")]
    if not any(claim["tau"] is not None for claim in claims):
        return [Answer(WHICH, "There is nothing to say yet", _nothing(board))]
    places = list(by(claims, "inputs", "scope").values())
    best = [best_claim(place) for place in places]
    return [_which(board, places, best), _sure(board, places, best), _now(best)]


def _nothing(board: Mapping[str, Any]) -> str:
    if not board["models"]:
        return "No network has been scored, so that nothing could be ranked. What is missing is listed below."
    return "No measure could be compared with a metric in any suite. Each cell of the table says why."


def _which(board: Mapping[str, Any], places: Sequence[Sequence[Row]], best: Sequence[Row | None]) -> Answer:
    names = list(dict.fromkeys(claim["measure"] for claim in best if claim))
    shown = [claim for claim in best if claim]
    tested = " ".join([TESTED, *_larger(board, shown)])
    equal = [name for claims, one in zip(places, best, strict=True) if one for name in equally_good(claims, one)]
    if len(names) == 1 and len(shown) == len(places) and not equal and not any(_wrong(claims) for claims in places):
        numbers = "; ".join(f"{_tau(claim)} on {_where(claim)}" for claim in shown)
        return Answer(WHICH, names[0], f"{names[0]} orders the conditions as the metrics do: {numbers}. {tested}")
    only = f", on {_where(shown[0])}" if len(shown) == 1 < len(places) else ""
    answer = f"{' or '.join(dict.fromkeys([*names, *equal]))}{only}" if names else "None is shown to be good"
    more = [_about(claims, claim) for claims, claim in zip(places, best, strict=True)]
    return Answer(WHICH, answer, " ".join([*more, tested]))


def _larger(board: Mapping[str, Any], shown: Sequence[Row]) -> list[str]:
    """The measures that were not tested and have a larger pooled tau than the best of those that were."""
    known = board["directions"]["measures"]
    names = dict.fromkeys(
        row["measure"]
        for claim in shown
        for row in board["pooled"]
        if (row["inputs"], row["scope"]) == (claim["inputs"], claim["scope"])
        and row["measure"] not in HEADLINES
        and not (known[row["measure"]]["placebo"] or known[row["measure"]]["yardstick"])
        and row["tau"] is not None
        and row["tau"] > claim["tau"]
    )
    return [f"A larger pooled tau, but untested: {_list(list(names), 'and')}."] if names else []


def _wrong(claims: Sequence[Row]) -> list[str]:
    return [claim["measure"] for claim in claims if claim["orders"] == "reversed"]


def _about(claims: Sequence[Row], best: Row | None) -> str:
    """What stands first on these inputs, as a sentence."""
    where = f"On {_where(claims[0])}"
    turned = "".join(f" {name} orders them the wrong way round." for name in _wrong(claims))
    if best:
        also = "".join(f" {name} has the same pooled tau." for name in equally_good(claims, best))
        return f"{where}, {best['measure']} orders the conditions as the metrics do ({_tau(best)}).{also}{turned}"
    known = [claim for claim in claims if claim["tau"] is not None]
    if not known:
        return f"{where}, no measure has a tau."
    first = max(known, key=lambda claim: claim["tau"])
    equal = [claim["measure"] for claim in known if signed(claim["tau"]) == signed(first["tau"])]
    closest = f"{first['measure']} comes closest ({_tau(first)})"
    if len(equal) > 1:
        closest = f"{_list(equal, 'and')} have the same pooled tau ({signed(first['tau'])})"
    return f"{where}, no measure is shown to order the conditions; {closest}.{turned}"


def _sure(board: Mapping[str, Any], places: Sequence[Sequence[Row]], best: Sequence[Row | None]) -> Answer:
    shown = [claim for claim in best if claim]
    wrong = list(dict.fromkeys(name for claims in places for name in _wrong(claims)))
    if not shown and wrong:
        more = f"{_list(wrong, 'and')} is shown to order the conditions the wrong way round, and nothing else is shown."
        return Answer(SURE, "No", more)
    if not shown:
        return Answer(SURE, "No", "What is seen may be chance: no corrected p is up to .05.")
    wheres: dict[str, list[str]] = {}
    for claim in shown:
        wheres.setdefault(_against_placebos(board, claim), []).append(_where(claim))
    parts = [f"On {' and on '.join(where)}, {said}." for said, where in wheres.items()]
    answer = "Yes" if all(how_sure(claim) == "yes" for claim in shown) else "Only in part"
    return Answer(SURE, answer, " ".join(["That it orders the conditions is hardly chance.", *parts]))


def _against_placebos(board: Mapping[str, Any], claim: Row) -> str:
    """How a measure stands to those that know nothing of memorization."""
    beaten = [duel["placebo"] for duel in claim["beats"] if duel["shown"] == "beats"]
    rest = [duel["placebo"] for duel in claim["beats"] if duel["shown"] != "beats"]
    said = [f"is shown to beat {_list(beaten)}"] if beaten else []
    said += [f"is not shown to beat {_list(rest)}, placebos that know nothing of memorization"] if rest else []
    here = [row for row in board["pooled"] if (row["inputs"], row["scope"]) == (claim["inputs"], claim["scope"])]
    ahead = [row["measure"] for row in here if row["measure"] in rest and (row["tau"] or -1) > claim["tau"]]
    more = f"; the pooled tau of {_list(ahead, 'and')} is even higher" if ahead else ""
    return f"{claim['measure']} {' but '.join(said) or 'has no placebo beside it'}{more}"


def _now(best: Sequence[Row | None]) -> Answer:
    shown = [claim for claim in best if claim]
    if not shown:
        more = "Do not choose networks by these measures. More suites, conditions or seeds may show an order."
        return Answer(NOW, "Pick nothing by it yet", more)
    if any(how_sure(claim) != "yes" for claim in shown):
        more = (
            "A placebo may do as well, so look at the bars of the placebos beside it. Below, each suite says what to "
            "pick by it and how far that was shown to be right."
        )
        return Answer(NOW, "Use it with care", more)
    return Answer(
        "What now?", "Rank by it", "Below, each suite says what to pick by it, and what cannot be told apart."
    )


def _where(row: Row) -> str:
    return f"{row['inputs']} inputs" + ("" if row["scope"] == "tap" else f", scope {row['scope']}")


def _tau(claim: Row) -> str:
    return f"pooled tau {signed(claim['tau'])}, p {probability(claim['p_holm'])}"


def _list(names: Sequence[str], last: str = "or") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


WORDS = {
    "yes": "● yes",
    "reversed": "▼ reversed",
    "not shown": "○ not shown",
    "undefined": "– undefined",
    "beats": "● beats",
    "beaten": "▼ is beaten by",
    "selects": "● selects",
}


def claims_sheet(board: Mapping[str, Any]) -> Sheet:
    """Every claim in one row: does it order the conditions, is it better than the placebos, does it pick within one."""
    placebos = list(dict.fromkeys(duel["placebo"] for claim in board["claims"] for duel in claim["beats"]))
    heads = [
        Head("measure"),
        Head("inputs", "what the networks were read on"),
        Head("orders the conditions?", "as the metrics do, over all suites"),
        *(Head(f"beats {name}?", "a placebo; in more suites ahead than behind") for name in placebos),
        Head("picks within a condition?", "the better of networks trained alike"),
    ]
    lines = [
        Line(
            [
                Entry(claim["measure"], claim["measure"]),
                Entry(_where(claim), _where(claim)),
                _orders(claim),
                *(_beats(claim, name) for name in placebos),
                _within(claim["within"]),
            ],
            {"measure": claim["measure"], "inputs": claim["inputs"], "scope": claim["scope"]},
        )
        for claim in board["claims"]
    ]
    return Sheet("table-claims", "claims, by measure and kind of inputs", heads, lines, notes=[CLAIMS])


CLAIMS = (
    "● shown: a two-sided p, corrected for all tests of its kind (Holm), is up to .05. ○ not shown: it may be so, but "
    "these networks do not show it. ▼ shown to be the other way round. –: no test was possible."
)


def _said(shown: str, parts: Sequence[Part]) -> Entry:
    word = WORDS[shown]
    return Entry(word, word, tuple(parts), mark="sure" if word.startswith("●") else "nothing")


def _p(p: float | None) -> list[Part]:
    return [] if p is None else [Part("p", f"p {probability(p)}", probability(p))]


def _orders(claim: Row) -> Entry:
    tau = [] if claim["tau"] is None else [Part("tau", f"tau {signed(claim['tau'])}", signed(claim["tau"]))]
    return _said(claim["orders"], [*tau, *_p(claim["p_holm"])])


def _beats(claim: Row, placebo: str) -> Entry:
    for duel in claim["beats"]:
        if duel["placebo"] == placebo:
            ahead = Part("ahead", f"ahead in {duel['ahead']} of {duel['suites']}", str(duel["ahead"]))
            return _said(duel["shown"], [ahead, *_p(duel["p"])])
    return _said("undefined", [])


def _within(tests: Sequence[Row]) -> Entry:
    """The columns in which it is shown to pick, or to point the wrong way."""
    kinds = list(dict.fromkeys(test["shown"] for test in tests))
    found = [kind for kind in ("selects", "reversed") if kind in kinds]
    if not found:
        return _said("not shown" if "not shown" in kinds else "undefined", [])
    parts = []
    for kind in found:
        where = ", ".join(f"{test['column']} ({signed(test['tau'])})" for test in tests if test["shown"] == kind)
        parts.append(Part(WORDS[kind][2:], f"{WORDS[kind]}: {where}" if len(found) > 1 else where, where))
    return _said(found[0], parts) if len(found) == 1 else Entry("both ways", "both ways", tuple(parts), mark="nothing")
