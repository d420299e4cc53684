"""What was hashed is what runs: files that are saved anew between two runs of a process, or while a run is on."""

import hashlib
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from processes import wait_for_cells
from real_command import ROOT, Command, finished, start
from small_encoders import saved

from benchmark.networks.inputs import Tokens, as_inputs
from registry import Examples, data_folder_is
from registry.families._encoders import encoder_family

NET = '''"""A network."""
from torch import nn
from memorank import ModelFamily, Tap
from my_width import WIDTH


def build(shape, classes):
    return nn.Sequential(nn.Linear(shape[0], WIDTH), nn.ReLU(), nn.Linear(WIDTH, classes))


FAMILY = ModelFamily(name="my-net", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")
'''
POINTS = '''"""Points from a table."""
import numpy as np
from memorank import Data, Dataset, Examples, Splits, TaskSuite


def load(folder):
    table = np.loadtxt(folder / "points.csv", delimiter=",", dtype=np.float32)
    half = len(table) // 2
    return Data(*(Examples(p[:, :2], p[:, 2].astype(np.int64)) for p in (table[:half], table[half:])))


def make(data, condition, seed):
    changed = np.random.default_rng(seed).random(len(data.train)) < float(condition)
    labels = np.where(changed, 1 - data.train.labels, data.train.labels)
    return Splits(Examples(data.train.inputs, labels), data.held_out, data.held_out)


DATASET = Dataset(name="points", modality="vector", load=load, files={"points.csv": None}, reference="none: a test",
                  licence="none", size="small", origin="published")
SUITE = TaskSuite(name="flipped", kind="example-level", modality="vector", knob="beta", conditions=(0.0, 0.5),
                  datasets=("points",), default_data="points", input_shape=(2,), num_classes=2, metrics=("accuracy",),
                  make=make, reference="none: a test")
'''
PLAN = (
    "name: mine\nseeds: [{seeds}]\nsuites:\n  - {{suite: {suite}, family: {family}}}\n"
    "threads: 1\nestimator: {{sub_samples: 0}}\n"
)


def write_points(folder: Path, count: int, seed: int) -> None:
    (folder / "data" / "points").mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    points = generator.normal(size=(count, 2)) + 3 * labels[:, None]
    table = np.column_stack([points, labels])
    np.savetxt(folder / "data" / "points" / "points.csv", table, delimiter=",", fmt="%.5f")


def python(code: str, folder: Path) -> None:
    """Run a program that imports memorank to its end, in a process of its own."""
    done = finished("-c", code, folder=folder)
    assert done.returncode == 0, done.stderr


def records(run: Path, work: str) -> list[dict[str, Any]]:
    found = [json.loads(path.read_text()) for path in sorted(run.glob("cells/[!.]*/record.json"))]
    return [record for record in found if record["work"] == work]


def equal_to_the_bit(command: Command, *words: str) -> int:
    done = command("verify", "run", "--cells", "99", *words, drawn=False)  # the figures of the run are blank too
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.count("equal to the bit: ")


@pytest.mark.parametrize("name", ["net.py", "my_width.py"])
def test_an_included_file_saved_anew_runs_anew_in_one_process(name: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "net.py").write_text(NET)
    (tmp_path / "my_width.py").write_text("WIDTH = 4\n")
    (tmp_path / "mine.yaml").write_text(PLAN.format(seeds=0, suite="toy-spurious", family="my-net"))
    old, new = {"net.py": ("shape[0], WIDTH", "shape[0], WIDTH + 0"), "my_width.py": ("4", "32")}[name]
    python(
        "import memorank\nfrom pathlib import Path\n"
        "def run(): memorank.run('mine.yaml', out='run', include=['net.py'])\n"
        f"run()\nfile = Path({name!r})\nfile.write_text(file.read_text().replace({old!r}, {new!r}))\nrun()\n",
        tmp_path,
    )
    widths = [record["taps"]["0"]["neurons"] for record in records(tmp_path / "run", "score")]
    assert sorted(widths) == ([4] * 6 if name == "net.py" else [4] * 3 + [32] * 3)
    assert equal_to_the_bit(command, "--include", "net.py") == 6


