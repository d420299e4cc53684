"""The sheet of the board of measures: each measure on the panel of each suite.

In: the content of board.json. Out: rows of plain values.
"""

from collections.abc import Iterator

from leaderboard.content.board import BoardContent
from leaderboard.content.measures import WAYS
from leaderboard.pages.sheets.shapes import DATA, FAMILY, INPUTS, MEASURE, METRIC, SCOPE, SUITE, Column, Row, Sheet

_WAYS = {
    "across": "the conditions, the mean over recipes",
    "within": "the recipes of a condition, the mean over conditions",
    "all": "all networks at once",
}
_COLUMNS = (
    INPUTS,
    SCOPE,
    MEASURE,
    Column("role", "text", "hypothesis, rival, placebo, yardstick (it reads labels) or baseline"),
    Column("needs", "text", "what it is computed from: parts of the outputs, readings, and other networks"),
    SUITE,
    DATA,
    FAMILY,
    Column("kind", "text", "the kind of memorization that the suite provokes: heuristic or example-level"),
    METRIC,
    *(
        column
        for way, words in _WAYS.items()
        for column in (
            Column(way, "number", f"tau over {words}"),
            Column(f"{way}_p", "number", "its two-sided p, by permutations, not corrected"),
            Column(
                f"{way}_p_holm", "number", "of hypotheses and rivals: the same after Holm, for all of these and suites"
            ),
            Column(f"{way}_reason", "text", "why there is no tau, empty where there is one"),
        )
    ),
    Column("recipe_null", "number", "the share of random functions of the recipe alone that do as well within"),
    Column("regret", "number", "the metric lost by picking a recipe by the measure, the mean over conditions"),
    Column("chance_regret", "number", "the metric lost by a pick at random"),
    Column("wrong", "text", "in which ways it surely orders the networks the wrong way round (corrected p of .05)"),
    Column("weakest", "number", "the smallest of its mean taus across and within, over both kinds"),
    Column("partial", "yes or no", "whether it has no tau in one of the suites, so that its means are over fewer"),
    Column("groups", "text", "the groups, from the best, in which it cannot be told from others over all networks"),
)


def _rows(board: BoardContent) -> Iterator[Row]:
    for row in board.get("measures", []):
        whole = {
            **{name: row[name] for name in ("inputs", "scope", "measure", "role", "weakest", "partial")},
            "needs": ", ".join(row["needs"]),
            "groups": ", ".join(map(str, row["groups"])),
        }
        for panel in row["panels"]:
            own: dict[str, object] = {**panel, "wrong": ", ".join(panel["wrong"])}
            for way in WAYS:
                found = panel[way]
                own |= {way: found["tau"], f"{way}_p": found["p"], f"{way}_p_holm": found["p_holm"]}
                own[f"{way}_reason"] = found["reason"]
            yield whole | own


MEASURES = Sheet("One row for each measure and suite of a panel: how it orders the networks there.", _COLUMNS, _rows)
