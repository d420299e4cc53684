from made_screens import QUICK, made_board

from leaderboard.pages.terminal.suite_rows import inputs_of, measures_in_order, screen_rows, shown_rows


def test_a_row_for_each_metric_and_the_suites_that_can_show_nothing() -> None:
    rows = screen_rows(made_board())
    assert [(row.suite, row.beside) for row in rows if row.beside] == [
        ("bias-in-bios", "compression"),
        ("bias-in-bios", "tpr-gap"),
        ("bias-in-bios", "sufficiency-gap"),
    ]
    assert [row.suite for row in rows if not row.can_show] == ["sentiment-adjectives", "shuffled-imdb"]


def test_families_of_one_suite_are_told_apart() -> None:
    board = made_board(QUICK[:1])
    other = [{**row, "family": "resnet"} for row in board["agreement"]]
    rows = screen_rows({**board, "agreement": board["agreement"] + other})
    assert [row.beside for row in rows] == ["mlp", "resnet"]


def test_the_first_scope_is_shown() -> None:
    board = made_board(QUICK[:1])
    other = [{**row, "scope": "network", "tau": -1.0} for row in board["agreement"]]
    (row,) = screen_rows({**board, "agreement": board["agreement"] + other})
    assert row.taus["mean-mi", "evaluation"][0]["tau"] == 0.8


def test_the_models_compared_are_those_of_the_measure_that_has_most() -> None:
    board = made_board(QUICK[:1])
    board["agreement"][0] |= {"n": 3, "left_out": 2, "p_min": 0.333}
    (row,) = screen_rows(board)
    assert (row.models, row.compared, row.can_show) == (5, 5, True)
    for own in board["agreement"]:
        own |= {"n": 3, "left_out": 2, "p_min": 0.333}
    (row,) = screen_rows(board)
    assert (row.models, row.compared, row.can_show) == (5, 3, False)


def test_headlines_then_the_strongest_placebo_then_the_rest() -> None:
    board = made_board()
    assert measures_in_order(board)[:4] == ["mean-entropy", "mean-mi", "weight-norm", "mean-confidence"]
    for row in board["pooled"]:
        if row["measure"] == "weight-norm":
            row["tau"] = None
    assert measures_in_order(board)[2] == "random"


def test_evaluation_inputs_come_first() -> None:
    assert inputs_of(made_board(inputs=("in-distribution", "evaluation"))) == ["evaluation", "in-distribution"]
    assert inputs_of(made_board(inputs=("in-distribution",))) == ["in-distribution"]


def test_every_kind_keeps_rows_on_a_screen_with_too_many() -> None:
    few = [(f"few-{number}", "example-level", "accuracy", 5, (0.1,), (None,)) for number in range(2)]
    many = [(f"many-{number}", "heuristic", "accuracy", 5, (0.1,), (None,)) for number in range(20)]
    groups = shown_rows(screen_rows(made_board(many + few)))
    assert {kind: (len(rows), left_out) for kind, (rows, left_out) in groups.items()} == {
        "heuristic": (13, 7),
        "example-level": (2, 0),
    }
    groups = shown_rows(screen_rows(made_board(many[:13] + few)))
    assert [left_out for _, left_out in groups.values()] == [0, 0]
