"""A network is taken out of a run folder: by the command, with code that runs, and in Python."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from own_files import PLAN, family_file
from real_command import ROOT
from torch import nn

import memorank
from benchmark.plan.catalogue import forget_included
from benchmark.run_folder.network_keys import cells_of
from benchmark.run_folder.store import WEIGHTS
from registry import UserError

pytestmark = pytest.mark.usefixtures("blank_pages")

SMALL = ["limit=20", "estimator={sub_samples: 0, inputs: [evaluation]}", "seeds=[0]"]
ONE = "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0], training: {max_epochs: 2}}]"
TIED = """net = nn.Sequential(nn.Linear(shape[0], 4), nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, classes))
    net[2].weight = net[1].weight
    return net"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("to export") / "a run"
    memorank.run("toy", out=folder, overrides=[*SMALL, ONE])
    return folder


def keys(run: Path) -> list[str]:
    return [key for key, cell in cells_of(run).items() if cell["work"] == "train"]


def exported(run: Path, key: str, out: Path) -> int:
    return memorank.main(["export", str(run), key, "--out", str(out)])


def ran(code: Path) -> "subprocess.CompletedProcess[str]":
    """The file that was written, run as a user runs it, from another folder."""
    words = [sys.executable, "-W", "error::SyntaxWarning", str(code)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(words, cwd="/", env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.long
def test_the_weights_are_those_of_the_cell_and_the_code_loads_them(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, out = keys(run)[1], tmp_path / "a folder" / 'my "net".safetensors'
    assert exported(run, key, out) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith(f"{key}: weights in ")
    assert out.read_bytes() == (run / "cells" / key / WEIGHTS).read_bytes()
    done = ran(out.with_suffix(".py"))
    network = memorank.load_network(run, key)
    parameters = sum(part.numel() for part in network.parameters())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"loaded {key}: {parameters} parameters, toy-mlp\nlogits of one example: (1, 2)\n"


def test_the_code_loads_the_network_that_was_trained(run: Path, tmp_path: Path) -> None:
    assert exported(run, keys(run)[0], tmp_path / "model.safetensors") == 0
    names: dict[str, object] = {"__file__": str(tmp_path / "model.py"), "__name__": "model"}
    exec((tmp_path / "model.py").read_text(), names)
    one, other = names["load"](), memorank.load_network(run, keys(run)[0])  # type: ignore[operator]
    assert isinstance(one, nn.Module)
    assert not one.training
    assert all(torch.equal(tensor, other.state_dict()[name]) for name, tensor in one.state_dict().items())


def test_a_second_export_replaces_its_own_files(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "model.safetensors"
    for key in keys(run):
        assert exported(run, key, out) == 0
        assert out.read_bytes() == (run / "cells" / key / WEIGHTS).read_bytes()
        assert key in out.with_suffix(".py").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.py", "model.safetensors"]


@pytest.mark.parametrize("name", ["model.safetensors", "model.py"])
def test_files_of_somebody_else_stay(name: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_text("mine")
    (tmp_path / "another file").write_text("mine too")
    assert exported(run, keys(run)[0], tmp_path / "model.safetensors") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.endswith(f"{name} is there, and memorank did not export it: choose another --out")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["another file", name])
    assert (tmp_path / name).read_text() == "mine"
    assert exported(run, keys(run)[0], tmp_path / "other.safetensors") == 0


@pytest.mark.parametrize(("name", "meant"), [("model.pt", "model.safetensors"), ("model", "model.safetensors")])
def test_a_place_that_is_no_safetensors_file_is_answered_with_one(
    name: str, meant: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(run, keys(run)[0], tmp_path / name) == 2
    assert f"names no .safetensors file: say one, as in --out {tmp_path / meant}" in " ".join(
        capsys.readouterr().err.split()
    )
    assert exported(run, keys(run)[0], tmp_path) == 2
    assert f"say one, as in --out {tmp_path / 'model.safetensors'}" in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_key_gets_the_nearest_and_writes_nothing(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(run, "toy-spuriuos.toy-mlp.a0.s0", tmp_path / "model.safetensors") == 2
    assert "did you mean 'toy-spurious.toy-mlp.a0.s0-" in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_the_default_place_is_here(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert memorank.main(["export", str(run), "toy-spurious.toy-mlp.a1.s0"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.py", "model.safetensors"]


def test_a_family_of_ones_own_with_tied_weights_is_exported_with_the_file_that_declares_it(tmp_path: Path) -> None:
    (tmp_path / "helping.py").write_text("WIDTH = 4\n")
    (tmp_path / "mine.py").write_text("from helping import WIDTH\n" + family_file(TIED.replace("4)", "WIDTH)")))
    (tmp_path / "plan.yaml").write_text(PLAN)
    run, out = tmp_path / "my run", tmp_path / "out" / "model.safetensors"
    memorank.run(str(tmp_path / "plan.yaml"), out=run, overrides=SMALL, include=tmp_path / "mine.py")
    forget_included()
    key = keys(run)[0]
    assert exported(run, key, out) == 0  # the family's code is not run for that
    (place,) = re.findall(r"^DECLARED_IN = Path\('(.*)'\)$", out.with_suffix(".py").read_text(), re.MULTILINE)
    assert Path(place).read_bytes() == (tmp_path / "mine.py").read_bytes()
    assert Path(place).is_relative_to(run / "included")
    done = ran(out.with_suffix(".py"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"loaded {key}: ")
    with pytest.raises(UserError, match=r"declared by mine\.py: include that file"):
        memorank.load_network(run, key)
    network = memorank.load_network(run, key, include=tmp_path / "mine.py")
    assert network[2].weight is network[1].weight


@pytest.mark.long
def test_a_text_network_is_exported_with_its_tokenizer(tmp_path: Path) -> None:
    about = "suite: sentiment-adjectives, family: toy-encoder, data: toy-sentences, conditions: [0.0]"
    memorank.run("toy", out=tmp_path / "run", overrides=[*SMALL, f"suites=[{{{about}, training: {{max_epochs: 1}}}}]"])
    assert exported(tmp_path / "run", "sentiment", tmp_path / "model.safetensors") == 0
    done = ran(tmp_path / "model.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("logits of one example: (1, 2)\n")


def test_load_network_gives_the_logits_that_were_stored(run: Path) -> None:
    """The evaluation examples of the suite, read by nothing but torch."""
    from benchmark.data.splits import splits_of
    from benchmark.run.stored_networks import weights_of
    from registry import data_folder

    key = keys(run)[0]
    identity = weights_of(run, key)[1]
    examples = splits_of(identity, data_folder()).evaluation
    with torch.no_grad():
        logits = memorank.load_network(run, key)(torch.from_numpy(examples.inputs).flatten(1))
    predicted = memorank.load_predictions(run).loc[key]
    assert logits.argmax(1).tolist() == predicted["predicted"].tolist()
    assert np.array_equal(examples.labels, predicted["label"])


def test_weights_that_are_damaged_are_named_and_nothing_is_written(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = shutil.copytree(run, tmp_path / "own")
    key = keys(own)[0]
    (own / "cells" / key / WEIGHTS).write_bytes(b"half")
    assert exported(own, key, tmp_path / "model.safetensors") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"{key}: {WEIGHTS} does not match its checksum; the same `memorank run` trains it anew" in said
    assert [path.name for path in tmp_path.iterdir()] == ["own"]
