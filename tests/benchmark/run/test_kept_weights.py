"""Which networks keep their weights: auto up to a size, all, none; and what cannot be written costs no cell."""

import json
from pathlib import Path

import pytest
import torch
from own_files import PLAN, family_file
from torch import nn

import memorank
from benchmark.plan.cells import resolve
from benchmark.plan.reading import PlanError, read_plan
from benchmark.run import compute, kept_weights
from benchmark.run.kept_weights import weights_file
from benchmark.run_folder import outputs
from benchmark.run_folder.store import WEIGHTS

pytestmark = pytest.mark.usefixtures("blank_pages")

FACTS = {
    "key": "k", "family": "b", "family_version": 1, "shape": [3], "num_classes": 2, "seed": 5, "tokens": None,
    "version": "0.2.0",
}  # fmt: skip
SMALL = (
    "limit=20",
    "estimator={sub_samples: 0}",
    "seeds=[0]",
    "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0], training: {max_epochs: 1}}]",
)


@pytest.mark.parametrize(("numbers", "kept"), [(4_000_000, True), (4_000_001, False)])
def test_auto_keeps_16_megabytes_of_float32_and_not_a_number_more(numbers: int, kept: bool) -> None:
    network = nn.Module()
    network.register_buffer("numbers", torch.zeros(numbers))
    assert (WEIGHTS in weights_file(network, FACTS, "auto")) == kept
    assert list(weights_file(network, FACTS, "all")) == [WEIGHTS]
    assert weights_file(network, FACTS, "none") == {}


def test_a_plan_keeps_by_a_word_that_is_known() -> None:
    assert read_plan("toy").keep_weights == "auto"
    assert read_plan("toy", ["keep_weights=all"]).keep_weights == "all"
    with pytest.raises(PlanError, match=r"^--set keep_weights=non: unknown value 'non'; did you mean 'none'\?$"):
        read_plan("toy", ["keep_weights=non"])


def test_the_numbers_and_outputs_are_the_same_whatever_is_kept(tmp_path: Path) -> None:
    cell = resolve(read_plan("toy", SMALL), Path("unused")).cells[0]
    none, files = compute.compute(cell, tmp_path, tmp_path, 1, False)
    everything, more = compute.compute(cell, tmp_path, tmp_path, 1, False, "all")
    assert everything == none
    assert files == {outputs.FILE: more[outputs.FILE]}
    assert sorted(more) == [outputs.FILE, WEIGHTS]


def test_a_network_that_diverged_keeps_none(tmp_path: Path) -> None:
    plan = [*SMALL[:3], SMALL[3].replace("max_epochs: 1", "max_epochs: 9, learning_rate: 1.0e+30")]
    cell = resolve(read_plan("toy", plan), Path("unused")).cells[0]
    result, files = compute.compute(cell, tmp_path, tmp_path, 1, False, "all")
    assert (result["outcome"], files) == ("diverged", {})


def test_a_run_that_goes_on_with_another_word_keeps_what_it_trains_from_then_on(tmp_path: Path) -> None:
    """The folder's plan.json then says the new word, its cells and its board stay."""
    run = tmp_path / "run"
    common = [*SMALL[:2], "suites=[{suite: toy-spurious, family: toy-mlp, training: {max_epochs: 1}}]", "seeds=[0]"]
    memorank.run("toy", out=run, overrides=[*common, "keep_weights=none"])
    assert not list(run.glob(f"cells/*/{WEIGHTS}"))
    board = (run / "board" / "board.json").read_bytes()
    assert json.loads((run / "plan.json").read_text())["plan"]["keep_weights"] == "none"
    networks = sorted(path.parent for path in run.glob("cells/*/outputs.safetensors"))
    for path in networks[0].iterdir():
        path.unlink()
    networks[0].rmdir()
    memorank.run("toy", out=run, overrides=common)
    assert "keep_weights" not in json.loads((run / "plan.json").read_text())["plan"]
    assert [path.parent for path in run.glob(f"cells/*/{WEIGHTS}")] == [networks[0]]
    numbers = [json.loads(text)["agreement"] for text in (board, (run / "board" / "board.json").read_bytes())]
    assert numbers[0] == numbers[1]
    assert [path.name for path in run.glob("board*")] == ["board"]


def test_a_limit_of_auto_is_one_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_weights, "MOST", 100)
    memorank.run("toy", out=tmp_path / "auto", overrides=SMALL)
    memorank.run("toy", out=tmp_path / "all", overrides=[*SMALL, "keep_weights=all"])
    assert not list(tmp_path.glob(f"auto/cells/*/{WEIGHTS}"))
    assert len(list(tmp_path.glob(f"all/cells/*/{WEIGHTS}"))) == 1


def test_a_network_whose_state_cannot_be_written_is_computed_all_the_same(tmp_path: Path) -> None:
    odd = "type('Odd', (nn.Sequential,), {'get_extra_state': lambda self: {'a': 1}})"
    body = f"return {odd}(nn.Linear(shape[0], classes))"
    (tmp_path / "mine.py").write_text(family_file(body))
    (tmp_path / "plan.yaml").write_text(PLAN)
    run = tmp_path / "run"
    memorank.run(str(tmp_path / "plan.yaml"), out=run, overrides=["keep_weights=all"], include=tmp_path / "mine.py")
    logs = [path.read_text() for path in run.glob("cells/*/log.txt")]
    assert not list(run.glob(f"cells/*/{WEIGHTS}"))
    assert logs
    assert all("its weights are not kept: TypeError: _extra_state of its state is a dict" in log for log in logs)
