"""What differs between two boards in the way they were made: one line each, the most important first."""

from typing import Any

from made_comparisons import board_part, part, run

from leaderboard.rows.comparison_pairs import paired
from leaderboard.rows.comparison_settings import setting_rows

SHORT = [0.0, 1.0]


def told(a: Any, b: Any) -> list[tuple[str, str, str, str]]:
    return [(row["of"], row["name"], row["a"], row["b"]) for row in setting_rows(a, b, paired(a, b))]


def sides(**changes: Any) -> tuple[Any, Any]:
    return run([0, 1], conditions=SHORT), run([0, 1], conditions=SHORT, **changes)


def change(made: Any, work: str, **identity: Any) -> Any:
    for record in made[1].values():
        if record["work"] == work:
            record["identity"] |= identity
    return made


def test_a_run_differs_in_nothing_from_itself_nor_from_its_own_board() -> None:
    one = run([0, 1], conditions=SHORT)
    assert told(part(one), part(one)) == told(part(one), board_part(one)) == []


def test_settings_stand_in_the_order_of_their_weight() -> None:
    a, b = sides(family="cnn")
    b[0]["plan"]["estimator"] = {**b[0]["plan"]["estimator"], "samples": 50}
    b[0]["plan"]["hypotheses"] = []
    change(b, "score", measures={"mean-mi": 2, "random": 1}, metrics={"accuracy": 4})
    change(b, "train", threads=2, train_examples=90)
    for record in b[1].values():
        record["provenance"]["versions"] = {"torch": "3", "memorank": "0.2"}
    assert told(part(a), part(b)) == [
        ("estimator", "samples", "100", "50"),
        ("measure", "mean-mi", "1", "2"),
        ("metric", "accuracy", "3", "4"),
        ("suite", "family", "mlp", "cnn"),
        ("suite", "train_examples", "none", "90"),
        ("suite", "threads", "1", "2"),
        ("plan", "hypotheses", "mean-mi", "none"),
        ("version", "torch", "2", "3"),
        ("version", "memorank", "not there", "0.2"),
    ]


def test_directions_that_are_others_are_named() -> None:
    a, b = sides()
    b[0]["measures"]["mean-mi"] = {
        **b[0]["measures"]["mean-mi"],
        "better": {"heuristic": "high", "example-level": "low"},
    }
    b[0]["metrics"]["accuracy"] = {**b[0]["metrics"]["accuracy"], "higher_is_better": False}
    assert a[0]["measures"]["mean-mi"]["better"] == {"heuristic": "low", "example-level": "high"}
    assert told(part(a), part(b)) == [
        ("measure", "better of mean-mi", "heuristic low, example-level high", "heuristic high, example-level low"),
        ("metric", "better of accuracy", "high", "low"),
    ]


def test_a_line_names_its_suites_unless_it_is_of_all() -> None:
    a, b = sides()
    b[0]["entries"][1]["seeds"] = [0, 1, 2]
    assert told(part(a), part(b)) == [("suite", "seeds (shuffled)", "0, 1", "0, 1, 2")]
    b[0]["entries"][0]["seeds"] = [0, 1, 2]
    assert told(part(a), part(b)) == [("suite", "seeds", "0, 1", "0, 1, 2")]


def test_conditions_and_recipes_that_one_side_has_are_told() -> None:
    a = run([0], ["colored"], [0.0, 0.5, 1.0], recipes={"slow": {}, "fast": {}})
    b = run([0], ["colored"], SHORT, recipes={"slow": {}})
    assert told(part(a), part(b)) == [
        ("suite", "conditions (colored)", "0.0, 0.5, 1.0", "0.0, 1.0"),
        ("suite", "recipes (colored)", "slow, fast", "slow"),
    ]


def test_one_recipe_that_trains_otherwise_is_told_setting_by_setting() -> None:
    a = run([0], ["colored"], SHORT, recipes={"": {"learning_rate": 0.1, "batch_size": 32}})
    b = run([0], ["colored"], SHORT, recipes={"": {"learning_rate": 0.2, "batch_size": 32}})
    assert told(part(a), part(b)) == [("training", "learning_rate (colored)", "0.1", "0.2")]


def test_measures_and_data_that_differ_are_told_and_what_is_unknown_is_not() -> None:
    a, b = sides()
    del b[0]["measures"]["random"]
    assert told(part(a), part(b)) == [("measure", "random", "1", "not there")]
    assert told(board_part(a), part(b)) == [("measure", "random", "there", "not there")]
    a, b = sides()
    for made, digit in ((a, "1"), (b, "2")):
        for record in made[1].values():
            record["provenance"] |= {"data": "data-colored", "data_fingerprint": digit * 64}
    assert told(part(a), part(b)) == [("data", "data-colored", "1" * 12, "2" * 12)]
