"""The board of records made by hand: orientation, placebos, missing models, recipes, the paper's values, formats."""

import copy
import csv
import io
import json
import random

import pytest
from made_boards import CHOSEN, EITHER, entry, measure, plan, value

from leaderboard.board import build_board
from leaderboard.formats import FORMATS, terminal
from leaderboard.tables import probability

CONDITIONS = [0.0, 0.5, 1.0]
ACCURACY = {0.0: 0.9, 0.5: 0.8, 1.0: 0.5}


def resolved(recipes: int = 1, seeds: int = 2) -> dict:
    labels = [f"lr{n}" for n in range(recipes)] if recipes > 1 else [""]
    colored = entry("colored", CONDITIONS, labels, paper={"accuracy": {"mean-mi": 0.8}})
    shuffled = entry("shuffled", CONDITIONS, labels, kind="example-level", knob="beta")
    return plan([colored, shuffled], {"mean-mi": measure(CHOSEN), "steps": measure(EITHER)}, seeds)


def records(plan: dict) -> dict:
    """MI rises with memorization in both suites; steps too."""
    result = {}
    for cell in plan["cells"]:
        if cell["work"] == "train":
            result[cell["key"]] = {"outcome": "done"}
            continue
        shift = 0.001 * cell["seed"]
        result[cell["key"]] = {
            "outcome": "done",
            "measures": {"mean-mi": value(cell["condition"] + shift), "steps": value(10 * cell["condition"])},
            "metrics": {"accuracy": value(ACCURACY[cell["condition"]] - shift)},
        }
    return result


def row(board: dict, suite: str, measure: str) -> dict:
    return next(r for r in board["agreement"] if (r["suite"], r["measure"]) == (suite, measure))


def test_plus_one_means_ordered_as_generalization_is() -> None:
    board = build_board(resolved(), records(resolved()))
    assert row(board, "colored", "mean-mi")["tau"] == 1.0
    assert row(board, "shuffled", "mean-mi")["tau"] == -1.0
    assert row(board, "colored", "mean-mi")["p"] == pytest.approx(1 / 3)
    assert row(board, "colored", "mean-mi")["within_condition"]["tau"] == 1.0
    assert row(board, "shuffled", "mean-mi")["within_condition"]["tau"] == -1.0


def test_a_sampled_measure_says_how_far_it_errs() -> None:
    plan, found = resolved(), records(resolved())
    assert "sample of the pairs" not in terminal(build_board(plan, found))
    for number, record in enumerate(r for r in found.values() if "measures" in r):
        record["measures"]["mean-mi"]["standard_error"] = 0.001 * number
    board = build_board(plan, found)
    assert board["models"][1]["measures"]["mean-mi"]["standard_error"] == 0.003
    assert "standard error of at most (nats): mean-mi 0.011." in terminal(board)


def test_a_metric_that_is_better_low_turns_the_sign() -> None:
    plan = resolved()
    plan["metrics"]["accuracy"]["higher_is_better"] = False
    assert row(build_board(plan, records(plan)), "colored", "mean-mi")["tau"] == -1.0


def test_a_placebo_gets_one_sign_for_a_kind_the_one_that_suits_its_mean() -> None:
    board = build_board(resolved(), records(resolved()))
    signs = [(row(board, s, "steps")["tau"], row(board, s, "steps")["sign"]) for s in ("colored", "shuffled")]
    assert signs == [(1.0, -1)] * 2
    plan = resolved()
    plan["entries"][1]["kind"] = "heuristic"
    found = records(plan)
    for key, record in found.items():  # in shuffled, the steps of one pair of conditions are the other way round
        if "measures" in record and key.startswith("shuffled"):
            record["measures"]["steps"] = value({"0.0": 20.0, "0.5": 30.0, "1.0": 10.0}[key.split(".", 1)[1][:3]])
    board = build_board(plan, found)
    taus = [(row(board, s, "steps")["tau"], row(board, s, "steps")["sign"]) for s in ("colored", "shuffled")]
    assert taus == [(1.0, -1), (pytest.approx(-1 / 3), -1)]


