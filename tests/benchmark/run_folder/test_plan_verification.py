"""plan.json is derived again from the plan in it: whatever else it says is found."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import plan_digest
from benchmark.run_folder.plan_verification import derived, kept_plans, plan_differences
from benchmark.run_folder.records import read_resolved
from registry import UserError, data_folder


def found(resolved: dict[str, Any]) -> list[str]:
    return [str(one) for one in plan_differences("plan.json", resolved, derived(resolved, data_folder()))]


def test_an_untouched_plan_is_what_it_gives(toy_run: Path) -> None:
    resolved = read_resolved(toy_run)
    assert found(resolved) == []
    assert list(kept_plans(toy_run, resolved)) == []


FORGED: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (
        lambda plan: plan["measures"]["mean-mi"]["better"].update({"example-level": "low"}),
        "differs: plan.json: measures.mean-mi.better.example-level was 'low', is 'high'",
    ),
    (
        lambda plan: plan["metrics"]["accuracy"].update(higher_is_better=False),
        "differs: plan.json: metrics.accuracy.higher_is_better was False, is True",
    ),
    (
        lambda plan: plan["entries"][0].update(paper={"accuracy": {"mean-mi": 1.0}}, as_in_paper=True),
        "differs: plan.json: entries.0.paper",
    ),
    (
        lambda plan: plan["entries"][1].update(origin="published"),
        "differs: plan.json: entries.1.origin was 'published'",
    ),
    (lambda plan: plan["measures"].pop("random"), "differs: plan.json: measures.random was nothing, is {"),
    (lambda plan: plan["cells"].pop(), "differs: plan.json: cells.toy-shuffled.toy-mlp.b1.s2.in-distribution"),
    (lambda plan: plan["cells"].reverse(), "differs: plan.json: its cells stand in another order"),
    (lambda plan: plan.update(more=1), "differs: plan.json: more was 1, is nothing"),
    (lambda plan: plan["plan"].update(seeds=[0, 1]), "differs: plan.json: entries.0.seeds was [0, 1, 2], is [0, 1]"),
]


@pytest.mark.parametrize(("forge", "said"), FORGED)
def test_what_was_forged_is_named_though_its_digest_was_made_anew(
    forge: Callable[[dict[str, Any]], Any], said: str, toy_run: Path
) -> None:
    resolved = json.loads(json.dumps(read_resolved(toy_run)))
    forge(resolved)
    resolved["digest"] = plan_digest(resolved)
    lines = found(resolved)
    assert any(line.startswith(said) for line in lines), lines


def test_a_plan_that_cannot_be_derived_is_one_line(toy_run: Path) -> None:
    resolved = json.loads(json.dumps(read_resolved(toy_run)))
    with pytest.raises(UserError, match=r"plan\.json: plan\.suites\.0\.family: "):
        derived(
            {**resolved, "plan": {**resolved["plan"], "suites": [{"suite": "toy-spurious", "family": "x"}] * 2}}, Path()
        )
    with pytest.raises(UserError, match=r"plan\.json: plan\.seeds: "):
        derived({**resolved, "plan": {**resolved["plan"], "seeds": []}}, Path())
    with pytest.raises(UserError, match=r"plan\.json has 1 entries, and its plan 2 suites"):
        derived({**resolved, "entries": resolved["entries"][:1]}, Path())


def test_a_plan_with_other_conditions_without_bfloat16_has_those_that_it_was_run_in(tmp_path: Path) -> None:
    """As 0.1.0 wrote it, where a plan could say so."""
    text = "{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}"
    (tmp_path / "mine.yaml").write_text(f"name: mine\nseeds: [0]\nsuites: [{text}]\n")
    resolved = json.loads(json.dumps(resolve(read_plan(str(tmp_path / "mine.yaml")), data_folder()).as_json()))
    (said,), (entry,) = resolved["plan"]["suites"], resolved["entries"]
    said |= {"conditions": [0.0, 0.5, 1.0], "conditions_in_float32": [0.0, 1.0]}
    entry["fewer_conditions"] = True
    assert found(resolved) == []
    entry["fewer_conditions"] = False
    assert found(resolved) != []


def test_plans_are_what_their_names_say(toy_run: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(toy_run, tmp_path / "run"))
    resolved = read_resolved(run)
    kept = next((run / "plans").iterdir())
    other = json.loads(kept.read_text())
    other["metrics"]["accuracy"]["higher_is_better"] = False
    kept.write_text(json.dumps(other))
    for name, text in (("half", "{"), ("other", '{"schema": 1}'), ("later", '{"schema": 2}')):
        (run / "plans" / f"{name}.json").write_text(text)
    lines = [str(one) for one in kept_plans(run, resolved)]
    assert f"differs: plans/{kept.name}: its digest is {plan_digest(other)}" in lines
    assert {line.split(": ")[1] for line in lines if line.startswith("damaged: ")} == {
        f"plans/{name}.json" for name in ("half", "other", "later")
    }
    kept.unlink()
    assert f"differs: plans/{kept.name}: it is not there, though plan.json is" in map(str, kept_plans(run, resolved))
    del resolved["digest"]
    assert "differs: plan.json: digest was nothing" in "\n".join(map(str, kept_plans(run, resolved)))


def test_recipes_keep_labels_and_order_though_plan_json_sorts_its_keys(tmp_path: Path) -> None:
    """Their keys stand in another order in the plan than in the alphabet."""
    for how in ("{draw: 3, learning_rate: [1e-3, 3e-2], batch_size: [16, 64]}", "null"):
        said = ("suites.0.training={learning_rate: [0.01, 0.001], batch_size: [16, 64]}", f"suites.0.recipes={how}")
        if how != "null":
            said = said[1:]
        whole = resolve(read_plan("toy", said), tmp_path)
        stored = json.loads(json.dumps(whole.as_json(), sort_keys=True))
        assert derived(stored, tmp_path).cells == whole.cells
