"""Which entries of several runs are one: those that differ in condition, recipe and seed alone."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from made_runs import Parts, made

from benchmark.results.merging import merged
from leaderboard.rows.assembly import build_board

SPURIOUS = "toy-spurious"


def joined(*parts: Parts) -> dict[str, Any]:
    """The board of several runs."""
    return build_board(*merged([(f"run{number}", *one) for number, one in enumerate(parts)]))


def families(board: dict[str, Any], suite: str = SPURIOUS) -> list[str]:
    return [row["family"] for row in board["suites"] if row["suite"] == suite]


def recorded(name: str, value: Any, *overrides: str) -> Parts:
    """A run whose networks say something else of what made them."""
    resolved, records = made(*overrides)
    for record in records.values():
        if record["work"] == "train":
            record["identity"][name] = value
    return resolved, records


@pytest.mark.parametrize(
    ("other", "names"),
    [
        (made("seeds=[2]", "suites.0.train_examples=50"), ["toy-mlp", "toy-mlp (train_examples 50)"]),
        (made("seeds=[2]", "suites.0.held_out_examples=50"), ["toy-mlp", "toy-mlp (held_out_examples 50)"]),
        (made("seeds=[2]", "limit=60"), ["toy-mlp", "toy-mlp (limit 60)"]),
        (made("seeds=[2]", "threads=2"), ["toy-mlp (threads 1)", "toy-mlp (threads 2)"]),
        (recorded("suite_version", 9, "seeds=[2]"), ["toy-mlp (suite_version 1)", "toy-mlp (suite_version 9)"]),
        (recorded("weights_fingerprint", "f" * 64, "seeds=[2]"), ["toy-mlp", "toy-mlp (weights_fingerprint ffffffff)"]),
        (recorded("sources", {"family toy-mlp": "a"}, "seeds=[2]"), ["toy-mlp", "toy-mlp (sources fc0b00f0)"]),
    ],
)
def test_what_changes_a_network_sets_entries_apart_and_names_them(other: Parts, names: list[str]) -> None:
    board = joined(made("seeds=[0, 1]"), other)
    assert families(board) == names
    seeds = {(m["family"], tuple(m["seeds"])) for m in board["models"] if m["suite"] == SPURIOUS}
    assert seeds == {(names[0], (0, 1)), (names[1], (2,))}
    assert {row["family"] for row in board["agreement"] if row["suite"] == SPURIOUS} == set(names)
    assert board["missing"] == []


def test_every_size_of_several_is_named() -> None:
    sizes = [made(f"suites.0.train_examples={size}", "seeds=[0]") for size in (50, 60, 50)]
    board = joined(*sizes, made("seeds=[1]", "suites.0.train_examples=60", "suites.0.held_out_examples=70"))
    assert families(board) == [
        "toy-mlp (train_examples 50)",
        "toy-mlp (train_examples 60)",
        "toy-mlp (train_examples 60, held_out_examples 70)",
    ]
    assert families(board, "toy-shuffled") == ["toy-mlp"]


def test_a_key_of_another_network_sets_apart_what_has_no_record_to_say_why() -> None:
    resolved, _ = made("seeds=[0, 1]")
    other = deepcopy(resolved)
    for cell in other["cells"]:
        if cell["entry"] == 0:
            cell["key"], cell["train"] = f"{cell['key'][:-8]}{'0' * 8}", f"{cell['train'][:-8]}{'0' * 8}"
    board = joined(made("seeds=[0, 1]"), (other, {}))
    assert families(board) == ["toy-mlp", "toy-mlp (number 2)"]
    assert {row["key"][-8:] for row in board["missing"]} == {"0" * 8}


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.update(kind="example-level"),
        lambda entry: entry.update(knob=None),
        lambda entry: entry.update(knob="gamma"),
        lambda entry: entry.update(metrics=[]),
    ],
)
def test_suites_of_one_name_that_are_not_one_stand_apart(change: Callable[[Any], None]) -> None:
    resolved, records = made("seeds=[2]")
    change(resolved["entries"][0])
    assert len(set(families(joined(made("seeds=[0, 1]"), (resolved, records))))) == 2


def test_conditions_with_names_and_with_numbers_do_not_stand_in_one_entry() -> None:
    resolved, _ = made("seeds=[2]")
    resolved["entries"][0]["conditions"] = ["a"]
    resolved["cells"] = [cell for cell in resolved["cells"] if cell["entry"] == 1]
    names = families(joined(made("seeds=[0, 1]"), (resolved, {})))
    assert names == ["toy-mlp (conditions numbered)", "toy-mlp (conditions named)"]


def test_recipes_of_one_label_that_train_otherwise_are_named_by_what_differs() -> None:
    board = joined(made("seeds=[0]"), made("seeds=[0]", "suites.0.training.learning_rate=0.001"))
    models = [m for m in board["models"] if (m["suite"], m["inputs"]) == (SPURIOUS, "evaluation")]
    assert {(m["recipe"], tuple(m["seeds"])) for m in models} == {("lr0.01", (0,)), ("lr0.001", (0,))}
    assert families(board) == ["toy-mlp"]


def test_one_recipe_under_two_labels_is_one() -> None:
    grid = made("seeds=[0, 1]", "suites.0.training.learning_rate=[0.001, 0.01]")
    board = joined(made("seeds=[0, 2]"), grid)
    models = [m for m in board["models"] if (m["suite"], m["inputs"], m["condition"]) == (SPURIOUS, "evaluation", 0.5)]
    assert [(m["recipe"], m["seeds"]) for m in models] == [("lr0.01", [0, 1, 2]), ("lr0.001", [0, 1])]
    assert board["missing"] == []


def test_a_suite_in_fewer_conditions_than_elsewhere_has_all_of_them_joined() -> None:
    fewer, records = made("seeds=[0]", "suites.0.conditions=[0.0, 1.0]")
    fewer["entries"][0]["fewer_conditions"] = True
    assert "fewer_conditions" in joined((fewer, records), (fewer, records))
    assert "fewer_conditions" not in joined((fewer, records), made("seeds=[1]"))


def test_a_board_with_a_trial_in_it_is_one() -> None:
    whole, trial = made("seeds=[0, 1, 2]"), made("seeds=[0, 1, 2]", "limit=60")
    assert joined(whole, trial)["limit"] == 60
    assert "limit" not in joined(whole, whole)
