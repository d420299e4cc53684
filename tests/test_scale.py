"""Ten thousand cells, 150 seeds, 300 tied models: what reads a run folder answers soon and within memory.

For ten thousand cells soon is ten seconds of the processor, and more where it is so slow or busy that plain JSON takes
long there too. What 150 seeds take is simulated boards, and not cells.
"""

import json
import os
import random
import re
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from real_command import finished, start

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.process import files
from benchmark.run_folder import store

DECAYS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
BYTES = 1e9
SECONDS = 10
PLAIN_JSON = 12  # times as long as it takes to parse ten thousand records: ten seconds where it takes .83 s


def plan(seeds: int, training: dict[str, list[float]]) -> dict[str, Any]:
    suites = ("toy-spurious", "toy-shuffled")
    return {
        "name": "many",
        "seeds": list(range(seeds)),
        "suites": [{"suite": suite, "family": "toy-mlp", "training": training} for suite in suites],
        "estimator": {"inputs": ["evaluation", "in-distribution"]},
    }


PLANS = {"10,080 cells": plan(70, {"weight_decay": DECAYS}), "150 seeds": plan(150, {})}
TIED_MODELS = {
    **plan(1, {}),
    "suites": [
        {
            "suite": "toy-spurious",
            "family": "toy-mlp",
            "conditions": [0.0, 0.25, 0.5, 0.75, 1.0],
            "recipes": {"draw": 60, "seed": 0, "weight_decay": [0.0, 0.9]},
        }
    ],
}


@pytest.fixture(scope="module", params=PLANS)
def many(request: pytest.FixtureRequest, toy_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and a run of it, with drawn numbers of two digits."""
    return made(PLANS[request.param], 2, toy_run, tmp_path_factory.mktemp("many"))


def made(content: dict[str, Any], digits: int, toy_run: Path, folder: Path) -> Path:
    """The folder, with many.yaml and its run: cells that are published as real ones are, with drawn numbers."""
    (folder / "many.yaml").write_text(json.dumps(content))
    resolved = resolve(read_plan(str(folder / "many.yaml")), folder)
    real = [json.loads(path.read_text()) for path in sorted(toy_run.glob("cells/*/record.json"))]
    outputs = next(toy_run.glob("cells/*/outputs.safetensors")).read_bytes()
    drawn = random.Random(0)
    files.write_json(folder / "run" / "plan.json", resolved.as_json())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)  # nothing is lost here if the power fails
        for cell in resolved.cells:
            record = dict(next(one for one in real if one["work"] == cell.work), identity=cell.identity)
            del record["sha256"]
            for part in ("measures", "metrics") if cell.work == "score" else ():
                record[part] = {
                    name: {**value, "value": round(drawn.random(), digits)} for name, value in record[part].items()
                }
            store.publish(
                folder / "run", cell.key, record, {"outputs.safetensors": outputs} if cell.work == "train" else {}
            )
    return folder


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of commands that find everything compiled, as those of a user do from the second one on."""
    folder = tmp_path_factory.mktemp("compiled")
    environment = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    for words in (("plan", "toy"), ("run", "toy"), ("report", "runs/toy")):
        assert finished(*words, folder=folder, from_nothing=True, environment=environment).returncode == 0
    return environment


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("plan", "many.yaml", "--out", "run"),
        ("status", "run"),
        ("report", "run"),
        ("report", "run", "--format", "html", "--out", "page"),
    ],
    ids=["plan", "status", "report", "page"],
)
def test_many_cells(words: tuple[str, ...], many: Path, compiled: dict[str, str]) -> None:
    process = start(*words, folder=many, from_nothing=True, stdout=subprocess.DEVNULL, environment=compiled)
    memory, seconds = to_the_end(process)
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.returncode == 0
    assert 0 < memory < BYTES
    cells, plain = plainly_parsed(many / "run")
    print(f"{words[0]}: {seconds:.1f} s of the processor, {memory / 1e6:.0f} MB; plain JSON: {plain:.2f} s")
    assert seconds < max(SECONDS, PLAIN_JSON * plain) or cells < 10_000
    if "page" in words:
        assert (many / "page" / "board.html").stat().st_size < 5e6


def plainly_parsed(run: Path) -> tuple[int, float]:
    """How many records a run has, and the seconds of the processor to parse them and to do nothing more."""
    texts = [path.read_bytes() for path in run.glob("cells/*/record.json")]
    before = time.process_time()
    for text in texts:
        json.loads(text)
    return len(texts), time.process_time() - before


@pytest.mark.slow
def test_the_report_of_300_tied_models(toy_run: Path, tmp_path: Path) -> None:
    """Of numbers of one digit: seconds of the processor where every two models were once compared by themselves."""
    folder = made(TIED_MODELS, 1, toy_run, tmp_path)
    process = start("report", "run", folder=folder, from_nothing=True, stdout=subprocess.DEVNULL)
    memory, seconds = to_the_end(process)
    process.stderr.close()
    assert process.returncode == 0
    assert 0 < memory < 300e6
    assert seconds < 8


def to_the_end(process: "subprocess.Popen[str]") -> tuple[int, float]:
    """The most memory in bytes that a process has held, looked at while it runs, and its seconds of the processor."""
    memory = 0
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            return memory, used.ru_utime + used.ru_stime
        with suppress(OSError):
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
            memory = int(found[1]) * 1024 if found else memory
        time.sleep(0.02)
