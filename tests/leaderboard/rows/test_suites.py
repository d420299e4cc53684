"""What a board is about: a row for each suite, and how much of it there is."""

from made_boards import records, resolved

from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.web.suites import suite_sections
from leaderboard.rows.assembly import build_board


def test_a_suite_has_its_words_and_its_conditions_by_name() -> None:
    plan = resolved()
    plan["entries"][0] |= {
        "about": "What it is.",
        "figures": "2",
        "licence": "MIT",
        "condition_names": {"0.0": "clean"},
    }
    first, second = build_board(plan, records(plan))["suites"]
    assert (first["about"], first["figures"], first["licence"], first["networks"]) == ("What it is.", "2", "MIT", 6)
    assert [one["name"] for one in first["conditions"]] == ["clean", "alpha 0.5", "alpha 1"]
    assert (second["about"], second["figures"], second["licence"]) == ("", "", "")  # a plan.json of an earlier version


def test_a_board_says_which_layers_were_not_trained() -> None:
    plan = resolved()
    plan["entries"][1]["recipes"][0]["training"] = {"freeze_layers": 4}
    board = build_board(plan, records(plan))
    first, second = board["suites"]
    assert "frozen_layers" not in first
    assert second["frozen_layers"] == [4]
    name, family = second["suite"], second["family"]
    assert f"{name}: the first 4 layers of {family} stay as they were pretrained." in footnotes(board)
    (section,) = [one for one in suite_sections(board, str) if one.title == name]
    assert ("layers not trained", "the first 4") in section.facts


def test_the_size_counts_what_is_there() -> None:
    plan, found = resolved(), records(resolved())
    whole = {"suites": 2, "networks": 12, "cells": 24, "published": 24, "diverged": 0, "warnings": 0}
    assert build_board(plan, found)["size"] == whole
    del found["colored.0.5..1.evaluation"]
    found["shuffled.0.0..0"]["outcome"] = "diverged"
    found["colored.0.0..0.evaluation"]["warnings"] = ["tap t: one", "tap t: two"]
    assert build_board(plan, found)["size"] == {**whole, "published": 23, "diverged": 1, "warnings": 2}
