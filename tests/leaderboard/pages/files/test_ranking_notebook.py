"""A ranking in a notebook: the screen's table and words in HTML, and names that run nothing."""

import re
from html import unescape

from made_rankings import made_ranking

from leaderboard.pages.files.ranking_notebook import ranking_notebook
from leaderboard.pages.tables.ranking import HEAD, ranking_rows


def cells(html: str) -> list[list[str]]:
    rows = re.findall("<tr>(.*?)</tr>", html)
    return [[unescape(cell) for cell in re.findall("<t[dh]>(.*?)</t[dh]>", row)] for row in rows]


def test_its_table_is_that_of_the_screen() -> None:
    content = made_ranking()
    assert cells(ranking_notebook(content)) == [list(HEAD), *map(list, ranking_rows(content, "heuristic"))]


def test_it_says_what_to_take_and_leave_and_never_without_how_far_to_trust_it() -> None:
    html = ranking_notebook(made_ranking())
    assert html.index("<b>if</b> all were trained alike") < html.index("<b>leave</b> c</p>")
    assert "<p><b>trust</b> networks trained alike" in html
    assert "do not choose a recipe, a checkpoint or a seed by it" in html
    assert "<b>mind</b>" not in html
    assert "<b>mind</b> only 9 examples" in ranking_notebook({**made_ranking(), "warnings": ["only 9 examples"]})


def test_without_a_kind_each_of_two_tables_says_when_it_holds() -> None:
    html = ranking_notebook(made_ranking(None))
    assert re.findall("<caption>(.*?)</caption>", html) == ["if shortcuts are feared", "if wrong labels are feared"]
    assert html.count("<table>") == 2


def test_names_are_text() -> None:
    html = ranking_notebook(made_ranking(names=("<script>run()</script>", "a\u202eb", "c")))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html
