"""Ten thousand cells: what reads a run folder answers within ten seconds and a gigabyte."""

import json
import os
import random
import re
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from real_command import start

from benchmark import store
from benchmark.cells import resolve
from benchmark.plan import read_plan

DECAYS = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
PLAN = {
    "name": "many",
    "seeds": list(range(70)),
    "suites": [
        {"suite": suite, "family": "toy-mlp", "training": {"weight_decay": DECAYS}}
        for suite in ("toy-spurious", "toy-shuffled")
    ],
    "estimator": {"inputs": ["evaluation", "in-distribution"]},
}
SECONDS, BYTES = 10, 1e9


@pytest.fixture(scope="module")
def many(toy_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan of 10,080 cells and a run of it, published as real cells are, with drawn numbers."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "many.yaml").write_text(json.dumps(PLAN))
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
                record[part] = {name: {**value, "value": drawn.random()} for name, value in record[part].items()}
            store.publish(
                folder / "run", cell.key, record, {"outputs.safetensors": outputs} if cell.work == "train" else {}
            )
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("words", [("plan", "many.yaml", "--out", "run"), ("status", "run"), ("report", "run")])
def test_ten_thousand_cells(words: tuple[str, ...], many: Path) -> None:
    process = start(*words, folder=many, stdout=subprocess.DEVNULL)
    spent, memory = to_the_end(process)
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.returncode == 0
    assert spent < SECONDS
    assert 0 < memory < BYTES


def to_the_end(process: "subprocess.Popen[str]") -> tuple[float, int]:
    """The seconds of processor time that a process takes, and the most memory in bytes, looked at while it runs."""
    memory = 0
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            return usage.ru_utime + usage.ru_stime, memory
        with suppress(OSError):
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
            memory = int(found[1]) * 1024 if found else memory
        time.sleep(0.02)
