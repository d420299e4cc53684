"""Exit 0 means that every cell of the plan is published and the board written."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from processes import committed, wait_for_cells
from real_command import ROOT, Command, finished, start

import memorank
from benchmark.process import interruption
from benchmark.run_folder import store

HEAD = "import os, threading\nfrom torch import nn\nfrom memorank import ModelFamily, Tap\n"
TAIL = (
    'FAMILY = ModelFamily(name="my-net", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")\n'
)
PLAN = "name: mine\nseeds: [0]\nsuites:\n  - {suite: toy-spurious, family: my-net}\nestimator: {sub_samples: 0}\n"
GOOD = "    return nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(), nn.Linear(8, classes))\n"
RUN = ("run", "toy", "--set", "seeds=[0]", "--set", "estimator.sub_samples=0", "--out", "run")
WORKERS = [(), ("--workers", "2")]


def family(folder: Path, body: str) -> None:
    (folder / "net.py").write_text(f"{HEAD}\ndef build(shape, classes):\n    {body}\n{GOOD}\n{TAIL}")
    (folder / "mine.yaml").write_text(PLAN)


@pytest.mark.parametrize("reader", ["true", "head -1"])
def test_a_reader_that_goes_does_not_end_the_run(reader: str, tmp_path: Path) -> None:
    read, write = os.pipe()
    process = start(*RUN, folder=tmp_path, stdout=write, stderr=write)
    os.close(write)
    subprocess.run(shlex.split(reader), stdin=read, stdout=subprocess.DEVNULL, check=True)
    os.close(read)
    assert process.wait(timeout=240) == 0
    assert len(committed(tmp_path / "run")) == 18
    assert (tmp_path / "run" / "board" / "board.json").is_file()


@pytest.mark.long
def test_closed_streams_are_no_files_to_write_over(tmp_path: Path) -> None:
    for closed in (">&-", "<&- >&- 2>&-"):
        command = ["bash", "-c", f"{shlex.join([sys.executable, '-P', '-m', 'memorank', *RUN])} {closed}"]
        done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=False)
        assert done.returncode == 0
    assert len(committed(tmp_path / "run")) == 18
    assert all(store.read_whole(tmp_path / "run", key) for key in store.published(tmp_path / "run"))


@pytest.mark.parametrize("workers", WORKERS, ids=["one", "two"])
def test_a_family_that_ends_the_process_costs_its_cells_and_is_named(
    workers: tuple[str, ...], tmp_path: Path, process: Command
) -> None:
    family(tmp_path, "os._exit(0)")
    done = process("run", "mine.yaml", "--include", "net.py", "--out", "run", *workers)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("failed: toy-spurious.my-net") >= 3
    assert "the entry's code ends the process by os._exit(0)" in done.stderr
    assert (tmp_path / "run" / "board" / "board.json").is_file()


@pytest.mark.parametrize("command", ["check", "plan", "run", "list"])
@pytest.mark.parametrize("where", ["import", "load", "make"])
def test_code_that_ends_the_process_elsewhere_ends_no_command_with_zero(
    where: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(interruption, "listen", lambda: None)
    name = f"ends-in-{where}-{command}"
    ends = {one: "os._exit(0)" if one == where else "pass" for one in ("import", "load", "make")}
    (tmp_path / "mine.py").write_text(
        f"import os\n{ends['import']}\nfrom memorank import Dataset, TaskSuite, SUITES, DATASETS\n"
        f"def load(folder):\n    {ends['load']}\n    return DATASETS['toy-blobs'].load(folder)\n"
        f"def make(data, condition, seed):\n    {ends['make']}\n"
        "    return SUITES['toy-spurious'].make(data, condition, seed)\n"
        f"DATASET = Dataset(name='{name}-data', modality='vector', load=load, reference='none: a test', licence='none',"
        " size='small', origin='generated')\n"
        f"SUITE = TaskSuite(name='{name}', kind='heuristic', modality='vector', knob='alpha', conditions=(0.0, 1.0),"
        f" datasets=('{name}-data',), default_data='{name}-data', input_shape=(2,), num_classes=2,"
        " metrics=('accuracy',), make=make, reference='none: a test')\n"
    )
    plan = f"name: mine\nseeds: [0]\nsuites:\n  - {{suite: {name}, family: toy-mlp}}\n"
    (tmp_path / "mine.yaml").write_text(plan)
    words = {"check": ["mine.py"], "list": ["suites", "--include", "mine.py"]}
    code = memorank.main([command, *words.get(command, ["mine.yaml", "--include", "mine.py"])])
    said = capsys.readouterr()
    harmless = command == "list" or (command == "plan" and where != "import")
    assert code == 0 if harmless else code in (1, 2)
    if code or where == "import":
        assert "ends the process" in said.out + said.err


def test_what_an_entry_asks_to_be_done_at_the_end_does_not_change_the_code(tmp_path: Path, process: Command) -> None:
    family(tmp_path, "raise ValueError('no')")
    net = (tmp_path / "net.py").read_text()
    (tmp_path / "net.py").write_text(f"import atexit, posix\natexit.register(posix._exit, 0)\n{net}")
    assert process("run", "mine.yaml", "--include", "net.py", "--out", "run").returncode == 1


def test_a_worker_that_ends_with_zero_in_the_middle_of_a_cell_is_a_death(tmp_path: Path, process: Command) -> None:
    family(tmp_path, "import ctypes; ctypes.CDLL(None)._exit(0)")
    done = process("run", "mine.yaml", "--include", "net.py", "--out", "run", "--workers", "2")
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("failed: toy-spurious.my-net") >= 3
    assert "its worker ended with 0" in done.stderr


LEFT_BEHIND = {
    "another folder and a copy of the process": "os.chdir('/'); os.fork()",
    "a thread that never ends": "threading.Thread(target=threading.Event().wait).start()",
}


@pytest.mark.parametrize("workers", WORKERS, ids=["one", "two"])
@pytest.mark.parametrize("body", LEFT_BEHIND.values(), ids=LEFT_BEHIND)
def test_what_a_family_leaves_behind_changes_neither_place_nor_end(
    body: str, workers: tuple[str, ...], tmp_path: Path, process: Command
) -> None:
    family(tmp_path, body)
    done = process("run", "mine.yaml", "--include", "net.py", "--out", "run", *workers)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(committed(tmp_path / "run")) == 6
    assert done.stdout.count("computed now; board in run/board") == 1


def test_cells_that_nobody_has_published_are_counted_and_named(tmp_path: Path) -> None:
    code = (
        "import sys, memorank\nfrom benchmark.run import workers\nworkers.share = lambda *given, **more: None\n"
        "sys.exit(memorank.main(['run', 'toy', '--set', 'seeds=[0]', '--out', 'run']))\n"
    )
    done = finished("-c", code, folder=tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("no worker has published it; the same command does") == 18
    assert "nothing to do" not in done.stdout


# The first network is built at once; those after it once the test has made a file, or after a minute.
UNTIL_TOLD = """import time
    latest = time.monotonic() + 60
    while os.path.exists("begun") and not os.path.exists("told") and time.monotonic() < latest:
        time.sleep(0.01)
    open("begun", "w").close()"""


def test_the_board_of_a_run_is_that_of_its_own_plan(tmp_path: Path, process: Command) -> None:
    family(tmp_path, UNTIL_TOLD)
    words = ("run", "mine.yaml", "--include", "net.py", "--out", "run", "--show", "all")
    first = start(*words, folder=tmp_path)
    wait_for_cells(first, tmp_path / "run", 0)
    second = process("run", "toy", "--set", "seeds=[7]", "--out", "run")
    assert second.returncode == 2
    assert second.stderr.startswith(f"memorank: another plan is at work in run: process {first.pid} on ")
    assert "wait for it, or choose another --out" in second.stderr
    (tmp_path / "told").touch()
    out, err = first.communicate(timeout=240)
    assert first.returncode == 0, err
    assert "6 computed now" in out
    plans = sorted((tmp_path / "run" / "plans").iterdir())
    assert len(plans) == 1
    assert f"digest {plans[0].stem}" in out
    third = process("run", "toy", "--set", "seeds=[7]", "--set", "estimator.sub_samples=0", *words[-4:])
    assert third.returncode == 0
    assert f"digest {plans[0].stem}" not in third.stdout
    assert len(list((tmp_path / "run" / "plans").iterdir())) == 2
    assert list((tmp_path / "run" / "commands").iterdir()) == []
