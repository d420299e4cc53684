"""Measures that read the network itself, through the real command: from a stranger's file to a board, with weights that
are gone, and with entries that fail.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from real_command import ROOT, Command, finished_here
from several_networks import (
    MEASURE,
    SHUFFLED,
    attempts,
    entry,
    numbers,
    of_work,
    planned,
    reasons,
    sources,
    words,
)

import memorank
from benchmark.data.splits import splits_of
from benchmark.run import at_hand
from benchmark.run_folder import outputs, store
from registry import data_folder

EXAMPLES = ROOT / "docs" / "examples"
DIGITS = """
name: digits
seeds: [0]
suites:
  - {suite: colored-mnist, family: mlp, conditions: [0.0, 1.0], train_examples: 200, held_out_examples: 100}
threads: 1
estimator: {mi: {pairs: 200}, sub_samples: 2}
"""
ONE = entry(SHUFFLED, "conditions: [0.0, 1.0]")
LOGITS = MEASURE.format(name="mine", reading="training-set", array="logits")


def board(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "board" / "board.json").read_text())
    return found


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished run of two networks on a few digits."""
    folder = tmp_path_factory.mktemp("digits")
    (folder / "digits.yaml").write_text(DIGITS)
    done = finished_here("run", "digits.yaml", folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def own_digits(digits: Path, tmp_path: Path) -> Path:
    shutil.copytree(digits, tmp_path, dirs_exist_ok=True)
    return tmp_path / "runs" / "digits"


def test_a_strangers_measures_are_on_the_board_of_a_run_that_is_there_and_train_nothing(
    own_digits: Path, command: Command
) -> None:
    trained, scored = sources(own_digits), {path.name for path in (own_digits / "cells").iterdir()}
    assert len(trained) == 2
    include = [word for name in ("rankme", "shift_consistency") for word in ("--include", EXAMPLES / f"{name}.py")]
    done = command("run", "digits.yaml", *map(str, include))
    assert done.returncode == 0, done.stderr
    assert "2 cells were done, 2 computed now" in done.stdout
    assert sources(own_digits) == trained  # to the byte
    new = {path.name for path in (own_digits / "cells").iterdir()} - scored
    assert {store.read_record(own_digits, key)["work"] for key in new} == {"score"}
    assert {"my-rankme", "my-shift-consistency"} <= {row["measure"] for row in board(own_digits)["agreement"]}
    for key, value in numbers_of(own_digits, new, "my-rankme").items():
        last = [*outputs.read(own_digits, key)["evaluation"].activations.by_tap.values()][-1].astype(float)
        shares = np.linalg.svd(last)[1]
        shares /= shares.sum()
        assert value == pytest.approx(np.exp(-(shares * np.log(shares)).sum()), rel=1e-3)  # without the 1e-7
    for key, value in numbers_of(own_digits, new, "my-shift-consistency").items():
        assert value == pytest.approx(_kept_when_moved(own_digits, key), abs=1e-12)


def numbers_of(run: Path, keys: set[str], measure: str) -> dict[str, float]:
    records = [store.read_record(run, key) for key in keys]
    return {record["identity"]["train"]: record["measures"][measure]["value"] for record in records}


def _kept_when_moved(run: Path, key: str) -> float:
    """As a person would compute it, with the exported network and images that are moved by numpy."""
    network = memorank.load_network(run, key)
    inputs = splits_of(store.read_record(run, key)["identity"], data_folder()).evaluation.inputs
    with torch.no_grad():
        answers = network(torch.from_numpy(inputs).flatten(1)).argmax(dim=1)
        same = []
        for axis, by in ((2, 1), (2, -1), (3, 1), (3, -1)):
            moved = np.roll(inputs, by, axis=axis)
            edge = 0 if by == 1 else -1
            (moved[:, :, edge] if axis == 2 else moved[:, :, :, edge])[:] = 0
            same.append(network(torch.from_numpy(moved).flatten(1)).argmax(dim=1) == answers)
    return float(torch.stack(same).double().mean())


def test_suites_of_other_kinds_have_no_shifts_and_say_so(tmp_path: Path, command: Command) -> None:
    done = command(*words(ONE), "--include", str(EXAMPLES / "shift_consistency.py"))
    assert done.returncode == 0, done.stderr
    assert reasons(tmp_path / "run", "my-shift-consistency") == {"its suite has no shifts"}


def test_gone_weights_are_one_line_and_with_retrain_the_numbers_are_those_of_kept_ones(
    tmp_path: Path, command: Command
) -> None:
    (tmp_path / "mine.py").write_text(LOGITS)
    assert command(*words(ONE, "keep_weights=none")).returncode == 0
    keys = sorted(sources(tmp_path / "run"))
    before = {path.name for path in (tmp_path / "run" / "cells").iterdir()}
    done = command(*words(ONE, "keep_weights=none"), "--include", "mine.py")
    assert done.returncode == 2
    assert done.stderr == (
        "memorank: 6 trained networks have no weights, which the reading training-set needs: --retrain trains them "
        f"again ({', '.join(keys[:3])}, ...)\n"
    )
    assert {path.name for path in (tmp_path / "run" / "cells").iterdir()} == before
    records = sources(tmp_path / "run")
    done = command(*words(ONE, "keep_weights=none"), "--include", "mine.py", "--retrain")
    assert done.returncode == 0, done.stderr
    assert sources(tmp_path / "run") == records
    assert command(*words(ONE, out="kept"), "--include", "mine.py").returncode == 0
    found, expected = numbers(tmp_path / "run", "mine"), numbers(tmp_path / "kept", "mine")
    assert len(found) == 6
    assert found == expected


def test_a_network_that_is_another_one_when_trained_again_fails_its_scores(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.py").write_text(LOGITS)
    assert command(*words(ONE, "keep_weights=none", "seeds=[0]")).returncode == 0
    right = at_hand.trained

    def trained(*given: Any) -> Any:
        made = right(*given)
        with torch.no_grad():
            [*made.network.parameters()][-1][0] += 2
        return made

    monkeypatch.setattr(at_hand, "trained", trained)
    done = command(*words(ONE, "keep_weights=none", "seeds=[0]"), "--include", "mine.py", "--retrain")
    assert done.returncode == 1
    assert attempts(done.stderr, "trained again it is another network, off by 2 in a logit") == 4  # two networks


FAILING = """
from memorank import Reading

def compute(at_hand):
    if at_hand.training.labels.sum() == %d:
        raise RuntimeError("no such luck")
    return {"logits": at_hand.logits(at_hand.inputs)}

READING = Reading(name="own-logits", axis="examples", compute=compute, reference="a test")
"""


def test_a_reading_that_fails_on_one_network_fails_that_score_and_no_other(tmp_path: Path, command: Command) -> None:
    networks = of_work(planned(ONE), "train")
    sums = [int(splits_of(cell.train_identity, tmp_path).train.labels.sum()) for cell in networks]
    bad = next(cell for cell, own in zip(networks, sums, strict=True) if sums.count(own) == 1)
    (tmp_path / "reading.py").write_text(FAILING % sums[networks.index(bad)])
    (tmp_path / "mine.py").write_text(MEASURE.format(name="mine", reading="own-logits", array="logits"))
    done = command(*words(ONE), "--include", "mine.py", "--include", "reading.py")
    assert done.returncode == 1
    cause = "reading own-logits: RuntimeError: no such luck"
    assert attempts(done.stderr, f"{cause}; it is tried once more") == 1
    assert attempts(done.stderr, f"{cause}; given up after 2 attempts") == 1
    found = numbers(tmp_path / "run", "mine")
    assert set(found) == {cell.key for cell in networks if cell is not bad}
    for key, value in found.items():
        assert value == pytest.approx(np.abs(outputs.read(tmp_path / "run", key)["evaluation"].logits).mean())


def test_an_own_reading_is_part_of_the_keys_of_scores_and_of_no_network(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.py").write_text(MEASURE.format(name="mine", reading="own-logits", array="logits"))
    (tmp_path / "reading.py").write_text(FAILING % -1)
    include = ("--include", "mine.py", "--include", "reading.py")
    assert command(*words(ONE), *include).returncode == 0
    (tmp_path / "reading.py").write_text(FAILING % -2)
    planned_now = command("plan", *words(ONE)[1:], *include).stdout
    assert "12 cells, 6 done, 6 to do" in planned_now
    assert "changed: sources.reading own-logits" in planned_now


HALVING = """
from dataclasses import replace
from memorank import SUITES, Transforms

halved = Transforms(keeping={"halve": lambda inputs, generator: inputs[:, :1]})
SUITE = replace(SUITES["toy-shuffled"], name="halving", transforms=halved)
"""


def test_a_transform_that_changes_shapes_is_named(tmp_path: Path, command: Command) -> None:
    (tmp_path / "halving.py").write_text(HALVING)
    (tmp_path / "mine.py").write_text(MEASURE.format(name="mine", reading="transforms", array="noise"))
    plan = words(entry("suite: halving, family: toy-mlp", "conditions: [0.0, 1.0]"), "seeds=[0]")
    done = command(*plan, "--include", "halving.py", "--include", "mine.py")
    assert done.returncode == 1
    said = "reading transforms: ValueError: transform 'halve' makes (60, 1) of inputs (60, 3): it must keep their shape"
    assert attempts(done.stderr, said) == 4
    assert len(sources(tmp_path / "run")) == 2  # the networks are there
