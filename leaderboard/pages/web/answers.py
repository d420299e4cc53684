"""The verdict of the page in plain words: which measure is best, is that sure, what now.

In: the content of board.json. Out: questions with their answers. They are about the plan's hypotheses alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from leaderboard.content.board import BoardContent
from leaderboard.content.taus import ClaimRow
from leaderboard.pages.tables.best import best_claim, by_needs, equally_good, how_sure, of_hypotheses, only_these
from leaderboard.pages.tables.table import by, probability, signed
from leaderboard.pages.web.claims import where

WHICH, SURE, NOW = "Which measure is best?", "Is that sure?", "What now?"
TESTED = "This is about {}, {}; all other measures are exploratory."


@dataclass(frozen=True)
class Answer:
    """A question, its answer in a few words, and one or two sentences on it."""

    question: str
    answer: str
    more: str


def answers(board: BoardContent) -> list[Answer]:
    """The answers to what a reader asks first, on the first kind of inputs; what differs on others is said.

    Args:
        board: The content of board.json.
    """
    claims = of_hypotheses(board["claims"])
    if "limit" in board:
        more = f"This was a trial on at most {board['limit']} examples of each kind, which shows no result."
        return [Answer(WHICH, "A trial says nothing", more), Answer(NOW, "Run it in full", "Without --limit.")]
    if not any(claim["tau"] is not None for claim in claims):
        return [Answer(WHICH, "There is nothing to say yet", _nothing(board, claims))]
    places = list(by(claims, "inputs", "scope").values())
    best = [best_claim(place) for place in places]
    return [_which(board, places, best), _sure(board, places, best), _now(places, best)]


def _nothing(board: BoardContent, claims: Sequence[ClaimRow]) -> str:
    if not board["models"]:
        return "No network has been scored, so that nothing could be ranked. What is missing is listed below."
    if not claims:
        return "No hypothesis of the plan is on this board, and all other measures are exploratory."
    return "No measure could be compared with a metric in any suite. Each cell of the table says why."


def _which(board: BoardContent, places: Sequence[Sequence[ClaimRow]], best: Sequence[ClaimRow | None]) -> Answer:
    names = list(dict.fromkeys(claim["measure"] for claim in best if claim))
    shown = [claim for claim in best if claim]
    declared = list(dict.fromkeys(claim["measure"] for claims in places for claim in claims))
    said = "the plan's hypotheses" if len(declared) > 1 else "the plan's hypothesis"
    tested = " ".join([TESTED.format(said, _list(declared, "and")), *_larger(board, shown)])
    equal = [name for claims, one in zip(places, best, strict=True) if one for name in equally_good(claims, one)]
    if len(names) == 1 and len(shown) == len(places) and not equal and not any(_wrong(claims) for claims in places):
        numbers = "; ".join(f"{_tau(claim)} on {where(claim)}" for claim in shown)
        return Answer(WHICH, names[0], f"{names[0]} orders the conditions as the metrics do: {numbers}. {tested}")
    only = f", on {where(shown[0])}" if len(shown) == 1 < len(places) else ""
    by = str(places[0][0]["by"])
    none = f"{by.capitalize()} cannot show that any is" if _cannot(places) else "None is shown to be good"
    answer = f"{' or '.join(dict.fromkeys([*names, *equal]))}{only}" if names else none
    more = [_about(claims, claim) for claims, claim in zip(places, best, strict=True)]
    return Answer(WHICH, answer, " ".join([*more, tested]))


def _larger(board: BoardContent, shown: Sequence[ClaimRow]) -> list[str]:
    """The exploratory measures that have a larger pooled tau than the best of the hypotheses."""
    known = board["directions"]["measures"]
    names = dict.fromkeys(
        row["measure"]
        for claim in shown
        for row in board["pooled"]
        if (row["inputs"], row["scope"]) == (claim["inputs"], claim["scope"])
        and row["measure"] not in board["hypotheses"]
        and not (known[row["measure"]]["placebo"] or known[row["measure"]]["yardstick"])
        and row["tau"] is not None
        and row["tau"] > (claim["tau"] or 0.0)
    )
    return [f"A larger pooled tau, but exploratory: {_list(list(names), 'and')}."] if names else []


def _wrong(claims: Sequence[ClaimRow]) -> list[str]:
    return [claim["measure"] for claim in claims if claim["orders"] == "reversed"]


def _cannot(places: Sequence[Sequence[ClaimRow]]) -> str | None:
    """What the plan needs before any measure can be shown to order the conditions, where no outcome could show it."""
    claims = [claim for place in places for claim in place]
    if any(claim["orders"] not in ("cannot", "undefined") for claim in claims):
        return None
    return next((str(claim["needs"]) for claim in claims if claim["needs"]), None)


def _about(claims: Sequence[ClaimRow], best: ClaimRow | None) -> str:
    """What stands first on these inputs, as a sentence."""
    here = f"On {where(claims[0])}"
    turned = "".join(f" {name} orders them the wrong way round." for name in _wrong(claims))
    if best:
        also = "".join(f" {name} has the same pooled tau." for name in equally_good(claims, best))
        return f"{here}, {best['measure']} orders the conditions as the metrics do ({_tau(best)}).{also}{turned}"
    known = [claim for claim in claims if claim["tau"] is not None]
    if not known:
        return f"{here}, no measure has a tau."
    first = max(known, key=lambda claim: claim["tau"] or 0.0)
    equal = [claim["measure"] for claim in known if signed(claim["tau"]) == signed(first["tau"])]
    closest = f"{first['measure']} comes closest ({_tau(first)})"
    if len(equal) > 1:
        closest = f"{_list(equal, 'and')} have the same pooled tau ({signed(first['tau'])})"
    return f"{here}, no measure is shown to order the conditions; {closest}.{turned}"


def _sure(board: BoardContent, places: Sequence[Sequence[ClaimRow]], best: Sequence[ClaimRow | None]) -> Answer:
    shown = [claim for claim in best if claim]
    wrong = list(dict.fromkeys(name for claims in places for name in _wrong(claims)))
    if not shown and wrong:
        more = f"{_list(wrong, 'and')} is shown to order the conditions the wrong way round, and nothing else is shown."
        return Answer(SURE, "No", more)
    if not shown and (needs := _cannot(places)):
        return Answer(SURE, "No", f"No outcome would have been sure: {places[0][0]['by']} {needs}.")
    if not shown:
        return Answer(SURE, "No", "What is seen may be chance: no corrected p is up to .05.")
    wheres: dict[str, list[str]] = {}
    for claim in shown:
        wheres.setdefault(_against_placebos(board, claim), []).append(where(claim))
    parts = [f"On {' and on '.join(inputs)}, {said}." for said, inputs in wheres.items()]
    these = [
        f"It is said {about} alone: with fewer than three seeds there is no telling of others."
        for about in dict.fromkeys(only_these(claim["about"]) for claim in shown)
        if about
    ]
    answer = "Yes" if all(how_sure(claim) == "yes" for claim in shown) else "Only in part"
    return Answer(SURE, answer, " ".join(["That it orders the conditions is hardly chance.", *parts, *these]))


def _against_placebos(board: BoardContent, claim: ClaimRow) -> str:
    """How a measure stands to those that know nothing of memorization."""
    kinds = {
        kind: [duel for duel in claim["beats"] if duel["shown"] in words]
        for kind, words in {
            "beats": ("beats",),
            "cannot": ("cannot",),
            "": ("not shown", "beaten"),
            "undefined": ("undefined",),
        }.items()
    }
    names = {kind: [duel["placebo"] for duel in duels] for kind, duels in kinds.items()}
    rest = [*names[""], *names["cannot"], *names["undefined"]]
    said = [f"is shown to beat {_list(names['beats'], 'and')}"] if names["beats"] else []
    said += (
        ["is not shown to beat all of them together"]
        if not rest and names["beats"] and how_sure(claim) != "yes"
        else []
    )
    said += [f"is not shown to beat {_placebos(names[''])}"] if names[""] else []
    said += [
        f"cannot be shown by {claim['by']} to beat {_placebos(those)}: it {needs}"
        for those, needs in by_needs(kinds["cannot"])
    ]
    said += [f"has a tau in no suite in which {_list(names['undefined'])} has one"] if names["undefined"] else []
    here = [row for row in board["pooled"] if (row["inputs"], row["scope"]) == (claim["inputs"], claim["scope"])]
    ahead = [row["measure"] for row in here if row["measure"] in rest and (row["tau"] or -1) > (claim["tau"] or 0.0)]
    more = f"; the pooled tau of {_list(ahead, 'and')} is even higher" if ahead else ""
    others = ", and ".join(said[1:])
    how = " but ".join(part for part in (*said[:1], others) if part) or "has no placebo beside it"
    return f"{claim['measure']} {how}{more}"


def _placebos(names: Sequence[str]) -> str:
    """Their names, and what they are."""
    what = "a placebo that knows" if len(names) == 1 else "placebos that know"
    return f"{_list(names)}, {what} nothing of memorization"


def _now(places: Sequence[Sequence[ClaimRow]], best: Sequence[ClaimRow | None]) -> Answer:
    shown = [claim for claim in best if claim]
    if not shown and (needs := _cannot(places)):
        return Answer(NOW, "Pick nothing by it yet", f"{places[0][0]['by'].capitalize()} {needs}.")
    if not shown:
        more = "Do not choose networks by these measures. More suites, conditions or seeds may show an order."
        return Answer(NOW, "Pick nothing by it yet", more)
    if any(how_sure(claim) != "yes" for claim in shown):
        more = (
            "A placebo may do as well, so look at the bars of the placebos beside it. Below, each suite says what to "
            "pick by it and how far that was shown to be right."
        )
        return Answer(NOW, "Use it with care", more)
    return Answer(NOW, "Rank by it", "Below, each suite says what to pick by it, and what cannot be told apart.")


def _tau(claim: ClaimRow) -> str:
    return f"pooled tau {signed(claim['tau'])}, p {probability(claim['p'])}"


def _list(names: Sequence[str], last: str = "or") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"
