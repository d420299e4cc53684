"""A cell that takes far longer than its like is named, while the run goes on and by `status`."""

import io
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from made_runs import made, written

from benchmark.run import slowness
from benchmark.run_folder.leases import Leases
from leaderboard import live
from leaderboard.live import Filling
from leaderboard.status import status


def test_status_says_which_cell_at_work_takes_far_longer_than_its_like(tmp_path: Path) -> None:
    resolved, records = made()
    slow, quick = (cell["key"] for cell in resolved["cells"][-2:])
    run = written((resolved, {key: one for key, one in records.items() if key not in (slow, quick)}), tmp_path / "run")
    now = datetime.now(UTC)
    leases = Leases(run, "c")
    with leases.hold(slow, (now - timedelta(hours=2)).isoformat()), leases.hold(quick, now.isoformat()):
        lines = status(run)
    (remark,) = (number for number, line in enumerate(lines) if "times as long as others of its kind" in line)
    assert slow in lines[remark - 1]
    assert lines[remark].startswith(
        "    at work for 120 min, 7200 times as long as others of its kind; seconds_per_cell"
    )


def test_status_goes_on_where_somebody_wrote_another_time(tmp_path: Path) -> None:
    resolved, records = made()
    key = resolved["cells"][-1]["key"]
    run = written((resolved, {other: one for other, one in records.items() if other != key}), tmp_path / "run")
    for since in ("yesterday", "2026-01-01T00:00:00"):
        with Leases(run, "c").hold(key, since):
            assert any(key in line for line in status(run))


def test_a_run_says_once_of_a_cell_that_it_takes_far_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOKS", 0.02)
    monkeypatch.setattr(slowness, "LEAST", 0.2)
    resolved, _ = made()
    keys = [cell["key"] for cell in resolved["cells"] if cell["work"] == "train"]
    filling = Filling(resolved, tmp_path, stream := io.StringIO())
    with filling.over(3):
        filling.begin(keys[0])
        filling.end(keys[0])
        filling.begin(f"2 at work: {keys[1]}, {keys[2]}")
        filling.leave(keys[2])
        deadline = time.monotonic() + 20
        while "times as long" not in stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)
    said = [line for line in stream.getvalue().splitlines() if "times as long" in line]
    assert [line.partition(": ")[0] for line in said] == [keys[1]]
    assert not [thread for thread in threading.enumerate() if "_watch" in thread.name]
