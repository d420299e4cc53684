"""The screen of a comparison: what is shown first, then taus and means, and nothing wider than the screen."""

import re
from typing import Any

import pytest
from made_comparisons import board_part, compared, hostile, part, run
from rich.cells import cell_len

from leaderboard.pages.terminal.comparison import comparison_screen
from leaderboard.pages.terminal.medium import Medium
from leaderboard.rows.comparison import build_comparison
from leaderboard.rows.comparison_parts import PAPER, part_of_paper

SHIFTED = compared(run(range(5), shift=0.5), run(range(5, 10), family="cnn"))


def one_line(screen: str) -> str:
    return " ".join(screen.split())


def test_what_is_shown_stands_first_then_taus_means_and_settings() -> None:
    screen = comparison_screen(SHIFTED, Medium(80), "memorank compare a b --out DIR writes every row")
    parts = [
        "one (A) against other (B)",
        "\nshown ",
        "\nA  ",
        "\nB  ",
        "\ntau of A and of B",
        "\nmeans over",
        "\ndiffers ",
        "\nmore ",
    ]
    places = [screen.index(part) for part in parts]
    assert places == sorted(places)
    assert "a difference is shown (p <.001, " in one_line(screen) or "a difference is shown (p .0" in one_line(screen)
    assert "suite family: mlp in A, cnn in B" in screen


def test_of_equal_means_no_table_is_made() -> None:
    made = run([0, 1])
    text = comparison_screen(compared(made, made), Medium(80))
    assert re.search(r"means over the conditions: all \d are equal\n", text)
    assert "A - B" not in text


def test_means_that_differ_most_stand_first() -> None:
    content = {**SHIFTED, "orders": SHIFTED["orders"][::-1]}  # type: ignore[typeddict-item]
    screen = comparison_screen(content, Medium(80))  # type: ignore[arg-type]
    lines = screen[screen.index("means over") :].splitlines()
    table = lines[next(n for n, line in enumerate(lines) if line.startswith("suite ")) :]
    assert re.match(r"colored +mean-mi \(evaluation\) +\+0\.\d{3} +same +\.0\d\d\*", table[2])


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    contents = [SHIFTED, hostile(), build_comparison(part(run(range(2))), board_part(run(range(2, 4))))]
    for content in contents:
        assert (
            max(map(cell_len, comparison_screen(content, Medium(width), "memorank compare a b").splitlines())) < width
        )


def test_at_80_columns_hypotheses_and_a_placebo_have_their_taus_under_each_other() -> None:
    screen = comparison_screen(SHIFTED, Medium(80)).splitlines()
    head = next(n for n, line in enumerate(screen) if "mean-mi" in line and "random" in line)
    row = SHIFTED["taus"][0]
    assert re.split(" {2,}", screen[head + 3].strip())[:2] == ["colored", "5"]
    place = screen[head].index("mean-mi")
    taus = f"{row['tau_a']:+.2f} {row['tau_b']:+.2f}"
    assert screen[head + 3][place:].startswith(taus)


def test_without_a_test_no_p_stands_there_and_it_says_why() -> None:
    content = build_comparison(part(run(range(2))), board_part(run(range(2, 4))))
    screen = comparison_screen(content, Medium(80))
    assert "nothing is tested: of B the board alone is at hand" in one_line(screen)
    assert "corrected p" not in screen
    means = screen[screen.index("means over") :]
    assert set(re.findall(r" (-|\.\d+)$", means, flags=re.MULTILINE)) == {"-"}


def test_the_paper_has_taus_alone() -> None:
    content = build_comparison(part(run(range(2), ["colored-mnist"])), part_of_paper(PAPER))
    screen = comparison_screen(content, Medium(80))
    assert "means over" not in screen
    assert "only B has bias-in-bios with roberta" in one_line(screen)


def test_many_settings_are_counted() -> None:
    setting: Any = {"of": "version", "name": "x", "a": "1", "b": "2"}
    screen = comparison_screen({**SHIFTED, "settings": [setting] * 14}, Medium(80))
    assert screen.count("version x: 1 in A, 2 in B") == 10
    assert "and 4 more" in screen


def test_names_move_no_cursor() -> None:
    screen = comparison_screen(hostile(), Medium(100))
    assert screen.replace("\n", "").isprintable()
