"""Bias in Bios from plan to board, by the real command: three metrics, what is undefined, what is marked."""

import json
from pathlib import Path
from typing import Any

import pytest
from real_command import Command, start

from benchmark.plain.packing import unpacked

PLAN = """
name: bios
seeds: [0, 1]
suites:
  - suite: bias-in-bios
    family: toy-encoder
    conditions: [scrubbed-subsampled, raw-oversampled, raw-original]
    train_examples: 200
    held_out_examples: 300
    training: {max_epochs: 2}
estimator: {inputs: [evaluation, in-distribution], sub_samples: 0}
threads: 1
"""
METRICS = ["compression", "tpr-gap", "sufficiency-gap"]


@pytest.fixture(scope="module")
def bios_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run folder."""
    folder = tmp_path_factory.mktemp("bios")
    (folder / "bios.yaml").write_text(PLAN)
    process = start("run", "bios.yaml", "--out", "run", folder=folder)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    return folder / "run"


def board_of(run: Path) -> dict[str, Any]:
    return json.loads((run / "board" / "board.json").read_text())


def test_the_board_has_three_metric_columns_and_how_they_agree(bios_run: Path) -> None:
    board = board_of(bios_run)
    assert {row["metric"] for row in board["agreement"]} == set(METRICS)
    paper = {(row["metric"], row["measure"]): row["paper"] for row in board["agreement"] if row["paper"]}
    assert paper == {
        ("compression", "mean-entropy"): 0.47,
        ("compression", "mean-mi"): 0.60,
        ("tpr-gap", "mean-entropy"): 0.20,
        ("tpr-gap", "mean-mi"): 0.07,
        ("sufficiency-gap", "mean-entropy"): 0.20,
        ("sufficiency-gap", "mean-mi"): 0.33,
    }
    assert not any(row["as_in_paper"] for row in board["agreement"])
    assert [(row["metric"], row["with"]) for row in board["metrics"]] == [
        ("compression", "tpr-gap"),
        ("compression", "sufficiency-gap"),
        ("tpr-gap", "sufficiency-gap"),
    ]
    markdown = (bios_run / "board" / "board.md").read_text()
    assert "generated-bios: generated data" in markdown
    assert "generated-bios, toy-encoder" in markdown
    assert "metric with metric" in markdown
    for model in board["models"]:
        assert all(model["metrics"][name]["error"] is not None for name in METRICS)


def test_compression_is_read_at_every_tap_and_so_is_its_agreement(bios_run: Path) -> None:
    rows = {(row["metric"], row["inputs"], row["measure"]): row for row in board_of(bios_run)["taps"]}
    row = rows["compression", "evaluation", "mean-mi"]
    assert [tap["tap"] for tap in row["taps"]] == ["layers.0", "layers.1"]
    assert row["metric_at_tap"]
    assert not rows["tpr-gap", "evaluation", "mean-mi"]["metric_at_tap"]


def test_records_keep_every_form_and_count_what_is_undefined(bios_run: Path) -> None:
    records = [json.loads(path.read_text()) for path in bios_run.glob("cells/*/record.json")]
    scores = [record for record in records if record["work"] == "score"]
    assert len(scores) == 12
    for record in scores:
        gap = record["metrics"]["tpr-gap"]
        assert gap["details"]["undefined"] > 0  # 150 biographies of 28 occupations
        assert len(gap["details"]["per_class"]) == 28
        assert gap["value"] == pytest.approx(gap["details"]["sum_abs"] / sum(map(bool, known(gap))))
        assert set(record["metrics"]["compression"]["per_tap"]) == {"layers.0", "layers.1"}
        assert record["judged"]["examples"] == 150  # half of those held out
        assert record["metrics"]["compression"]["details"]["uniform_bits"] == 150
        assert len(unpacked(record["metrics"]["compression"]["by_example"])) == 150
        assert all(record["metrics"][name]["by_chance"] >= 0 for name in METRICS)
    assert len({record["judged"]["digest"] for record in scores}) == 1


def known(gap: dict[str, Any]) -> list[bool]:
    return [one is not None for one in gap["details"]["per_class"]]


SUITE = '''"""A suite whose metric needs groups that its data do not have."""

from memorank import Splits, TaskSuite


def make(data, condition, seed):
    return Splits(data.train, data.held_out, data.held_out)


SUITE = TaskSuite(
    name="mine",
    kind="heuristic",
    modality="text",
    conditions=("one",),
    datasets=("toy-sentences",),
    default_data="toy-sentences",
    input_shape=(32,),
    num_classes=2,
    metrics=("tpr-gap",),
    make=make,
    reference="none: made for a test",
)
'''


def test_a_metric_that_needs_groups_is_refused_before_anything_trains(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.py").write_text(SUITE)
    (tmp_path / "plan.yaml").write_text("name: p\nseeds: [0]\nsuites: [{suite: mine, family: toy-encoder}]\n")
    found = command("run", "plan.yaml", "--include", "mine.py")
    assert found.returncode == 2
    assert found.stderr == "memorank: suite 'mine': tpr-gap needs groups, which these data do not have\n"
    checked = command("check", "mine.py")
    assert (checked.returncode, "tpr-gap needs groups" in checked.stdout) == (1, True)


def test_a_hostile_pickle_in_place_of_the_records_is_refused_in_one_line(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "data of mine" / "bias-in-bios"
    folder.mkdir(parents=True)
    (folder / "BIOS.pkl").write_bytes(b"cos\nmkdir\n(S'opened'\ntR.")
    (tmp_path / "plan.yaml").write_text(
        "name: p\nseeds: [0]\nsuites: [{suite: bias-in-bios, family: toy-encoder, data: bias-in-bios}]\n"
    )
    found = command("run", "plan.yaml", "--data-dir", "data of mine")
    assert found.returncode == 2
    assert "BIOS.pkl: refused, nothing of it was run: it names os.mkdir" in found.stderr
    assert len(found.stderr.splitlines()) == 1
    assert not (tmp_path / "opened").exists()
