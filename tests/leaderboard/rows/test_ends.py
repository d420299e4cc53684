"""The ends of a suite: the difference is that of the first and the last condition, and noise decides nothing."""

from typing import Any

import made_boards
import pytest
from made_boards import ACCURACY, CHOSEN, CONDITIONS, entry, measure, plan, value

from leaderboard.pages.files.formats import terminal
from leaderboard.rows.assembly import build_board

ENTROPY = {"heuristic": "high", "example-level": "low"}
NAMES = {"0.0": "balanced", "1.0": "unbalanced"}


def board(mi: dict[float, float], noise: float = 0.001, seeds: int = 5, kind: str = "heuristic") -> dict[str, Any]:
    """One suite whose MI at tap a is as given, at tap b its negative; entropy stands still."""
    resolved = plan(
        [entry("animals", CONDITIONS, kind=kind, condition_names=NAMES)],
        {"mean-entropy": measure(ENTROPY), "mean-mi": measure(CHOSEN)},
        seeds,
    )
    records = {}
    for cell in resolved["cells"]:
        shift = noise * (cell["seed"] - (seeds - 1) / 2)
        number = mi[cell["condition"]] + shift
        records[cell["key"]] = (
            {"outcome": "done", "training_accuracy": 1.0}
            if cell["work"] == "train"
            else {
                "outcome": "done",
                "measures": {
                    "mean-mi": value(number, per_tap={"a": number, "b": -number}),
                    "mean-entropy": value(3.0 + shift),
                },
                "metrics": {"accuracy": value(ACCURACY[cell["condition"]] + shift, per_tap={})},
            }
        )
    return build_board(resolved, records)


RISING = {0.0: 0.1, 0.5: 0.2, 1.0: 0.4}


def test_a_difference_has_its_margin_error_and_direction_at_every_tap() -> None:
    accuracy, entropy, mi = board(RISING)["ends"]
    assert (accuracy["number"], accuracy["least"], accuracy["most"]) == ("accuracy", "balanced", "unbalanced")
    assert accuracy["difference"] == pytest.approx(0.4)
    assert accuracy["seen"] == "as expected"
    assert (entropy["number"], entropy["expected"], entropy["seen"]) == ("mean-entropy", "higher", "undecided")
    assert (mi["number"], mi["expected"], mi["seen"]) == ("mean-mi", "lower", "as expected")
    assert mi["values"] == pytest.approx([0.1, 0.4])
    assert mi["error"] == pytest.approx(0.001 * 2.5**0.5 / 5**0.5 * 2**0.5)  # sd of 0 to 4 is the root of 2.5
    assert [(tap["tap"], tap["seen"]) for tap in mi["taps"]] == [("a", "as expected"), ("b", "the other way")]
    assert [tap["difference"] for tap in mi["taps"]] == pytest.approx([-0.3, 0.3])
    assert [tap["error"] for tap in mi["taps"]] == pytest.approx([mi["error"]] * 2)


def test_the_other_kind_expects_the_opposite() -> None:
    _, _, mi = board(RISING, kind="example-level")["ends"]
    assert (mi["expected"], mi["seen"]) == ("higher", "the other way")


def test_within_noise_nothing_is_said_and_without_seeds_only_the_difference() -> None:
    assert board(RISING, noise=1.0)["ends"][2]["seen"] == "undecided"
    (one,) = [row for row in board(RISING, seeds=1)["ends"] if row["number"] == "mean-mi"]
    assert (one["difference"], one["error"], one["seen"]) == (pytest.approx(-0.3), None, None)
    assert [tap["seen"] for tap in one["taps"]] == [None, None]


def test_a_missing_model_leaves_the_difference_out_and_one_condition_has_no_ends() -> None:
    resolved = made_boards.resolved()
    records = made_boards.records(resolved)
    del records["colored.1.0..0.evaluation"]
    rows = [row for row in build_board(resolved, records)["ends"] if row["suite"] == "colored"]
    assert {row["difference"] for row in rows} == {None}
    single = plan([entry("colored", [0.0])], {"mean-mi": measure(CHOSEN)})
    assert build_board(single, made_boards.records(single))["ends"] == []


def test_the_tables_show_it_and_name_conditions() -> None:
    text = terminal(board(RISING))
    (line,) = [line for line in text.splitlines() if "±" in line and line.startswith("animals") and "mean-mi" in line]
    row = "animals digits mlp balanced unbalanced mean-mi 0.100 0.400 -0.300 ±0.001 as expected"
    assert line.split() == [*row.split(), *["-0.300", "±0.001", "+0.300", "±0.001", "!"]]
    assert any(" ".join(line.split()).endswith(" balanced alpha 0.5, unbalanced") for line in text.splitlines())
