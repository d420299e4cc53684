"""Sheets of what is shown: tau over all suites, what is claimed from it, and which models to pick.

In: the content of board.json. Out: rows of plain values.
"""

from collections.abc import Iterator

from leaderboard.content.board import BoardContent
from leaderboard.pages.sheets.shapes import INPUTS, MEASURE, PLACE, REASON, SCOPE, Column, Row, Sheet, chosen
from leaderboard.pages.tables.picks import picked

BEST = Column("best", "number", "the smallest p that any outcome could have had, with the same corrections")
GROUPS = Column("groups", "count", "on how many groups of data these suites are; suites of one group share examples")

_POOLED = (
    INPUTS,
    SCOPE,
    MEASURE,
    Column("tau", "number", "tau pooled over the suites"),
    Column("p", "number", "p of the pooled tau, two-sided and not corrected"),
    Column("p_above", "number", "one-sided p of a pooled tau above 0; empty for a placebo, whose sign is free"),
    Column("p_below", "number", "one-sided p of a pooled tau below 0; empty for a placebo"),
    Column("p_holm", "number", "of hypotheses: the one-sided p of the side on which tau lies, after Holm's correction"),
    Column("best", "number", "the smallest one-sided p that any measure could have, before corrections"),
    Column("suites", "count", "how many suites are pooled"),
    GROUPS,
    Column("left_out", "count", "how many suites have no tau"),
)
POOLED = Sheet(
    "One row for each kind of inputs, scope and measure: what the suites show together.",
    _POOLED,
    lambda board: (chosen(_POOLED, row) for row in board["pooled"]),
)

_CLAIM = (
    INPUTS,
    SCOPE,
    MEASURE,
    Column("exploratory", "yes or no", "whether the measure is none of the plan's hypotheses"),
    Column(
        "claim", "text", "what is claimed: orders (the conditions), beats (a placebo, or all) or within (a condition)"
    ),
    Column("of", "text", "the placebo, or all placebos, or suite/metric; empty for orders"),
    Column("shown", "text", "yes, beats or selects; reversed or beaten; not shown; cannot (be shown); undefined"),
    Column("tau", "number", "the tau that the claim rests on, empty for beats"),
    Column("difference", "number", "of beats: by how much the mean tau is above the placebo's"),
    Column(
        "p",
        "number",
        "p of the side on which the effect lies: of hypotheses one-sided after Holm, else two-sided, not corrected",
    ),
    BEST,
    Column("suites", "count", "over how many suites, empty for within"),
    GROUPS,
    Column("ahead", "count", "in how many suites the measure is ahead of the placebo"),
    Column("behind", "count", "in how many suites it is behind"),
    Column("about", "text", "whom the claim is about: networks of other seeds (three or more) or these networks"),
    Column("needs", "text", "the smallest addition to the plan with which it could be shown, where it cannot"),
)
_OF_ORDER = [column for column in _CLAIM if column.name in ("tau", "p", "best", "suites", "groups", "about", "needs")]
_OF_WITHIN = [column for column in _CLAIM if column.name in ("shown", "tau", "p", "best", "about", "needs")]
TOGETHER = "all placebos"


def _claims(board: BoardContent) -> Iterator[Row]:
    for row in board["claims"]:
        nothing = {column.name: None for column in _CLAIM}
        about = nothing | chosen(_CLAIM[:4], row)
        yield about | {"claim": "orders", "shown": row["orders"]} | chosen(_OF_ORDER, row)
        for duel in row["beats"]:
            yield about | {"claim": "beats", "of": duel["placebo"]} | {k: v for k, v in duel.items() if k in nothing}
        yield about | {"claim": "beats", "of": TOGETHER} | row["placebos"]
        for one in row["within"]:
            own = chosen(_OF_WITHIN, one)
            yield about | {"claim": "within", "of": one["column"]} | own


CLAIMS = Sheet("One row for each claim that the verdict makes or does not make.", _CLAIM, _claims)

_PICK = (
    *PLACE,
    Column("among", "text", "the condition whose recipes are chosen among; empty where conditions are"),
    MEASURE,
    Column("here", "number", "the measure's tau in this suite, the mean over its metrics and recipes"),
    Column(
        "trusted", "yes or no", "whether it is a hypothesis that is shown to order the conditions, and here is above 0"
    ),
    Column("model", "text", "the condition or recipe that may be picked"),
    Column("first", "count", "best place that the model may have: those tied with it share first and last"),
    Column("last", "count", "worst place that it may have"),
    Column("tied_for_first", "yes or no", "whether the measure cannot tell it from its first model"),
    Column("about", "text", "networks: ties are about these alone; conditions: from three seeds on, about others too"),
    Column(
        "pick",
        "yes or no",
        "whether it is recommended: first by a trusted measure, unless at most one is behind several tied",
    ),
    REASON,
)


def _picks(board: BoardContent) -> Iterator[Row]:
    for row in board["ties"]:
        own = {name: row[name] for name in ("measure", "here", "trusted", "about")}
        about = {**chosen(PLACE, row), "among": row["condition"], **own}
        recommends = bool(picked(row))
        place = 1
        for number, group in enumerate(row["groups"]):
            ranks = {"first": place, "last": place + len(group) - 1}
            flags = {"tied_for_first": number == 0, "pick": number == 0 and recommends, "reason": None}
            yield from ({**about, "model": model, **ranks, **flags} for model in group)
            place += len(group)
        reason = row["reason"] or "no value with a standard error"
        without = {"first": None, "last": None, "tied_for_first": False, "pick": False, "reason": reason}
        yield from ({**about, "model": model, **without} for model in row["left_out"])


PICKS = Sheet(
    "One row for each model that may be picked by each measure: its place, with the models that are tied with it.",
    _PICK,
    _picks,
)
