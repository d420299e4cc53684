"""The board of measures: made networks on which it is known what each measure gets right."""

import pytest
from made_panels import panel_board, rows_by_name

from benchmark.statistics.centred import doubly_centred


@pytest.fixture(scope="module")
def rows() -> dict:
    return rows_by_name(panel_board())


def test_a_measure_that_is_the_metric_is_right_in_every_cell_and_a_rule_of_the_recipe_only_within(rows: dict) -> None:
    for panel in rows["right"]["panels"]:
        assert [panel[way]["tau"] for way in ("across", "within", "all")] == [1.0, 1.0, 1.0]
        assert panel["regret"] == 0.0
    for panel in rows["recipe-alone"]["panels"]:
        assert panel["across"]["tau"] is None
        assert panel["across"]["reason"]
        assert panel["within"]["tau"] == 1.0


def test_a_function_of_the_recipe_is_told_by_the_null_of_such_functions(rows: dict) -> None:
    """One setting alone differs, which half of all random functions follow and the others turn round."""
    assert rows["recipe-alone"]["panels"][0]["recipe_null"] == pytest.approx(1.0)


def test_what_is_right_across_and_wrong_within_has_both_signs_and_is_called_wrong_where_it_is_sure(rows: dict) -> None:
    for panel in rows["mean-mi"]["panels"]:
        assert (panel["across"]["tau"], panel["within"]["tau"]) == (1.0, -1.0)
        assert panel["wrong"] == ["within"]
        assert panel["within"]["p_holm"] <= 0.05
        assert panel["regret"] == pytest.approx(0.02 * 7)
        assert panel["chance_regret"] == pytest.approx(0.02 * 3.5)
    assert rows["mean-mi"]["weakest"] == -1.0
    assert rows["right"]["panels"][0]["wrong"] == []


def test_the_baseline_joins_what_is_right_across_and_what_is_right_within(rows: dict) -> None:
    baseline = rows["doubly-centred"]
    assert (baseline["role"], baseline["needs"]) == ("baseline", ["mean-mi", "mean-confidence"])
    for panel in baseline["panels"]:
        assert (panel["across"]["tau"], panel["within"]["tau"], panel["all"]["p_holm"]) == (1.0, 1.0, None)
    assert doubly_centred([[1, 1]], [[0, 1]])[0, 1] > 0


def test_hypotheses_come_first_then_the_others_by_their_weakest_cell(rows: dict) -> None:
    roles = {name: row["role"] for name, row in rows.items()}
    assert list(rows)[:2] == ["mean-entropy", "mean-mi"]
    assert roles["steps"] == "placebo"
    behind = [row["weakest"] for row in list(rows.values())[2:]]
    known = [one for one in behind if one is not None]
    assert known == sorted(known, reverse=True)
    assert behind == [*known, *[None] * (len(behind) - len(known))]


def test_p_values_are_corrected_for_all_rivals_and_suites_and_those_of_placebos_are_not(rows: dict) -> None:
    competing = [row for row in rows.values() if row["role"] in ("hypothesis", "rival")]
    tests = [panel["within"] for row in competing for panel in row["panels"]]
    smallest = min(test["p"] for test in tests)
    assert min(test["p_holm"] for test in tests) == pytest.approx(smallest * len(tests))
    assert all(panel["within"]["p_holm"] is None for panel in rows["steps"]["panels"])


def test_measures_that_say_the_same_stand_in_one_group(rows: dict) -> None:
    board = rows_by_name(panel_board(mean_entropy=lambda good, condition, recipe: 3 * good))
    assert board["mean-entropy"]["groups"] == board["right"]["groups"] != []
    assert rows["right"]["groups"] == [1]
    assert 1 not in rows["mean-confidence"]["groups"]


def test_there_are_no_rows_where_the_plan_does_not_choose_its_measures_or_has_two_recipes() -> None:
    assert "measures" not in panel_board(chosen=False)
    assert "measures" not in panel_board(recipes=2)


def test_a_measure_without_a_value_has_reasons_and_stands_behind() -> None:
    board = rows_by_name(panel_board(right=lambda good, condition, recipe: None if condition else good))
    assert board["right"]["weakest"] is None
    undefined = {name for name, row in board.items() if row["weakest"] is None}
    assert {*list(board)[-len(undefined) :]} == undefined >= {"right"}


def test_a_measure_without_a_tau_in_one_suite_is_marked_and_stands_behind_the_others() -> None:
    def half(good: float, condition: float, recipe: int) -> float | None:
        return None if abs(good - 0.9) > 10 else good

    whole = rows_by_name(panel_board(right=half))
    assert not whole["right"]["partial"]
    assert whole["recipe-alone"]["partial"]  # it has no tau across
    behind = [row["partial"] for row in list(whole.values())[2:] if row["weakest"] is not None]
    assert behind == sorted(behind)
