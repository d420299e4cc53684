"""What a worker's process does at its start, and how its end is told."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.process import worker_process
from benchmark.process.worker_process import death, share_gpus

ROOT = Path(__file__).parents[3]


def seen(number: int) -> str | None:
    """The GPUs that worker `number` may see, where this process may see what the environment says."""
    before = os.environ.get("CUDA_VISIBLE_DEVICES")
    share_gpus(number)
    found = os.environ.get("CUDA_VISIBLE_DEVICES")
    os.environ.pop("CUDA_VISIBLE_DEVICES", None)
    if before is not None:
        os.environ["CUDA_VISIBLE_DEVICES"] = before
    return found


def test_workers_have_the_visible_gpus_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "4,GPU-abc,7")
    assert [seen(number) for number in range(5)] == ["4", "GPU-abc", "7", "4", "GPU-abc"]


def test_where_none_are_named_those_of_the_machine_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    devices = [Path("/dev/nvidia0"), Path("/dev/nvidia1")]
    monkeypatch.setattr(worker_process.Path, "glob", lambda path, pattern: devices)
    assert [seen(number) for number in range(3)] == ["0", "1", "0"]
    devices.clear()
    assert seen(0) is None


def test_all_that_a_process_prints_goes_to_its_log(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "1.txt"
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom benchmark.process.worker_process import write_to\n"
        f"print('before')\nwrite_to(Path({str(log)!r}))\nprint('out', flush=True)\n"
        "print('err', file=sys.stderr)\nos.write(1, b'library\\n')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        assert (done.stdout, done.stderr) == ("before\n", "")
    assert log.read_text() == 2 * "out\nerr\nlibrary\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "ended with 0"),
        (3, "ended with 3"),
        (None, "ended with None"),
        (-signal.SIGTERM, "was killed by SIGTERM"),
        (-signal.SIGSEGV, "was killed by SIGSEGV"),
        (-signal.SIGKILL, "was killed by SIGKILL (the system does so where memory is short)"),
    ],
)
def test_an_end_is_told_by_its_code_or_signal(code: int | None, words: str) -> None:
    assert death(code) == words
