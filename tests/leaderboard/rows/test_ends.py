"""The ends of a suite: the difference is that of the first and the last condition, and noise decides nothing."""

from typing import Any

import made_boards
import numpy as np
import pytest
from made_boards import ACCURACY, CHOSEN, CONDITIONS, entry, measure, plan, value
from scipy import stats

from benchmark.plain.packing import packed
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
    assert mi["df"] == pytest.approx(9)  # Welch's of two equal spreads are 10, and at most one more than there are
    low, high = mi["interval_95"]
    assert (high - low) / 2 == pytest.approx(stats.t.ppf(0.975, 9) * mi["error"])
    assert (low + high) / 2 == pytest.approx(mi["difference"])
    assert mi["p"] == pytest.approx(2 * stats.t.sf(0.3 / mi["error"], 8), rel=1e-6)
    assert {row["about"] for row in (accuracy, entropy, mi, *mi["taps"])} == {"conditions"}
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


def judged(seeds: int, recipes: int = 1) -> dict[str, Any]:
    """A board whose accuracies are of 40 examples: all networks err on the first ones, the last one on more."""
    labels = [f"lr{n}" for n in range(recipes)] if recipes > 1 else [""]
    resolved = plan([entry("animals", CONDITIONS, labels)], {"mean-mi": measure(CHOSEN)}, seeds)
    found = made_boards.records(resolved)
    for cell in resolved["cells"]:
        if cell["work"] == "score":
            right = np.ones(40)
            right[: 4 + cell["seed"] + round(16 * cell["condition"])] = 0.0
            found[cell["key"]]["metrics"]["accuracy"] = value(float(right.mean()), by_example=packed(right))
            found[cell["key"]]["judged"] = {"examples": 40, "digest": "0" * 64}
    return build_board(resolved, found)


@pytest.mark.parametrize(("seeds", "about"), [(1, "networks"), (2, "networks"), (3, "conditions")])
def test_with_fewer_than_three_seeds_it_is_about_these_networks(seeds: int, about: str) -> None:
    content = judged(seeds)
    accuracy = content["ends"][0]
    assert (accuracy["seen"], accuracy["about"]) == ("as expected", about)
    metrics = [row["metrics"]["accuracy"] for row in content["models"]]
    assert [(one["than_before"], one.get("about")) for one in metrics] == [(None, None), *[("lower", about)] * 2]
    assert {one["error_of"] for one in metrics} == {"examples" if seeds == 1 else "seeds and examples"}
    assert {row["about"] for row in content["ties"]} == ({None} if seeds == 1 else {about})
    text = " ".join(terminal(content).split())
    assert ("lower (these networks)" in text) is (about == "networks")
    assert ("as expected (these networks)" in text) is (about == "networks")


def test_on_the_same_examples_a_difference_errs_less_than_its_two_numbers() -> None:
    """One network is right wherever the other is: of 40 examples 16 tell them apart."""
    accuracy = judged(1)["ends"][0]
    assert accuracy["error"] == pytest.approx((0.4 * 0.6 / 39) ** 0.5)
    assert accuracy["df"] == 39


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
    row = "animals digits mlp balanced unbalanced mean-mi 0.100 0.400 -0.300 ±0.001 -0.302 to -0.298 as expected"
    assert line.split() == [*row.split(), *["-0.300", "±0.001", "+0.300", "±0.001", "!"]]
    assert any(" ".join(line.split()).endswith(" balanced alpha 0.5, unbalanced") for line in text.splitlines())


def test_seeds_that_differ_from_condition_to_condition_are_compared_as_far_as_they_go() -> None:
    resolved = plan([entry("animals", CONDITIONS)], {"mean-mi": measure(CHOSEN)}, 4)
    kept = {0.0: {0, 1, 2}, 0.5: {3}, 1.0: {1, 3}}
    resolved["cells"] = [cell for cell in resolved["cells"] if cell["seed"] in kept[cell["condition"]]]
    found = made_boards.records(resolved)
    for cell in resolved["cells"]:
        if cell["work"] == "score":
            right = (np.arange(40) % 10 < 9 - 6 * cell["condition"] - cell["seed"] % 2).astype(float)
            found[cell["key"]]["metrics"]["accuracy"] = value(float(right.mean()), by_example=packed(right))
            found[cell["key"]]["judged"] = {"examples": 40, "digest": "0" * 64}
    content = build_board(resolved, found)
    metrics = [row["metrics"]["accuracy"] for row in content["models"]]
    assert [len(row["seeds"]) for row in content["models"]] == [3, 1, 2]
    assert [one["error_of"] for one in metrics] == ["seeds and examples", "examples", "seeds and examples"]
    assert [(one["than_before"], one.get("about")) for one in metrics[1:]] == [("lower", "networks")] * 2
    (accuracy, mi) = content["ends"]
    assert (accuracy["seen"], accuracy["about"], mi["about"]) == ("as expected", "networks", "networks")
    assert "(these networks)" in terminal(content)


def test_equal_numbers_and_a_metric_undefined_in_one_seed_say_nothing() -> None:
    resolved = plan([entry("animals", CONDITIONS)], {"mean-mi": measure(CHOSEN)}, 3)
    found = made_boards.records(resolved)
    for cell in resolved["cells"]:
        if cell["work"] == "score":
            found[cell["key"]]["measures"]["mean-mi"] = value(0.2)
            undefined = cell["condition"] == 1.0 and cell["seed"] == 1
            found[cell["key"]]["metrics"]["accuracy"] = value(None if undefined else 0.5)
    content = build_board(resolved, found)
    accuracy, mi = content["ends"]
    assert (accuracy["difference"], accuracy["seen"], accuracy["interval_95"]) == (None, None, None)
    assert (mi["difference"], mi["p"], mi["seen"]) == (0.0, 1.0, "undecided")
    assert [row["metrics"]["accuracy"]["than_before"] for row in content["models"]] == [None, "undecided", None]
    assert [row["groups"] for row in content["ties"]] == [[["alpha 0", "alpha 0.5", "alpha 1"]]]
    assert {row["filtered"]["reason"] for row in content["agreement"]} == {"the noise of the metric is not known"}
    assert terminal(content)
