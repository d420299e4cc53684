"""The board of records made by hand: orientation, placebos, missing models, recipes, the paper's values, formats."""

import copy
import csv
import io
import json
import random
from typing import Any

import pytest
from made_boards import ACCURACY, CONDITIONS, records, resolved, row, value

from leaderboard.pages.files.formats import FORMATS, terminal
from leaderboard.pages.tables.table import probability
from leaderboard.rows import assembly
from leaderboard.rows.assembly import build_board
from leaderboard.rows.claims import claim_rows


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
    assert "standard error of at most: mean-mi 0.011." in terminal(board)


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
    assert "1.00 p 1.000 n=2 (0.80)" in terminal(board)


def test_tap_by_tap_a_measure_agrees_with_the_metric_at_that_tap_or_with_the_whole_ones() -> None:
    plan, found = resolved(), records(resolved())
    scores = [record for record in found.values() if "measures" in record]
    for record in scores:
        mi = record["measures"]["mean-mi"]["value"]
        record["measures"]["mean-mi"]["per_tap"] = {"first": -mi, "last": mi}
        record["metrics"]["accuracy"]["per_tap"] = {}
    rows = {row["suite"]: row for row in build_board(plan, found)["taps"]}
    assert [(tap["tap"], tap["tau"]) for tap in rows["colored"]["taps"]] == [("first", -1.0), ("last", 1.0)]
    assert [tap["tau"] for tap in rows["shuffled"]["taps"]] == [1.0, -1.0]  # there low MI is bad
    assert not rows["colored"]["metric_at_tap"]
    for record in scores:
        value = record["metrics"]["accuracy"]["value"]
        record["metrics"]["accuracy"]["per_tap"] = {"first": -value, "last": None}
    board = build_board(plan, found)
    row = board["taps"][0]
    assert row["metric_at_tap"]
    assert [tap["tau"] for tap in row["taps"]] == [1.0, None]
    shown = terminal(board)
    assert "accuracy at the tap" in shown
    assert "at each tap: colored (heuristic)" in shown
    assert board["models"][0]["metrics"]["accuracy"]["per_tap"] == pytest.approx({"first": -0.8995, "last": None})
    assert {one["measure"] for one in board["taps"]} == {"mean-mi"}  # the headline measures, no placebo


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
    assert "1 warning, as colored.0.5..1.evaluation: tap t: 1 of 2 neurons are constant" in terminal(board)


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
    assert "1.00 p .333 (0.80)" in terminal(build_board(plan, records(plan)))
    plan["entries"][0]["as_in_paper"] = True
    assert "1.00 p .333 paper 0.80" in terminal(build_board(plan, records(plan)))
    for cell in plan["cells"]:
        cell["inputs"] = cell["inputs"] and "in-distribution"
    assert "1.00 p .333 (0.80)" in terminal(build_board(plan, records(plan)))


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
    assert [(r["suite"], r["measure"], float(r["tau"]), float(r["p"]), float(r["p_min"])) for r in rows] == [
        (r["suite"], r["measure"], r["tau"], r["p"], r["p_min"]) for r in board["agreement"]
    ]
    numbers = list(csv.DictReader(io.StringIO(tables["models.csv"])))
    assert len(numbers) == 2 * 3 * 4
    assert {(r["role"], r["name"], r["mean"]) for r in numbers if r["role"] == "training"} == {
        ("training", "accuracy", "1.0")
    }
    assert float(numbers[0]["mean"]) == board["models"][0]["measures"]["mean-mi"]["mean"]
    text = FORMATS["md"](board)["board.md"]
    lines = [" ".join(line.replace("|", " ").split()) for line in text.splitlines()]
    assert "mean-mi 1.00 p .333 (0.80)" in lines  # a table for each kind
    assert "mean-mi -1.00 p .333" in lines
    assert "mean-mi 1.00 3 .333 .333 0 1.00 (3 of 3) - 1.00 .250 seeds in 3 conditions 1.00 0.000 (0.80)" in lines
    assert "0.5 0.500 ±0.001 1.000 ±0.000 0.800 ±0.001 lower (these networks) 2" in lines
    assert board == before


def test_probabilities() -> None:
    assert [probability(p) for p in (None, 1.0, 1 / 60, 0.0005, 0.0001)] == ["-", "1.000", ".017", ".001", "<.001"]


def test_a_recipe_without_any_network_leaves_dashes_in_every_format() -> None:
    plan = resolved(recipes=2)
    found = {key: record for key, record in records(plan).items() if ".lr1." not in key}
    board = build_board(plan, found)
    assert [len(row["taps"]) for row in board["taps"]] == [1, 0] * 2
    texts = {name: FORMATS[name](board) for name in FORMATS}
    assert "1.00 [1.00 to 1.00, 1 undefined]" in terminal(board)
    assert texts["html"]["board.html"]


def test_conditions_that_agree_in_six_digits_keep_their_names() -> None:
    plan = resolved()
    near = [1000000.0, 1000001.0, 1000002.0]
    renamed = dict(zip(CONDITIONS, near, strict=True))
    found = records(plan)
    plan["entries"][0]["conditions"] = near
    for cell in plan["cells"]:
        if cell["entry"] == 0:
            cell["condition"] = renamed[cell["condition"]]
    board = build_board(plan, found)
    names = [one["name"] for one in board["suites"][0]["conditions"]]
    assert names == ["alpha 1e+06", "alpha 1000001.0", "alpha 1000002.0"]


def test_a_trial_recommends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(*given: Any) -> list[dict[str, Any]]:
        return [{**claim, "orders": "yes", "exploratory": False} for claim in claim_rows(*given)]

    monkeypatch.setattr(assembly, "claim_rows", shown)
    plan, trial = resolved(), resolved()
    trial["plan"]["limit"] = 50
    assert any(row["trusted"] for row in build_board(plan, records(plan))["ties"])
    assert not any(row["trusted"] for row in build_board(trial, records(trial))["ties"])
