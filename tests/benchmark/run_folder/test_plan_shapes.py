"""What a plan.json must hold, and that its parts fit each other."""

import json
from pathlib import Path
from typing import Any

import pytest
from made_runs import made

from benchmark.run_folder.plan_shapes import LATER, resolved_problem
from benchmark.run_folder.records import read_resolved


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plan: plan.update(schema=99), "a later version of memorank wrote it: its schema is above 1"),
        (lambda plan: plan.pop("schema"), "schema: it is None, and this version of memorank reads 1"),
        (lambda plan: plan["cells"][1].update(recipe="other"), "cells.1.recipe: 'other' is none of the plan's"),
        (lambda plan: plan["cells"][1].update(condition=0.25), "cells.1.condition: '0.25' is none of the plan's"),
        (lambda plan: plan["cells"][1].update(seed=9), "cells.1.seed: '9' is none of the plan's"),
        (lambda plan: plan["cells"][1].update(entry=1), "cells.1.entry: '1' is none of the plan's"),
        (lambda plan: plan["cells"][1].update(train=plan["cells"][1]["key"]), "cells.1.train: "),
        (lambda plan: plan["cells"][1].update(train=plan["cells"][2]["key"]), "cells.1.train: "),
        (lambda plan: plan["cells"][1].update(scope="network"), "cells.1.scope: 'network' is none of the plan's"),
        (lambda plan: plan["cells"][1].update(key=plan["cells"][0]["key"]), "cells: two of one key"),
        (lambda plan: plan["cells"][1].update(key="../x"), "cells.1.key: Value error, not the name of a file"),
        (lambda plan: plan["entries"][0]["metrics"].append("x"), "entries.0.metrics: 'x' is none of metrics"),
        (lambda plan: plan["measures"]["random"]["better"].pop("heuristic"), "measures.random.better: "),
        (lambda plan: plan["plan"]["estimator"]["mi"].update(k=0), "plan.estimator.mi."),
        (lambda plan: plan["plan"]["estimator"].pop("samples"), "plan.estimator.samples: it is nothing"),
    ],
)
def test_what_a_plan_says_of_itself_must_fit(change: Any, said: str, run: Path) -> None:
    resolved = read_resolved(run)
    change(resolved)
    assert said in str(resolved_problem(resolved))


@pytest.fixture(scope="module")
def text() -> str:
    """A whole plan.json of one seed."""
    return json.dumps(made("seeds=[0]")[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plan: plan["entries"][0]["conditions"].append("low"), "entries.0.conditions: Value error, numbers and"),
        (lambda plan: plan["entries"][0]["conditions"].append(0.0), "entries.0.conditions: Value error, one of them"),
        (lambda plan: plan["entries"][0].update(seeds=[]), "entries.0.seeds: List should have at least 1 item"),
        (lambda plan: plan["entries"][0].update(paper={"accuracy": {"mean-mi": 1.5}}), "entries.0.paper.accuracy"),
        (lambda plan: plan["entries"][0]["recipes"].append({"label": ""}), "entries.0.recipes: two of one label"),
        (lambda plan: plan.update(entries=[]), "entries: List should have at least 1 item"),
        (lambda plan: plan["plan"].update(limit=1), "plan.limit: Input should be greater than or equal to 2"),
        (lambda plan: plan["plan"].update(name="../x"), "plan.name: "),
        (lambda plan: plan["metrics"]["accuracy"].pop("higher_is_better"), "metrics.accuracy.higher_is_better: Field"),
        (
            lambda plan: plan["measures"]["random"].update(anchored={"of": "x", "by": "ratio", "to": "own"}),
            "measures.random.anchored: 'x' is none of measures",
        ),
        (lambda plan: plan["cells"][0].update(entry=-1), "cells.0.entry: '-1' is none of the plan's"),
        (lambda plan: plan["cells"][0].update(read_on=0.25), "cells.0.read_on: '0.25' is none of the plan's"),
    ],
)
def test_the_first_thing_that_is_wrong_is_named_with_its_place(change: Any, said: str, text: str) -> None:
    plan = json.loads(text)
    assert resolved_problem(plan) is None
    change(plan)
    assert str(resolved_problem(plan)).startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"schema": 2}, LATER),
        ({"schema": True}, "schema: it is True, and this version of memorank reads 1"),
        ([], "content: "),
        (None, "content: "),
    ],
)
def test_what_is_no_plan_json_at_all_says_so(content: Any, said: str) -> None:
    assert str(resolved_problem(content)).startswith(said)
