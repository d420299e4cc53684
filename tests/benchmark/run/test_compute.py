"""What a cell computes: what its record needs, and its threads."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell
from benchmark.run import compute
from benchmark.run.compute import _made_from, using_threads
from benchmark.run_folder import outputs as on_disk
from benchmark.run_folder import store

ROOT = Path("unused: the toy data are generated")
SMALL = (
    "limit=20",
    "estimator={sub_samples: 0}",
    "seeds=[0]",
    "suites=[{suite: toy-spurious, family: toy-mlp, training: {max_epochs: 1}}]",
)


@pytest.fixture(scope="module")
def cells() -> list[Cell]:
    """A small network of the plan toy and its scores."""
    found = resolve(read_plan("toy", SMALL), ROOT).cells
    return [cell for cell in found if cell.train == found[0].key]


def test_a_network_and_its_score_have_what_their_records_need(cells: list[Cell], tmp_path: Path) -> None:
    train, score = cells[0], cells[1]
    result, files = compute.compute(train, tmp_path, ROOT, 1, keep=False)
    again, same = compute.compute(train, tmp_path, ROOT, 1, keep=False)
    assert (result, files) == (again, same)  # a network is the same one, whoever trains it
    assert (result["outcome"], result["history"]["losses"][1:]) == ("done", [])
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "cells").mkdir()
    store.publish(
        tmp_path, train.key, {"work": "train", "identity": {}, "provenance": {"seconds": 1.0}, **result}, files
    )
    scored, none = compute.compute(score, tmp_path, ROOT, 1)
    assert none == {}
    assert scored["judged"] == result["judged"]
    assert set(scored["measures"]) == set(score.identity["measures"])
    given = on_disk.read(tmp_path, train.key)["evaluation"]
    right = given.logits.argmax(axis=1) == given.labels
    assert scored["metrics"]["accuracy"]["value"] == pytest.approx(np.mean(right[given.judged]))


def test_a_score_without_its_network_says_so(cells: list[Cell], tmp_path: Path) -> None:
    with pytest.raises(on_disk.NotTrained, match=f"its network {cells[0].key} is not there"):
        compute.compute(cells[1], tmp_path, ROOT, 1)


def test_evaluation_examples_are_others_with_other_data_or_other_code(cells: list[Cell]) -> None:
    identity: dict[str, Any] = cells[0].identity
    same = {**identity, "seed": 9, "condition": 1.0, "family": "other", "sources": {"family other": "f"}}
    assert _made_from(same) == _made_from(identity)
    for other in ({"data_fingerprint": "x"}, {"suite_version": "9"}, {"sources": {"suite toy-spurious": "x"}}):
        assert _made_from({**identity, **other}) != _made_from(identity)


def test_linear_algebra_has_the_threads_of_the_plan_and_gets_its_own_back() -> None:
    def blas() -> set[int]:
        return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}

    before = blas()
    with using_threads(1):
        assert blas() == {1}
    assert blas() == before
