"""The tables of all claims on the page: the plan's hypotheses, and folded below them what is exploratory.

In: the content of board.json. Out: a `Sheet` for each that has a claim.
"""

from collections.abc import Sequence

from leaderboard.content.board import BoardContent
from leaderboard.content.taus import AgainstAll, ClaimRow, WithinRow
from leaderboard.pages.tables.best import OTHERS, only_these
from leaderboard.pages.tables.table import probability, signed
from leaderboard.pages.web.cells import Entry, Head, Line, Part, Sheet

WORDS = {
    "yes": "● yes",
    "reversed": "▼ the other way",
    "not shown": "○ not shown",
    "cannot": "◌ cannot be shown",
    "undefined": "– undefined",
    "beats": "● beats",
    "beaten": "▼ is beaten by",
    "selects": "● selects",
}
SHOWN = ("yes", "reversed", "beats", "beaten", "selects")
HYPOTHESES = (
    "● shown: a one-sided p in the direction that the measure declares, corrected for the hypotheses and kinds of "
    "inputs (Holm), is up to .05. ▼ shown, by a p corrected alike, to be the other way round. ○ not shown: it may be "
    "so, but these networks do not show it."
)
EXPLORATORY = (
    "● ▼ a two-sided p is up to .05. It is not corrected for the many measures, suites and placebos that are looked at "
    "here, so some are up to .05 by chance: a finding to be tested as a hypothesis of another run."
)
CANNOT = (
    "◌ cannot be shown: no outcome would have reached p .05 with this plan, or so far; beside it what is needed. –: "
    "no test was possible."
)


THESE = "of these networks: with fewer than three seeds in a suite nothing is claimed about networks of other seeds."


def claim_sheets(board: BoardContent) -> list[Sheet]:
    """The claims of the hypotheses and those of exploratory measures, a row for each measure and kind of inputs.

    Each row says whether the measure orders the conditions, beats the placebos, and picks within a condition.

    Args:
        board: The content of board.json.
    """
    kinds = [
        (False, "table-claims", "claims of the plan's hypotheses, by measure and kind of inputs", HYPOTHESES),
        (True, "table-exploratory", "exploratory measures: two-sided, not corrected", EXPLORATORY),
    ]
    return [
        _sheet([claim for claim in board["claims"] if claim["exploratory"] is exploratory], id, caption, note)
        for exploratory, id, caption, note in kinds
    ]


def where(claim: ClaimRow) -> str:
    """On which inputs, and in which scope where that is not the usual one."""
    return f"{claim['inputs']} inputs" + ("" if claim["scope"] == "tap" else f", scope {claim['scope']}")


def _sheet(claims: Sequence[ClaimRow], id: str, caption: str, note: str) -> Sheet:
    placebos = list(dict.fromkeys(duel["placebo"] for claim in claims for duel in claim["beats"]))
    heads = [
        Head("measure"),
        Head("inputs", "what the networks were read on"),
        Head("orders the conditions?", "as the metrics do, over all suites"),
        *(Head(f"beats {name}?", "a placebo; by the mean difference of tau") for name in placebos),
        *([Head("beats all of them?", "each of the placebos")] if len(placebos) > 1 else []),
        Head("picks within a condition?", "the better of networks trained alike"),
    ]
    lines = [
        Line(
            [
                Entry(claim["measure"], claim["measure"]),
                Entry(where(claim), where(claim)),
                _orders(claim),
                *(_beats(claim, name) for name in placebos),
                *([_together(claim["placebos"])] if len(placebos) > 1 else []),
                _within(claim["within"]),
            ],
            {"measure": claim["measure"], "inputs": claim["inputs"], "scope": claim["scope"]},
        )
        for claim in claims
    ]
    these = [THESE] if any(part.name == "about" for line in lines for cell in line.cells for part in cell.parts) else []
    return Sheet(id, caption, heads, lines, notes=[note, CANNOT, *these])


def _said(shown: str, needs: str | None, parts: Sequence[Part], about: str = OTHERS) -> Entry:
    """What is shown, its numbers, whom it is about, and what it would need."""
    word = WORDS[shown]
    more = [Part("needs", needs, needs)] if needs else []
    if shown in SHOWN and (these := only_these(about)):
        more.append(Part("about", these, these))
    return Entry(word, word, (*parts, *more), mark="sure" if word.startswith("●") else "nothing")


def _p(p: float | None) -> list[Part]:
    return [] if p is None else [Part("p", f"p {probability(p)}", probability(p))]


def _orders(claim: ClaimRow) -> Entry:
    tau = [] if claim["tau"] is None else [Part("tau", f"tau {signed(claim['tau'])}", signed(claim["tau"]))]
    return _said(claim["orders"], claim["needs"], [*tau, *_p(claim["p"])], claim["about"])


def _together(whole: AgainstAll) -> Entry:
    return _said(whole["shown"], whole["needs"], _p(whole["p"]))


def _beats(claim: ClaimRow, placebo: str) -> Entry:
    for duel in claim["beats"]:
        if duel["placebo"] == placebo:
            ahead = Part("ahead", f"ahead in {duel['ahead']} of {duel['suites']}", str(duel["ahead"]))
            return _said(duel["shown"], duel["needs"], [ahead, *_p(duel["p"])], duel["about"])
    return _said("undefined", None, [])


def _within(tests: Sequence[WithinRow]) -> Entry:
    """The columns in which it is shown to pick, or to point the wrong way."""
    kinds = list(dict.fromkeys(test["shown"] for test in tests))
    found = [kind for kind in ("selects", "reversed") if kind in kinds]
    if not found:
        word = next((kind for kind in ("not shown", "cannot") if kind in kinds), "undefined")
        needs = next((f"{test['column']} {test['needs']}" for test in tests if test["needs"]), None)
        return _said(word, needs if word == "cannot" else None, [])
    parts = []
    for kind in found:
        columns = ", ".join(f"{test['column']} ({signed(test['tau'])})" for test in tests if test["shown"] == kind)
        parts.append(Part(WORDS[kind][2:], f"{WORDS[kind]}: {columns}" if len(found) > 1 else columns, columns))
    if len(found) > 1:
        return Entry("both ways", "both ways", tuple(parts), mark="nothing")
    return _said(found[0], None, parts)
