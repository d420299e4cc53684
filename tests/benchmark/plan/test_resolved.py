"""What plan.json holds: cells as rows without their identity, and a digest of all that a board is made from."""

import json
from dataclasses import asdict, fields
from typing import Any

import pytest

from benchmark.plan.reading import Plan, SuiteEntry
from benchmark.plan.resolved import SCHEMA, Cell, Resolved, plan_digest

PLAN = Plan(name="mine", seeds=(0,), suites=(SuiteEntry(suite="toy-spurious", family="toy-mlp"),))
TRAIN = Cell("a.s0-12345678", "train", "a.s0-12345678", 0, "", 0.5, 0, None, None, None, None, {"work": "train"})
ENTRIES = [{"suite": "toy-spurious", "licence": "CC0", "figures": "f", "about": "words", "conditions": [0.5]}]
RESOLVED = Resolved(PLAN, ENTRIES, {"mean-mi": {"better": {}}}, {"accuracy": {"higher_is_better": True}}, [TRAIN])


def changed(path: tuple[str | int, ...], value: Any) -> str:
    """The digest of the plan with one value put anywhere in it."""
    content = json.loads(json.dumps(RESOLVED.as_json()))
    here = content
    for word in path[:-1]:
        here = here[word]
    here[path[-1]] = value
    return plan_digest(content)


def test_the_stem_of_a_cell_is_its_key_without_the_hash() -> None:
    assert TRAIN.stem == "a.s0"


def test_a_cell_is_a_row_of_all_its_fields_but_its_identity() -> None:
    content = RESOLVED.as_json()
    assert content["schema"] == SCHEMA
    assert content["cells"] == [{name: value for name, value in asdict(TRAIN).items() if name != "identity"}]
    assert list(content["cells"][0]) == [field.name for field in fields(Cell)][:-1]


def test_a_time_limit_is_written_only_where_the_plan_has_one() -> None:
    assert "seconds_per_cell" not in RESOLVED.as_json()["plan"]
    limited = Resolved(PLAN.model_copy(update={"seconds_per_cell": 9.0}), ENTRIES, {}, {}, [])
    assert limited.as_json()["plan"]["seconds_per_cell"] == 9.0


def test_which_weights_are_kept_is_written_only_where_the_plan_says_so() -> None:
    assert "keep_weights" not in RESOLVED.as_json()["plan"]
    said = Resolved(PLAN.model_copy(update={"keep_weights": "all"}), ENTRIES, {}, {}, [])
    assert said.as_json()["plan"]["keep_weights"] == "all"
    assert said.as_json()["digest"] == Resolved(PLAN, ENTRIES, {}, {}, []).as_json()["digest"]


def test_the_digest_is_that_of_the_content_without_itself() -> None:
    content = RESOLVED.as_json()
    assert content["digest"] == plan_digest(content) == plan_digest({**content, "digest": "another"})
    assert len(content["digest"]) == 16
    assert set(content["digest"]) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "path",
    [
        ("cells", 0, "key"),
        ("entries", 0, "conditions"),
        ("measures", "mean-mi"),
        ("metrics", "accuracy"),
        ("plan", "name"),
        ("plan", "estimator"),
        ("plan", "anchors"),
        ("plan", "limit"),
        ("plan", "hypotheses"),
    ],
)
def test_what_a_board_is_made_from_changes_the_digest(path: tuple[str | int, ...]) -> None:
    assert changed(path, ["other"]) != RESOLVED.as_json()["digest"]


@pytest.mark.parametrize(
    "path",
    [
        ("entries", 0, "about"),
        ("entries", 0, "figures"),
        ("entries", 0, "licence"),
        ("plan", "seeds"),
        ("plan", "suites"),
        ("plan", "threads"),
        ("schema",),
    ],
)
def test_what_changes_no_number_or_stands_in_the_cells_does_not(path: tuple[str | int, ...]) -> None:
    assert changed(path, ["other"]) == RESOLVED.as_json()["digest"]