def test_means_and_standard_deviations_over_seeds() -> None:
    model = build_board(resolved(), records(resolved()))["models"][1]
    assert model["condition"] == 0.5
    assert model["measures"]["mean-mi"]["mean"] == pytest.approx(0.5005)
    assert model["measures"]["mean-mi"]["sd"] == pytest.approx(0.001 / 2**0.5)
    assert model["seeds"] == [0, 1]
    alone = resolved(seeds=1)
    assert build_board(alone, records(alone))["models"][0]["measures"]["mean-mi"]["sd"] is None


def test_missing_stays_missing() -> None:
    plan, found = resolved(), records(resolved())
    del found["colored.0.5..1.evaluation"]
    found["shuffled.0.0..0"]["outcome"] = "diverged"
    del found["shuffled.0.0..0.evaluation"], found["shuffled.1.0..0"], found["shuffled.1.0..0.evaluation"]
    board = build_board(plan, found)
    model = board["models"][1]["measures"]["mean-mi"]
    assert (model["mean"], model["reason"]) == (None, "1 of 2 networks missing")
    assert board["missing"] == [
        {"key": "colored.0.5..1.evaluation", "reason": "not scored"},
        {"key": "shuffled.0.0..0", "reason": "diverged"},
        {"key": "shuffled.1.0..0", "reason": "not trained"},
    ]
    first = row(board, "colored", "mean-mi")
    assert (first["n"], first["left_out"], first["tau"], first["p_min"]) == (2, 1, 1.0, 1.0)
    alone = row(board, "shuffled", "mean-mi")
    assert (alone["tau"], alone["reason"]) == (None, "1 of at least 2 numbers to rank")
    assert "1.00 p=1.000 n=2 (0.80)" in terminal(board)


def test_an_undefined_number_keeps_its_reason() -> None:
    plan, found = resolved(), records(resolved())
    found["colored.0.5..1.evaluation"]["measures"]["mean-mi"] = value(None, "no pairs: one neuron")
    board = build_board(plan, found)
    assert board["models"][1]["measures"]["mean-mi"]["reason"] == "undefined for 1 of 2 networks: no pairs: one neuron"


def test_warnings_of_scoring_are_on_the_board() -> None:
    plan, found = resolved(), records(resolved())
    assert "warnings, as" not in terminal(build_board(plan, found))
    key, warning = "colored.0.5..1.evaluation", "tap t: 1 of 2 neurons are constant: entropy 0, MI 0"
    found[key]["warnings"] = [warning]
    board = build_board(plan, found)
    assert board["warnings"] == [{"key": key, "warning": warning}]
    assert "1 warnings, as colored.0.5..1.evaluation: tap t: 1 of 2 neurons are constant" in terminal(board)


def test_a_constant_metric_has_no_tau() -> None:
    plan, found = resolved(), records(resolved())
    for record in found.values():
        if "metrics" in record:
            record["metrics"]["accuracy"] = value(0.5)
    board = build_board(plan, found)
    assert {(r["tau"], r["p"], r["reason"]) for r in board["agreement"]} == {
        (None, None, "all 3 numbers on one side are equal")
    }


def test_recipes_have_a_row_each_and_one_row_within() -> None:
    plan = resolved(recipes=3)
    found = records(plan)
    for cell in plan["cells"]:
        if cell["work"] == "score":
            step = int(cell["recipe"][2:])
            found[cell["key"]]["measures"]["mean-mi"] = value(cell["condition"] + 0.01 * step)
            found[cell["key"]]["metrics"]["accuracy"] = value(ACCURACY[cell["condition"]] + 0.01 * step)
    rows = [r for r in build_board(plan, found)["agreement"] if (r["suite"], r["measure"]) == ("colored", "mean-mi")]
    assert [r["recipe"] for r in rows] == ["lr0", "lr1", "lr2"]
    assert [r["tau"] for r in rows] == [1.0] * 3
    assert [r["paper"] for r in rows] == [0.8, None, None]
    assert {r["within_condition"]["unit"] for r in rows} == {"recipes"}
    assert {r["within_condition"]["tau"] for r in rows} == {-1.0}
    assert {r["within_condition"]["p"] for r in rows} == {1 / 3}
    assert {(r["all_models"]["n"], round(r["all_models"]["tau"], 3)) for r in rows} == {(9, 0.5)}


