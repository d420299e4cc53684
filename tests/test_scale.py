"""Ten thousand cells, and 150 seeds of few: what reads a run folder answers within a gigabyte, however many ties."""

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
from real_command import start

from benchmark import store
from benchmark.cells import resolve
from benchmark.plan import read_plan

DECAYS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
BYTES = 1e9


def plan(seeds: int, training: dict[str, list[float]]) -> dict[str, Any]:
    suites = ("toy-spurious", "toy-shuffled")
    return {
        "name": "many",
        "seeds": list(range(seeds)),
        "suites": [{"suite": suite, "family": "toy-mlp", "training": training} for suite in suites],
        "estimator": {"inputs": ["evaluation", "in-distribution"]},
    }


PLANS = {"10,080 cells": plan(70, {"weight_decay": DECAYS}), "150 seeds": plan(150, {})}


@pytest.fixture(scope="module", params=PLANS)
def many(request: pytest.FixtureRequest, toy_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and a run of it, published as real cells are, with drawn numbers of two digits."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "many.yaml").write_text(json.dumps(PLANS[request.param]))
    resolved = resolve(read_plan(str(folder / "many.yaml")), folder)
    real = [json.loads(path.read_text()) for path in sorted(toy_run.glob("cells/*/record.json"))]
    outputs = next(toy_run.glob("cells/*/outputs.safetensors")).read_bytes()
    drawn = random.Random(0)
    store.write_json(folder / "run" / "plan.json", resolved.as_json())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)  # nothing is lost here if the power fails
        for cell in resolved.cells:
            record = dict(next(one for one in real if one["work"] == cell.work), identity=cell.identity)
            del record["sha256"]
            for part in ("measures", "metrics") if cell.work == "score" else ():
                record[part] = {
                    name: {**value, "value": round(drawn.random(), 2)} for name, value in record[part].items()
                }
            store.publish(
                folder / "run", cell.key, record, {"outputs.safetensors": outputs} if cell.work == "train" else {}
            )
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("words", [("plan", "many.yaml", "--out", "run"), ("status", "run"), ("report", "run")])
def test_many_cells(words: tuple[str, ...], many: Path) -> None:
    process = start(*words, folder=many, stdout=subprocess.DEVNULL)
    memory = to_the_end(process)
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.returncode == 0
    assert 0 < memory < BYTES


def to_the_end(process: "subprocess.Popen[str]") -> int:
    """The most memory in bytes that a process has held, looked at while it runs."""
    memory = 0
    while True:
        ended, status = os.waitpid(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            return memory
        with suppress(OSError):
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
            memory = int(found[1]) * 1024 if found else memory
        time.sleep(0.02)
