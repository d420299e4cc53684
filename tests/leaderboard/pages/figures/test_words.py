"""Names and sentences in figures."""

import pytest

from leaderboard.pages.figures.words import condition_name, listed, shown, tick


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("plain", "plain"),
        ("a\u202eb\u200bc\x00", "a\ufffdb\ufffdc\ufffd"),
        ("x" * 41, "x" * 20 + "…" + "x" * 19),
        ("", ""),
    ],
)
def test_a_name_is_shown_without_what_is_invisible_and_not_too_long(name: str, drawn: str) -> None:
    assert shown(name) == drawn


def test_a_condition_is_named_by_its_name_its_knob_or_itself() -> None:
    assert condition_name({"condition": 1.0, "condition_name": "aligned", "knob": "alpha"}) == "aligned"
    assert condition_name({"condition": 0.5, "knob": "beta"}) == "beta 0.5"
    assert condition_name({"condition": 0.5}) == "condition 0.5"
    assert condition_name({"condition": "raw"}) == "raw"
    assert tick({"condition": 0.25}) == "0.25"


def test_many_names_are_counted() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(list("abcd"), 2) == "a, b and 2 more"
