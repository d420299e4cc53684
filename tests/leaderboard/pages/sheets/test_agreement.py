"""Sheets of tau: every part of a nested row has a column of its own."""

from noisy_boards import noisy, rows


def test_each_part_of_how_sure_a_tau_is_has_a_column() -> None:
    (row,) = rows(noisy(seeds=5), "agreement", suite="colored", measure="mean-mi")
    assert (row["beyond_noise_tau"], row["beyond_noise_kept"], row["beyond_noise_pairs"]) == (1.0, 3, 3)
    assert (row["seeds_low"], row["seeds_high"], row["halves_low"], row["halves_high"]) == (1.0, 1.0, 1.0, 1.0)
    assert (row["within_over"], row["within_conditions"], row["within_left_out"]) == ("seeds", 3, 0)
    assert (row["paper"], row["same_setup"]) == (0.8, False)


def test_at_taps_depth_counts_from_the_input_on() -> None:
    board = noisy()
    board["taps"] = [{**board["taps"][0], "taps": [{**board["taps"][0]["taps"][0], "tap": name} for name in "xy"]}]
    assert [(row["tap"], row["depth"]) for row in rows(board, "taps")] == [("x", 1), ("y", 2)]


def test_sensitivity_has_rows_only_where_it_was_asked_for() -> None:
    board = noisy()
    assert rows(board, "sensitivity") == []
    setting = {"inputs": "evaluation", "axis": "bins", "label": "30", "tau": 0.5, "keeps": 1.0}
    about = {"suite": "s", "data": "d", "family": "f", "metric": "accuracy", "measure": "mean-mi"}
    board["sensitivity"] = [{**about, "tau": 0.1, "settings": [setting, {**setting, "label": "10"}]}]
    assert rows(board, "sensitivity") == [{**about, **setting}, {**about, **setting, "label": "10"}]


def test_the_papers_value_is_of_the_same_setup_or_not_or_there_is_none() -> None:
    board = noisy()
    board["agreement"][0] |= {"paper": 0.5, "as_in_paper": True, "inputs": "evaluation"}
    board["agreement"][1] |= {"paper": 0.5, "as_in_paper": True, "inputs": "in-distribution"}
    board["agreement"][2] |= {"paper": None}
    assert [row["same_setup"] for row in rows(board, "agreement")[:3]] == [True, False, None]
