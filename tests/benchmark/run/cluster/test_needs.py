"""What cells need of a worker: what their family declares, but that a score needs no GPU."""

import pytest

from benchmark.plan.resolved import Cell
from benchmark.run.cluster import needs
from benchmark.run.cluster.needs import Needs, needs_of, needs_of_networks, option_of
from benchmark.run.cluster.to_do import ToDo
from registry import Resources

GPU: Needs = (("memory", 8e9), ("gpus", 1))
NO_GPU: Needs = (("memory", 8e9),)


def cell(name: str, work: str = "train", train: str = "") -> Cell:
    identity = {"work": work, "family": "toy-mlp"}
    return Cell(name, work, train or name, 0, "", 0.0, 0, None, None, None, None, identity)  # type: ignore[arg-type]


TRAIN = cell("train")
SCORES = [cell("score", "score", "train"), cell("second", "score", "train")]


def test_a_score_cell_takes_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    class Big:
        resources = Resources(memory=8e9, gpus=1)

    monkeypatch.setattr(needs, "FAMILIES", {"toy-mlp": Big})
    declared = needs_of_networks([TRAIN, *SCORES])
    assert declared == {"train": GPU}
    assert [ToDo([], declared).needs_of(one) for one in (TRAIN, SCORES[0])] == [GPU, NO_GPU]


def test_a_family_that_declares_nothing_needs_any_worker() -> None:
    declared = needs_of_networks([TRAIN, *SCORES])
    assert declared == {"train": ()}
    assert needs_of(TRAIN, declared) == needs_of(SCORES[0], declared) == ()


@pytest.mark.parametrize(
    ("asked", "option"),
    [((), ""), ((("gpus", 1),), "gpus=1"), ((("processors", 4), ("memory", 64e9)), "processors=4 memory=6.4e+10")],
)
def test_the_option_of_a_worker_that_offers_it(asked: Needs, option: str) -> None:
    assert option_of(asked) == option
    for name, amount in asked:  # as Dask reads it
        assert dict(word.split("=") for word in option.split())[name] == f"{amount:g}"
