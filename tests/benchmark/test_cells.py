"""Keys: everything that changes a result changes them, and nothing else does."""

from pathlib import Path

import pytest

from benchmark.cells import Cell, canonical, resolve
from benchmark.plan import read_plan

DATA = Path("unused: the toy data are generated")


def cells(*overrides: str, plan: str = "toy") -> list[Cell]:
    return resolve(read_plan(plan, overrides), DATA).cells


def keys(work: str, *overrides: str) -> set[str]:
    return {cell.key for cell in cells(*overrides) if cell.work == work}


def test_keys_are_readable_and_unique() -> None:
    found = cells()
    assert len({cell.key for cell in found}) == len(found) == 2 * 3 * 3 * 3
    assert found[0].key.startswith("toy-spurious.toy-mlp.a0.s0-")
    assert found[1].key.startswith("toy-spurious.toy-mlp.a0.s0.evaluation.tap-")
    assert found[1].train == found[0].key
    assert len(found[0].key.rpartition("-")[2]) == 8


@pytest.mark.parametrize(
    "override",
    ["estimator.entropy.bins=50", "estimator.mi.k=5", "estimator.mi={kind: binned}", "estimator.samples=100"],
)
def test_an_estimator_changes_every_score_and_no_network(override: str) -> None:
    assert keys("train", override) == keys("train")
    assert not keys("score", override) & keys("score")


def test_another_scope_or_inputs_adds_scores_and_changes_none() -> None:
    assert (
        keys("score", "estimator.scope=[tap, network]") > keys("score") > keys("score", "estimator.inputs=[evaluation]")
    )


@pytest.mark.parametrize("override", ["suites.0.training.learning_rate=0.5", "suites.0.training.max_epochs=3"])
def test_a_training_setting_changes_its_own_entry_only(override: str) -> None:
    changed = keys("train") ^ keys("train", override)
    assert len(changed) == 2 * 9
    assert all(key.startswith("toy-spurious.") for key in changed)


def test_more_seeds_conditions_and_suites_change_no_key() -> None:
    assert keys("train", "seeds=[0, 1, 2, 3]") > keys("train")
    assert keys("train", "suites.0.conditions=[0, 0.5, 0.7, 1]") > keys("train")


def test_what_is_written_out_is_what_was_meant() -> None:
    assert keys("train", "suites.0.training.learning_rate=0.01") == keys("train")
    assert keys("train", "suites.0.data=toy-blobs", "suites.0.conditions=[0, 0.5, 1]") == keys("train")
    assert keys("train", "name=other") == keys("train")


def test_recipes_stand_in_the_key() -> None:
    found = cells("suites.0.training={learning_rate: [1e-2, 1e-3]}")
    assert {cell.recipe for cell in found if cell.entry == 0} == {"lr0.01", "lr0.001"}
    assert sum(".lr0.001." in cell.key for cell in found) == 3 * 3 * 3


def test_plan_json_holds_no_path() -> None:
    text = canonical(resolve(read_plan("toy"), DATA).as_json())
    assert str(DATA) not in text
    assert "identity" not in text
