"""Two processes that train together: rank 0 measures, nobody waits for ever, and both end with the same network.

They meet by a file. gloo itself opens sockets between the two, so each is a process of its own, outside of pytest's.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from distributed_training import RANKS, STEPS
from distributed_training import __file__ as script

ROOT = Path(__file__).parents[3]


def trained(folder: Path, watched: str, kind: str) -> list[dict[str, Any]]:
    """What each rank prints."""
    folder.mkdir()
    own = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]), "GLOO_SOCKET_IFNAME": "lo"}
    seats = [{"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(RANKS)} for rank in range(RANKS)]
    ranks = [
        subprocess.Popen(
            [sys.executable, script, str(folder / "meeting"), seat["RANK"], watched, kind],
            env={**os.environ, **own, **seat, "MASTER_ADDR": "localhost", "MASTER_PORT": "0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seat in seats
    ]
    try:
        ended = [rank.communicate(timeout=120) for rank in ranks]
    finally:
        for rank in ranks:
            rank.kill()
    assert [rank.returncode for rank in ranks] == [0] * RANKS, [err[-2000:] for _, err in ended]
    return [json.loads(out.splitlines()[-1]) for out, _ in ended]


@pytest.mark.loopback
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["by hand", "by trainer"])
def test_rank_0_alone_measures_and_both_end_as_if_nobody_had(tmp_path: Path, kind: str) -> None:
    first, second = trained(tmp_path / "watched", "watched", kind)
    alone = trained(tmp_path / "alone", "alone", kind)
    if kind == "by hand":
        assert first["measured"] == list(range(STEPS))
    else:  # before the first step too
        assert first["measured"] == first["logged"] == list(range(2 * STEPS + 1))
    assert second["measured"] == second["logged"] == []
    shared = {
        name for name in first["weights"] if "running" not in name
    }  # each rank's own, where there is a batch norm
    assert {name: first["weights"][name] for name in shared} == {name: second["weights"][name] for name in shared}
    assert [first["weights"], second["weights"]] == [one["weights"] for one in alone]