def test_two_recipes_are_too_few_to_rank_within_a_condition_so_seeds_are() -> None:
    plan = resolved(recipes=2)
    within = [row["within_condition"]["unit"] for row in build_board(plan, records(plan))["agreement"]]
    assert set(within) == {"seeds"}


def test_the_paper_stands_in_brackets_unless_data_and_family_are_its_own() -> None:
    plan = resolved()
    assert "1.00 p=.333 (0.80)" in terminal(build_board(plan, records(plan)))
    plan["entries"][0]["as_in_paper"] = True
    assert "1.00 p=.333 paper 0.80" in terminal(build_board(plan, records(plan)))
    for cell in plan["cells"]:
        cell["inputs"] = cell["inputs"] and "in-distribution"
    assert "1.00 p=.333 (0.80)" in terminal(build_board(plan, records(plan)))


def test_the_order_of_records_and_models_changes_no_byte() -> None:
    plan, found = resolved(), records(resolved())
    items = list(found.items())
    random.Random(1).shuffle(items)
    texts = [{n: FORMATS[n](build_board(plan, r)) for n in FORMATS} for r in (found, dict(items))]
    assert texts[0] == texts[1]
    turned = {**plan, "cells": plan["cells"][::-1]}
    for name in plan["measures"]:
        a, b = (row(build_board(p, found), "colored", name) for p in (plan, turned))
        assert (a["tau"], a["p"], a["within_condition"]) == (b["tau"], b["p"], b["within_condition"])


def test_formats_show_the_same_numbers() -> None:
    board = build_board(resolved(), records(resolved()))
    before = copy.deepcopy(board)
    assert json.loads(FORMATS["json"](board)["board.json"]) == json.loads(json.dumps(board))
    tables = FORMATS["csv"](board)
    rows = list(csv.DictReader(io.StringIO(tables["agreement.csv"])))
    assert [(r["suite"], r["measure"], r["tau"], r["p"], r["p_min"]) for r in rows] == [
        ("colored", "mean-mi", "1.00", ".333", ".333"),
        ("colored", "steps", "1.00", ".333", ".333"),
        ("shuffled", "mean-mi", "-1.00", ".333", ".333"),
        ("shuffled", "steps", "1.00", ".333", ".333"),
    ]
    numbers = list(csv.DictReader(io.StringIO(tables["models.csv"])))
    assert len(numbers) == 2 * 3 * 3
    assert float(numbers[0]["mean"]) == board["models"][0]["measures"]["mean-mi"]["mean"]
    text = FORMATS["md"](board)["board.md"]
    lines = [" ".join(line.replace("|", " ").split()) for line in text.splitlines()]
    assert "mean-mi 1.00 p=.333 (0.80) -1.00 p=.333" in lines
    assert "mean-mi 1.00 3 .333 .333 0 - (0 of 3) - 1.00 .250 seeds in 3 conditions 1.00 0.000 (0.80)" in lines
    assert "0.5 0.500 ±0.001 0.800 ±0.001 2" in lines
    assert board == before


def test_probabilities() -> None:
    assert [probability(p) for p in (None, 1.0, 1 / 60, 0.0005, 0.0001)] == ["-", "1.000", ".017", ".001", "<.001"]


def noisy(plan: dict, error: float = 0.01) -> dict:
    """Records in which MI moves over halves and the accuracy has a standard error."""
    found = records(plan)
    for record in found.values():
        if "measures" in record:
            mi = record["measures"]["mean-mi"]["value"]
            record["measures"]["mean-mi"] = value(mi, sub_samples=[mi - error, mi, mi + error])
            record["metrics"]["accuracy"]["standard_error"] = error
    return found


def test_noise_is_told_beside_tau() -> None:
    plan = resolved(seeds=1)
    found = row(build_board(plan, noisy(plan)), "colored", "mean-mi")
    assert found["filtered"] == {"tau": 1.0, "kept": 3, "pairs": 3, "reason": None}
    assert found["interval"] == {"seeds": None, "sub_samples": [1.0, 1.0]}
    loud = row(build_board(plan, noisy(plan, error=0.09)), "shuffled", "mean-mi")  # .9 and .8 are no longer apart
    assert (loud["filtered"]["tau"], loud["filtered"]["kept"]) == (-1.0, 2)
    many = resolved(seeds=5)
    assert row(build_board(many, records(many)), "colored", "mean-mi")["interval"]["seeds"] == [1.0, 1.0]
    text = terminal(build_board(many, noisy(many)))
    assert "1.00 (3 of 3)   1.00 to 1.00 (seeds)" in text