def test_data_saved_anew_are_read_anew_in_one_process(tmp_path: Path, command: Command) -> None:
    (tmp_path / "points.py").write_text(POINTS)
    (tmp_path / "mine.yaml").write_text(PLAN.format(seeds=0, suite="flipped", family="toy-mlp"))
    write_points(tmp_path, 200, 0)
    shutil.copytree(tmp_path / "data", tmp_path / "kept")
    write_points(tmp_path, 200, 1)  # as many bytes
    # The file's own time is put back, as `cp -p` and `rsync -t` do.
    python(
        "import memorank, os, shutil\n"
        "for place in ('kept', 'data'):\n"
        "    shutil.copyfile(f'{place}/points/points.csv', 'data/points/now.csv')\n"
        "    os.replace('data/points/now.csv', 'data/points/points.csv') if place == 'kept' else "
        "open('data/points/points.csv', 'w').write(new)\n"
        "    os.utime('data/points/points.csv', (1, 1))\n"
        "    memorank.run('mine.yaml', out='run', data_dir='data', include=['points.py'])\n".replace(
            "for place", "new = open('data/points/points.csv').read()\nfor place"
        ),
        tmp_path,
    )
    assert len({record["identity"]["data_fingerprint"] for record in records(tmp_path / "run", "train")}) == 2
    assert equal_to_the_bit(command, "--include", "points.py", "--data-dir", "data") == 4
    assert len(records(tmp_path / "run", "score")) == 4


def test_a_tokenizer_saved_anew_is_read_anew_in_one_process(tmp_path: Path) -> None:
    folder = saved(tmp_path / "encoder")
    family = encoder_family(name="small", encoder=str(folder), layers=1, reference="none: a test")
    texts = Examples(np.array(["good film"], dtype=np.dtypes.StringDType()), np.array([0]))
    seen = []
    for _ in range(2):
        with data_folder_is(tmp_path):
            tokens = as_inputs(family, texts, (16,), torch.device("cpu"))
        assert isinstance(tokens, Tokens)
        seen.append(tokens.ids.tolist())
        file = folder / "tokenizer.json"
        content = json.loads(file.read_text())
        vocabulary = content["model"]["vocab"]
        vocabulary["good"], vocabulary["film"] = vocabulary["film"], vocabulary["good"]
        file.write_text(json.dumps(content))
    assert seen[0] != seen[1]
    assert sorted(seen[0]) == sorted(seen[1])


@pytest.mark.parametrize("workers", [(), ("--workers", "2")])
def test_an_included_file_saved_anew_while_a_run_is_on_changes_nothing(
    workers: tuple[str, ...], tmp_path: Path, command: Command
) -> None:
    (tmp_path / "net.py").write_text(NET)
    (tmp_path / "my_width.py").write_text("WIDTH = 4\n")
    seeds = ", ".join(map(str, range(4)))
    (tmp_path / "mine.yaml").write_text(PLAN.format(seeds=seeds, suite="toy-spurious", family="my-net"))
    process = start("run", "mine.yaml", "--include", "net.py", "--out", "run", *workers, folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 0)
    (tmp_path / "my_width.py").write_text("WIDTH = 32\n")
    (tmp_path / "net.py").write_text("1 / 0\n")
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    assert {record["taps"]["0"]["neurons"] for record in records(tmp_path / "run", "score")} == {4}
    (tmp_path / "net.py").write_text(NET)
    (tmp_path / "my_width.py").write_text("WIDTH = 4\n")
    assert equal_to_the_bit(command, "--include", "net.py") == 24


