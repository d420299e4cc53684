"""Text from plan to board, by the real command: both suites, what is said of data, a kill in mid-training."""

import json
import signal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from processes import injected, interrupted
from real_command import Command, start

PLAN = """
name: text
seeds: [0]
suites:
  - {suite: sentiment-adjectives, family: toy-encoder, data: toy-sentences, conditions: [0.0, 0.5, 1.0]}
  - suite: shuffled-imdb
    family: toy-encoder
    data: toy-sentences
    conditions: [0.0, 0.5, 1.0]
    train_examples: 300
    held_out_examples: 200
estimator: {inputs: [evaluation, in-distribution], sub_samples: 0}
threads: 1
"""


@pytest.fixture(scope="module")
def text_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run folder of both text suites."""
    folder = tmp_path_factory.mktemp("text")
    (folder / "text.yaml").write_text(PLAN)
    process = start("run", "text.yaml", "--out", "run", folder=folder)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    return folder / "run"


def networks(run: Path) -> dict[str, dict[str, Any]]:
    records = [json.loads(path.read_text()) for path in run.glob("cells/*/record.json")]
    return {record["key"]: record for record in records if record["work"] == "train"}


def test_the_board_names_the_data_and_says_what_is_undecided(text_run: Path) -> None:
    board = json.loads((text_run / "board" / "board.json").read_text())
    markdown = (text_run / "board" / "board.md").read_text()
    for suite in ("sentiment-adjectives", "shuffled-imdb"):
        assert f"{suite} (" in markdown
        assert f"{suite}, toy-sentences, toy-encoder" in markdown
    assert "toy-sentences: generated data" in markdown
    rows = [row for row in board["models"] if row["inputs"] == "evaluation"]
    by_suite = {suite: [row for row in rows if row["suite"] == suite] for suite in {row["suite"] for row in rows}}
    for own in by_suite.values():
        assert own[0]["metrics"]["accuracy"]["than_before"] is None
        for before, row in pairwise(own):
            a, b = row["metrics"]["accuracy"], before["metrics"]["accuracy"]
            apart = abs(a["mean"] - b["mean"]) > 2 * (a["error"] ** 2 + b["error"] ** 2) ** 0.5
            expected = ("lower" if a["mean"] < b["mean"] else "higher") if apart else "undecided"
            assert a["than_before"] == expected
            assert expected in markdown
    clean, _, shortcut = by_suite["sentiment-adjectives"]
    assert clean["training_accuracy"]["mean"] > 0.95
    assert clean["metrics"]["accuracy"]["mean"] > 0.9
    assert shortcut["metrics"]["accuracy"]["mean"] == pytest.approx(0.5, abs=0.1)  # it follows the adjective


def test_records_say_in_which_numbers_they_were_computed_and_examples_are_cut(text_run: Path) -> None:
    found = networks(text_run)
    assert len(found) == 6
    assert {record["precision"] for record in found.values()} == {"float32"}
    for key, record in found.items():
        assert record["identity"].get("train_examples") == (300 if key.startswith("shuffled") else None)
    scores = [json.loads(path.read_text()) for path in text_run.glob("cells/shuffled*evaluation*/record.json")]
    assert {record["examples"] for record in scores} == {200}


@pytest.mark.long
def test_a_training_killed_in_the_middle_ends_with_the_same_outputs(
    text_run: Path, tmp_path: Path, command: Command
) -> None:
    """In the middle of the third epoch of the second network; the third one is not there yet either."""
    (tmp_path / "text.yaml").write_text(PLAN)
    interrupted(text_run, tmp_path / "run", slice(1, 3))
    words = ("run", "text.yaml", "--out", "run")
    kill = injected(KILL="torch.nn.functional cross_entropy 43", CHECKPOINT="0")
    process = start(*words, folder=tmp_path, environment=kill)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    kept = list((tmp_path / "run" / "checkpoints").iterdir())
    assert len(kept) == 1
    done = command(*words)
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "run" / "checkpoints").iterdir())
    expected, found = networks(text_run), networks(tmp_path / "run")
    assert expected.keys() == found.keys()
    for key, record in expected.items():
        assert record["history"] == found[key]["history"]
        assert record["files"]["outputs.safetensors"] == found[key]["files"]["outputs.safetensors"]
    assert (tmp_path / "run" / "board" / "board.json").read_bytes() == (text_run / "board" / "board.json").read_bytes()
    log = (tmp_path / "run" / "cells" / kept[0].name / "log.txt").read_text()
    assert "epoch 1:" not in log  # it went on where it was


def test_without_data_and_weights_nothing_runs_and_the_cure_is_said(tmp_path: Path, command: Command) -> None:
    for suite, cure in (
        ("{suite: shuffled-imdb, family: toy-encoder, data: imdb}", "run: memorank fetch imdb (84 MB to download"),
        (
            "{suite: shuffled-imdb, family: minilm, data: toy-sentences}",
            "run: memorank fetch minilm (91 MB, licence:",
        ),
        ("{suite: shuffled-imdb, family: mlp}", "'mlp' reads vector inputs, suite 'shuffled-imdb' has text"),
    ):
        (tmp_path / "plan.yaml").write_text(f"name: p\nseeds: [0]\nsuites: [{suite}]\n")
        found = command("run", "plan.yaml", "--data-dir", "empty folder")
        assert found.returncode == 2
        assert cure in found.stderr
        assert len(found.stderr.splitlines()) == 1
        assert not (tmp_path / "runs").exists()


def test_an_own_encoder_in_a_folder_is_run_by_one_literal(tmp_path: Path, command: Command) -> None:
    from registry._transformers import import_transformers
    from registry.families import toy_encoder

    transformers = import_transformers()
    config = transformers.BertConfig(
        vocab_size=40, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=8
    )
    transformers.BertModel(config).save_pretrained(tmp_path / "my encoder")
    toy_encoder.tokenizer().save_pretrained(tmp_path / "my encoder")
    literal = f'name="own", encoder={str(tmp_path / "my encoder")!r}, layers=1, reference="none: mine"'
    (tmp_path / "own.py").write_text(
        '"""My own encoder, its first layer."""\n\nfrom memorank import encoder_family\n\n'
        f"FAMILY = encoder_family({literal})\n"
    )
    suite = "{suite: shuffled-imdb, family: own, data: toy-sentences, conditions: [0.0], training: {max_epochs: 1}}"
    (tmp_path / "plan.yaml").write_text(f"name: p\nseeds: [0]\nsuites: [{suite}]\n")
    described = command("describe", "own", "--include", "own.py")
    assert "layers.0 (first-token)" in described.stdout, described.stderr
    found = command("run", "plan.yaml", "--include", "own.py", "--limit", "40")
    assert found.returncode == 0, found.stderr