@pytest.mark.parametrize(("seeds", "error"), [(1, 0.01), (3, 0.01), (1, 0.5)])
def test_what_noise_does_not_let_apart_is_tied(seeds: int, error: float) -> None:
    """Over three seeds (they differ by .001), over halves of single networks, or halves that differ too much."""
    plan = resolved(seeds=seeds)
    board = build_board(plan, noisy(plan, error))
    (ties,) = [r for r in board["ties"] if (r["suite"], r["measure"]) == ("colored", "mean-mi")]
    names = ["alpha 0", "alpha 0.5", "alpha 1"]
    assert ties["groups"] == ([names] if error == 0.5 else [[name] for name in names])
    assert not [r for r in board["ties"] if r["measure"] == "steps"]  # placebos are not there to choose by
    lines = [" ".join(line.split()) for line in terminal(board).splitlines()]
    assert ("mean-mi alpha 0, alpha 0.5, alpha 1 -" in lines) == (error == 0.5)
    assert ("mean-mi alpha 0 alpha 0.5, alpha 1" in lines) == (error != 0.5)


def test_ties_are_among_the_recipes_of_a_condition_where_there_are_recipes() -> None:
    plan = resolved(recipes=3, seeds=1)
    board = build_board(plan, noisy(plan))
    rows = [r for r in board["ties"] if (r["suite"], r["measure"]) == ("colored", "mean-mi")]
    assert [(r["condition"], r["groups"]) for r in rows] == [
        (f"alpha {c:g}", [["lr0", "lr1", "lr2"]]) for c in CONDITIONS
    ]
    plain = build_board(plan, records(plan))["ties"][0]
    assert (plain["groups"], plain["reason"]) == ([], "no value with a standard error")


def test_two_metrics_of_a_suite_are_set_against_each_other() -> None:
    plan = resolved(seeds=1)
    assert build_board(plan, records(plan))["metrics"] == []
    plan["entries"][0]["metrics"] = ["accuracy", "gap"]
    plan["metrics"]["gap"] = {"higher_is_better": False}
    found = records(plan)
    for record in found.values():
        if "metrics" in record:
            record["metrics"]["gap"] = value(-record["metrics"]["accuracy"]["value"])
    (row,) = build_board(plan, found)["metrics"]
    assert (row["metric"], row["with"], row["tau"], row["p"], row["n"]) == ("accuracy", "gap", 1.0, 1 / 3, 3)
    assert "metric with metric" in terminal(build_board(plan, found))


def test_a_yardstick_is_marked() -> None:
    plan, found = resolved(), records(resolved())
    plan["measures"]["held-out-accuracy"] = measure({"heuristic": "high", "example-level": "high"}, yardstick=True)
    for record in found.values():
        if "measures" in record:
            record["measures"]["held-out-accuracy"] = record["metrics"]["accuracy"]
    board = build_board(plan, found)
    assert row(board, "colored", "held-out-accuracy")["tau"] == 1.0
    assert "held-out-accuracy (needs labels)" in terminal(board)
    assert all("held-out" not in sentence for sentence in board["verdict"])


def test_regret_within_conditions_is_what_the_choice_of_a_recipe_loses() -> None:
    plan = resolved(recipes=3, seeds=1)
    found = records(plan)
    for cell in plan["cells"]:
        if cell["work"] == "score":  # the lowest MI has the lowest accuracy
            step = int(cell["recipe"][2:])
            found[cell["key"]]["measures"]["mean-mi"] = value(cell["condition"] + 0.01 * step)
            found[cell["key"]]["metrics"]["accuracy"] = value(ACCURACY[cell["condition"]] + 0.01 * step)
    within = row(build_board(plan, found), "colored", "mean-mi")["within_condition"]
    assert within["regret"] == pytest.approx(0.02)
    assert within["chance_regret"] == pytest.approx(0.01)
    assert row(build_board(plan, found), "shuffled", "mean-mi")["within_condition"]["regret"] == 0


