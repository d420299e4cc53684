"""The plan on a board as a text: it makes the same cells, also of parts that were run apart."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from made_boards import resolved

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.results.merging import merged
from leaderboard.rows.plan_text import plan_text
from registry import data_folder


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("toy", "threads=1"),
        ("circles", "threads=1"),
        ("toy", "suites.0.recipes={draw: 4, seed: 2, learning_rate: [1e-4, 3e-3], optimizer: [adam, adamw]}"),
        ("toy", "measures=[mean-mi, 'stable-*']"),
        ("toy", "data_seed=0"),
        ("toy", "suites.1.recipes=[{batch_size: 8}, {weight_decay: 0.1}, {}]"),
    ],
)
def test_the_plan_on_the_board_makes_the_same_cells(name: str, setting: str, tmp_path: Any) -> None:
    plan = resolve(read_plan(name, (setting,)), data_folder())
    (tmp_path / "plan.yaml").write_text(plan_text(plan.as_json()))
    again = resolve(read_plan(str(tmp_path / "plan.yaml")), data_folder())
    assert again.cells == plan.cells
    assert again.plan.estimator == plan.plan.estimator


def test_parts_have_the_text_of_the_whole() -> None:
    whole, *parts = (
        resolve(read_plan("toy", overrides), data_folder()).as_json()
        for overrides in ((), ("seeds=[2, 0]",), ("seeds=[1]", "suites.0.conditions=[0.0, 1.0]"), ("seeds=[1]",))
    )
    joined = merged([(str(number), part, {}) for number, part in enumerate(parts)])[0]
    assert plan_text(joined) == plan_text(whole)
    assert yaml.safe_load(plan_text(whole))["seeds"] == [0, 1, 2]


@pytest.mark.parametrize(
    "overrides",
    [
        ("seeds=[0, 1, 2]", "suites.0.train_examples=50"),
        ("seeds=[0, 1, 2]", "suites.0.training.learning_rate=0.001"),
        ("seeds=[3]", "suites.0.conditions=[0.0]"),
        ("seeds=[3]", "limit=60"),
        ("seeds=[3]", "threads=2"),
        ("seeds=[3]", "anchors=random-labels"),
    ],
)
def test_parts_that_no_plan_can_say_have_their_own_texts(overrides: tuple[str, ...], tmp_path: Any) -> None:
    parts = [resolve(read_plan("toy", own), data_folder()) for own in ((), overrides, ())]
    joined = merged([(str(number), part.as_json(), {}) for number, part in enumerate(parts)])[0]
    texts = plan_text(joined).split("---\n")
    assert len(texts) == len(list(yaml.safe_load_all(plan_text(joined)))) == 2
    for text, part in zip(texts, parts, strict=False):
        (tmp_path / "plan.yaml").write_text(text)
        assert resolve(read_plan(str(tmp_path / "plan.yaml")), data_folder()).cells == part.cells


def test_a_plan_by_hand_without_suites_still_has_a_text() -> None:
    assert yaml.safe_load(plan_text(resolved()))["name"] == "by-hand"


def test_seeds_stand_once_where_all_suites_have_them_and_beside_a_suite_with_others() -> None:
    plan = resolve(read_plan("toy", ("suites.1.seeds=[7, 8]",)), Path()).as_json()
    said = yaml.safe_load(plan_text(plan))
    assert said["seeds"] == [0, 1, 2]
    assert [suite.get("seeds") for suite in said["suites"]] == [None, [7, 8]]
    assert said["suites"][0]["conditions"] == [0.0, 0.5, 1.0]  # though the plan leaves them to the suite


def test_what_is_the_default_is_left_out_but_for_the_estimator() -> None:
    said = yaml.safe_load(plan_text(resolve(read_plan("toy"), Path()).as_json()))
    assert set(said) == {"name", "seeds", "suites", "estimator", "threads"}
    more = yaml.safe_load(plan_text(resolve(read_plan("toy", ("limit=60", "hypotheses=[mean-mi]")), Path()).as_json()))
    assert (more["limit"], more["hypotheses"]) == (60, ["mean-mi"])
