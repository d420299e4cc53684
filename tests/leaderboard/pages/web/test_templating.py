"""The templates: whatever a name holds is text, and only what is ours is markup."""

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from leaderboard.pages.web.templating import part, template


def shown(**given: object) -> str:
    return (
        template("base.html.j2").environment.from_string("{{ one }}|{{ one | signs }}|{{ one | long }}").render(given)
    )


def test_names_are_text_whatever_they_hold() -> None:
    assert shown(one="<b>&").startswith("&lt;b&gt;&amp;|")
    assert shown(one="a\u202eb").startswith("a⟨U+202E⟩b|")
    assert shown(one=Markup("<b>")).startswith("<b>|")


def test_a_minus_is_a_minus_and_a_dash_says_that_there_is_nothing() -> None:
    assert shown(one="-0.5 ±.1").split("|")[1] == "−0.5 ±.1"
    assert shown(one="-").split("|")[1] == "–"
    assert shown(one="lr-2").split("|")[1] == "lr-2"


def test_only_a_word_that_fits_no_column_is_broken() -> None:
    assert shown(one="several short words in a row").endswith("|")
    assert shown(one="x" * 17).endswith("| long")


def test_what_is_not_given_is_an_error_and_no_gap_in_the_page() -> None:
    with pytest.raises(UndefinedError):
        shown()


def test_parts_are_markup_as_they_stand() -> None:
    assert part("board.css").startswith(":root {")
    assert isinstance(part("board.js"), Markup)