DEGENERATE = {
    "one seed": lambda plan, found: None,
    "one condition": lambda plan, found: plan["cells"].__setitem__(
        slice(None), [c for c in plan["cells"] if c["condition"] == 0]
    ),
    "one model": lambda plan, found: plan["cells"].__setitem__(slice(None), plan["cells"][:2]),
    "nothing": lambda plan, found: found.clear(),
    "constant measure": lambda plan, found: _everywhere(found, "measures", "mean-mi", 1.0),
    "constant metric": lambda plan, found: _everywhere(found, "metrics", "accuracy", 1.0),
    "undefined measure": lambda plan, found: _everywhere(found, "measures", "mean-mi", None),
    "undefined metric": lambda plan, found: _everywhere(found, "metrics", "accuracy", None),
}


def _everywhere(found: dict, part: str, name: str, number: float | None) -> None:
    for record in found.values():
        if part in record:
            record[part][name] = value(number)


@pytest.mark.parametrize("recipes", [1, 2, 3])
@pytest.mark.parametrize("case", list(DEGENERATE))
def test_where_there_is_too_little_the_board_says_so_and_claims_nothing(case: str, recipes: int) -> None:
    plan = resolved(recipes=recipes, seeds=1)
    found = noisy(plan)
    DEGENERATE[case](plan, found)
    board = build_board(plan, found)
    for name in FORMATS:
        assert all(text for file, text in FORMATS[name](board).items() if file != "sensitivity.csv")
    assert terminal(board)
    for one in board["agreement"]:
        assert (one["tau"] is None) == (one["reason"] is not None)
        assert one["p"] is None or one["p"] >= 1 / 3
    if case not in ("one seed", "constant measure", "undefined measure"):
        assert {one["tau"] for one in board["agreement"]} == {None}
    assert not [line for line in board["verdict"] if " follows the knob" in line or " selects " in line]


def under_settings(plan: dict, turned: bool) -> dict:
    """Values by network under the plan's settings and one other, which orders the conditions the other way round."""
    values = {}
    for cell in plan["cells"]:
        if cell["work"] == "train":
            number = cell["condition"]
            other = -number if turned else number
            about = {"measure": "mean-mi", "per_tap": {"t": number}}
            planned = {**about, "axis": "plan", "label": "as planned", "value": number}
            bins = {**about, "axis": "estimator", "label": "10 bins", "value": other}
            entropies = {**planned, "measure": "mean-entropy", "value": 1.0, "per_tap": {}}
            values[cell["key"]] = {inputs: [entropies, planned, bins] for inputs in ("evaluation", "in-distribution")}
    return values


@pytest.mark.parametrize("turned", [False, True])
def test_a_board_tells_how_far_it_hangs_on_the_settings(turned: bool) -> None:
    plan, found = resolved(seeds=1), records(resolved(seeds=1))
    plan["measures"]["mean-entropy"] = measure(CHOSEN)
    plan["plan"]["estimator"] = {"inputs": ["in-distribution"]}
    board = build_board(plan, found, under_settings(plan, turned))
    (mi,) = [r for r in board["sensitivity"] if (r["suite"], r["measure"]) == ("colored", "mean-mi")]
    by_bins = -1.0 if turned else 1.0
    assert [(s["inputs"], s["axis"], s["label"], s["tau"], s["keeps"]) for s in mi["settings"]] == [
        (inputs, axis, label, tau, float(tau > 0))
        for inputs in ("evaluation", "in-distribution")
        for axis, label, tau in (
            ("plan", "as planned", 1.0),
            ("tap", "t", 1.0),
            ("estimator", "10 bins", -1.0 if turned else 1.0),
        )
    ]
    lines = [" ".join(line.split()) for line in terminal(board).splitlines()]
    assert f"mean-mi 1.00 all 5 {'60%' if turned else '100%'} {by_bins:.2f} to 1.00" in lines
    assert "mean-mi 1.00 inputs 1 100% 1.00 to 1.00" in lines
    assert len(FORMATS["csv"](board)["sensitivity.csv"].splitlines()) == 1 + 2 * 2 * (1 + 3)
    assert "sensitivity" not in build_board(plan, found)
    gone = build_board(plan, found, {})  # no network has outputs
    assert all(r["settings"] == [] for r in gone["sensitivity"])
    assert terminal(gone)