def test_data_saved_anew_while_a_run_is_on_end_it_with_one_line(tmp_path: Path, command: Command) -> None:
    (tmp_path / "points.py").write_text(POINTS)
    seeds = ", ".join(map(str, range(6)))
    (tmp_path / "mine.yaml").write_text(PLAN.format(seeds=seeds, suite="flipped", family="toy-mlp"))
    write_points(tmp_path, 200, 0)
    before = (tmp_path / "data" / "points" / "points.csv").read_bytes()
    words = ("run", "mine.yaml", "--include", "points.py", "--data-dir", "data", "--out", "run")
    process = start(*words, "--workers", "2", folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 0)
    write_points(tmp_path, 240, 1)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 2, out + err
    assert "data/points has changed since this command began: start it again" in err
    assert not list((tmp_path / "run").glob("failed/*"))
    (tmp_path / "data" / "points" / "points.csv").write_bytes(before)
    done = command(*words)
    assert done.returncode == 0, done.stderr
    assert equal_to_the_bit(command, "--include", "points.py", "--data-dir", "data") == 24


@pytest.mark.long
def test_an_installed_package_saved_anew_while_a_run_is_on_ends_it(tmp_path: Path) -> None:
    site, info = tmp_path / "site", tmp_path / "site" / "stranger-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "stranger").mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[memorank.families]\nmy-net = stranger.net\n")
    (site / "stranger" / "__init__.py").touch()
    (site / "stranger" / "net.py").write_text(NET.replace("from my_width", "from stranger.my_width"))
    (site / "stranger" / "my_width.py").write_text("WIDTH = 4\n")
    seeds = ", ".join(map(str, range(6)))
    (tmp_path / "mine.yaml").write_text(PLAN.format(seeds=seeds, suite="toy-spurious", family="my-net"))
    environment = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(site)))}
    process = start("run", "mine.yaml", "--out", "run", folder=tmp_path, environment=environment)
    wait_for_cells(process, tmp_path / "run", 0)
    time.sleep(0.01)
    (site / "stranger" / "my_width.py").write_text("WIDTH = 32\n")
    out, err = process.communicate(timeout=240)
    assert process.returncode == 2, out + err
    assert "family 'my-net': its package has changed since this process has read it: start a new process" in err
    digests = {tuple(record["identity"]["sources"].values()) for record in records(tmp_path / "run", "train")}
    (digest,) = next(iter(digests))
    assert digest != hashlib.sha256((site / "stranger" / "net.py").read_bytes()).hexdigest()
    assert {record["taps"]["0"]["neurons"] for record in records(tmp_path / "run", "score")} <= {4}


@pytest.mark.parametrize("workers", [(), ("--workers", "2")])
def test_code_that_is_run_late_and_no_key_holds_costs_its_cells(
    workers: tuple[str, ...], tmp_path: Path, command: Command
) -> None:
    late = "    exec(open(__file__.replace('net', 'my_late')).read())\n    return nn.Sequential"
    (tmp_path / "net.py").write_text(
        NET.replace("from my_width import WIDTH", "WIDTH = 4").replace("    return nn.Sequential", late)
    )
    (tmp_path / "my_late.py").write_text("x = 1\n")
    (tmp_path / "mine.yaml").write_text(PLAN.format(seeds=0, suite="toy-spurious", family="my-net"))
    done = command("run", "mine.yaml", "--include", "net.py", "--out", "run", *workers)
    assert done.returncode == 1
    assert done.stderr.count("failed: toy-spurious.my-net") >= 3
    assert "my_late.py, which is neither installed nor seen in the text of the file that is included" in done.stderr


def test_a_data_set_that_reads_what_it_does_not_name_is_refused(tmp_path: Path, command: Command) -> None:
    (tmp_path / "points.py").write_text(POINTS.replace('files={"points.csv": None}', "files={}"))
    (tmp_path / "mine.yaml").write_text(PLAN.format(seeds=0, suite="flipped", family="toy-mlp"))
    write_points(tmp_path, 200, 0)
    done = command("run", "mine.yaml", "--include", "points.py", "--data-dir", "data", "--out", "run")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "data set 'points' reads points.csv, which its files={...} does not name: put it into" in done.stderr
    assert not (tmp_path / "run" / "cells").exists()
