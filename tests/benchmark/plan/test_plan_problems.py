"""What the types of a plan cannot tell, said of a plan that is made by hand: the path of the key, and what is wrong."""

from typing import Any

import pytest

from benchmark.plan.plan_problems import beyond_records, problems
from benchmark.plan.reading import Plan

ENTRY = {"suite": "toy-spurious", "family": "toy-mlp"}


def found(**parts: Any) -> list[tuple[tuple[str | int, ...], str]]:
    return list(problems(Plan.model_validate({"name": "mine", "seeds": (0,), "suites": (ENTRY,), **parts})))


def test_a_plan_with_nothing_wrong_has_no_problems() -> None:
    assert found(seeds=(0, 1), suites=(ENTRY, {**ENTRY, "suite": "toy-shuffled"})) == []


@pytest.mark.parametrize(
    ("parts", "path", "message"),
    [
        ({"seeds": (2, 1, 2)}, ("seeds", 2), "2 stands twice"),
        ({"suites": (ENTRY, ENTRY)}, ("suites", 1), "stands twice"),
        ({"suites": ({**ENTRY, "data": "imdb"},)}, ("suites", 0, "data"), "'imdb' is no data of suite 'toy-spurious'"),
        ({"suites": ({**ENTRY, "seeds": (3, 3)},)}, ("suites", 0, "seeds", 1), "3 stands twice"),
        (
            {"suites": ({**ENTRY, "conditions": (0.5, 2.0)},)},
            ("suites", 0, "conditions", 1),
            "2.0 is no condition of suite 'toy-spurious': alpha is from 0.0 to 1.0",
        ),
        (
            {"suites": ({**ENTRY, "family": "toy-encoder"},)},
            ("suites", 0, "family"),
            "'toy-encoder' reads text inputs, suite 'toy-spurious' has vector",
        ),
        ({"limit": 3}, ("limit",), "k = 3 neighbours need at least 4 samples, got 3"),
    ],
)
def test_a_problem_names_the_place_and_what_is_wrong(
    parts: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    ((at, said),) = found(**parts)
    assert at == path
    assert message in said


def test_a_default_set_of_data_that_is_written_out_is_the_same_entry() -> None:
    assert [path for path, _ in found(suites=(ENTRY, {**ENTRY, "data": "toy-blobs"}))] == [("suites", 1)]


def test_names_are_checked_before_anything_is_imported_for_them() -> None:
    """The first problem is the one that is told: a wrong name comes before a wrong value of an earlier entry."""
    wrong_value = {**ENTRY, "conditions": (2.0,)}
    first, _ = next(problems(Plan(name="mine", seeds=(0,), suites=(wrong_value, {**ENTRY, "suite": "toy-spurios"}))))
    assert first == ("suites", 1, "suite")


def test_what_plan_json_cannot_hold_is_found_wherever_it_stands() -> None:
    content = {"a": [1.0, {"b": -(2**63) - 1}], "c": 1e151, "d": float("nan"), "e": "x", "f": 2**63 - 1, "g": True}
    assert [path for path, _ in beyond_records(content)] == [("a", 1, "b"), ("c",)]
