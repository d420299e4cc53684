"""A comparison in a notebook: what is shown and the taus of the hypotheses, and names that run nothing."""

import re
from html import unescape

from made_comparisons import compared, hostile, run

from leaderboard.pages.files.comparison_notebook import comparison_notebook
from leaderboard.pages.tables.comparison import tau_table

CONTENT = compared(run(range(2)), run(range(2, 4), family="cnn"))


def test_its_table_has_the_taus_of_the_hypotheses() -> None:
    html = comparison_notebook(CONTENT)
    cells = [
        [unescape(c) for c in re.findall("<t[dh]>(.*?)</t[dh]>", row)] for row in re.findall("<tr>(.*?)</tr>", html)
    ]
    table = tau_table([row for row in CONTENT["taus"] if row["role"] == "hypothesis"])
    assert cells == [list(table.head), *map(list, table.rows)]
    assert len(cells) == 3


def test_it_says_what_is_shown_and_what_differs() -> None:
    html = unescape(comparison_notebook(CONTENT))
    assert CONTENT["verdict"]["sentences"][0] in html
    assert "suite family: mlp in A, cnn in B" in html


def test_without_hypotheses_it_has_all_taus_and_no_name_is_markup() -> None:
    content = hostile()
    for row in content["taus"]:
        row["role"] = "measure"
    html = comparison_notebook(content)
    assert html.count("<tr>") == 1 + len(content["taus"])
    assert "<script" not in html
