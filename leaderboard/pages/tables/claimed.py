"""What is claimed of each measure, in tables: the plan's hypotheses, and by themselves those that are exploratory.

In: the content of board.json. Out: `Table`s of strings.
"""

from collections.abc import Iterable, Sequence

from leaderboard.content.board import BoardContent
from leaderboard.content.taus import ClaimRow, WithinRow
from leaderboard.pages.tables.table import MISSING, Table, number, probability, signed, texts

WORDS = {
    "yes": "yes",
    "beats": "yes",
    "selects": "yes",
    "reversed": "the other way",
    "beaten": "is beaten",
    "cannot": "cannot be shown",
    "not shown": "not shown",
    "undefined": "undefined",
}
TITLES = {
    False: "what is shown: the plan's hypotheses (p one-sided, after Holm)",
    True: "what is shown: exploratory measures (p two-sided, not corrected)",
}


def claim_tables(board: BoardContent) -> list[Table]:
    """One table of the hypotheses and one of the other measures, with a row for each kind of inputs and scope."""
    tables = []
    for exploratory, title in TITLES.items():
        claims = [claim for claim in board["claims"] if claim["exploratory"] is exploratory]
        scopes = ["scope"] if len({claim["scope"] for claim in claims}) > 1 else []
        placebos = list(dict.fromkeys(duel["placebo"] for claim in claims for duel in claim["beats"]))
        head = [
            "measure",
            "inputs",
            *scopes,
            "orders the conditions?",
            *placebos,
            "all placebos",
            "selects in",
            "needs",
        ]
        body = [
            [
                claim["measure"],
                claim["inputs"],
                *texts(claim, *scopes),
                shown_to_order(claim),
                *(_against(claim, name) for name in placebos),
                _said(claim["placebos"]["shown"], claim["placebos"]["p"]),
                _within(claim["within"]),
                (needs(claim) or MISSING).removeprefix("needs "),
            ]
            for claim in claims
        ]
        tables.append(Table(title, head, body))
    return [table for table in tables if table.rows]


def shown_to_order(claim: ClaimRow) -> str:
    """Whether a measure is shown to order the conditions, with the statistics of that.

    >>> shown_to_order({"orders": "not shown", "tau": 0.12, "p": 0.151})
    'not shown (pooled tau 0.12, p .151)'
    """
    said = WORDS[claim["orders"]]
    known = claim["tau"] is not None
    return f"{said} (pooled tau {number(claim['tau'])}, p {probability(claim['p'])})" if known else said


def needs(claim: ClaimRow) -> str | None:
    """The addition with which what cannot be shown of a measure could be: that it orders, else that it beats.

    >>> needs({"needs": None, "placebos": {"needs": "needs 7 groups of data"}, "within": [{"needs": "needs 3 seeds"}]})
    'needs 7 groups of data'
    """
    within = next((row["needs"] for row in claim["within"] if row["needs"]), None)
    found: str | None = claim["needs"] or claim["placebos"]["needs"] or within
    return found


def _against(claim: ClaimRow, placebo: str) -> str:
    duel = next((duel for duel in claim["beats"] if duel["placebo"] == placebo), None)
    return _said(duel["shown"], duel["p"]) if duel else MISSING


def _said(shown: str, p: float | None) -> str:
    return WORDS[shown] if p is None else f"{WORDS[shown]} (p {probability(p)})"


def _within(tests: Sequence[WithinRow]) -> str:
    """Where it selects or points the other way; where it does neither, whether it could."""
    found = [*_columns(tests, "selects", ""), *_columns(tests, "reversed", "the other way in ")]
    kinds = {test["shown"] for test in tests}
    nothing = next((WORDS[kind] for kind in ("not shown", "cannot") if kind in kinds), WORDS["undefined"])
    return "; ".join(found) or nothing


def _columns(tests: Iterable[WithinRow], shown: str, words: str) -> list[str]:
    return [
        f"{words}{test['column']} (tau {signed(test['tau'])}, p {probability(test['p'])})"
        for test in tests
        if test["shown"] == shown
    ]
