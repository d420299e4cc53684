"""Hypotheses: what a plan declares, and all that has to know it: its digest, its file, runs that are joined."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmark.plan.cells import resolve
from benchmark.plan.hypotheses import declared
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import plan_digest
from benchmark.results.merging import merged
from benchmark.run_folder.plan_shapes import resolved_problem
from benchmark.run_folder.plan_verification import derived, plan_differences
from leaderboard.rows.plan_text import plan_text
from registry import UserError, data_folder


def resolved(*overrides: str) -> dict[str, Any]:
    return dict(json.loads(json.dumps(resolve(read_plan("toy", overrides), data_folder()).as_json())))


OTHER = "hypotheses=[mean-confidence]"


def test_only_others_than_the_paper_s_change_a_plan_s_digest_and_no_key() -> None:
    plain, said, other = resolved(), resolved("hypotheses=[mean-entropy, mean-mi]"), resolved(OTHER)
    older = {**plain, "plan": {name: part for name, part in plain["plan"].items() if name != "hypotheses"}}
    assert plan_digest(older) == plan_digest(plain) == plan_digest(said) != plan_digest(other)
    assert [cell["key"] for cell in plain["cells"]] == [cell["key"] for cell in other["cells"]]
    assert declared(older["plan"]) == declared(plain["plan"]) == ["mean-entropy", "mean-mi"]


def test_a_plan_of_an_earlier_version_is_what_it_gives() -> None:
    plan = resolved()
    del plan["plan"]["hypotheses"]
    assert resolved_problem(plan) is None
    assert list(plan_differences("plan.json", plan, derived(plan, data_folder()))) == []
    forged = resolved(OTHER)
    forged["plan"]["hypotheses"] = ["mean-mi"]
    assert forged["digest"] != plan_digest(forged)


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["nothing"], "plan.hypotheses.0: 'nothing' is none of measures"),
        (["mean-mi", "steps"], "plan.hypotheses.1: 'steps' is a placebo"),
        (["held-out-accuracy"], "plan.hypotheses.0: 'held-out-accuracy' is a yardstick"),
        (["mean-mi", "mean-mi"], "plan.hypotheses: "),
        ("mean-mi", "plan.hypotheses: "),
    ],
)
def test_a_plan_json_that_declares_what_it_cannot_is_damaged(names: Any, problem: str) -> None:
    plan = resolved()
    plan["plan"]["hypotheses"] = names
    assert str(resolved_problem(plan)).startswith(problem)


def test_runs_of_other_hypotheses_are_not_joined() -> None:
    one, other = ("one", resolved(), {}), ("other", resolved(OTHER), {})
    with pytest.raises(UserError, match=r"one and other cannot be one board: hypotheses is \['mean-entropy', 'mean-"):
        merged([one, other])
    older = resolved()
    del older["plan"]["hypotheses"]
    assert merged([("older", older, {}), one])[0]["entries"] == one[1]["entries"]


def test_the_plan_that_a_board_tells_runs_with_the_same_hypotheses(tmp_path: Path) -> None:
    assert "hypotheses" not in plan_text(resolved())
    (tmp_path / "again.yaml").write_text(plan_text(resolved(OTHER)))
    assert read_plan(str(tmp_path / "again.yaml")).hypotheses == ("mean-confidence",)
