"""What made a board: what the records say, never what reports them; no clock, host or path."""

import json
from typing import Any

from made_boards import records, resolved

from benchmark.plain.canonical import canonical
from leaderboard.rows.assembly import board_digest, build_board
from leaderboard.rows.provenance import cost

MACHINE = {"host": "secret-host", "processor": "a processor", "cores": 2, "system": "a system"}


def with_origins() -> tuple[dict[str, Any], dict[str, Any]]:
    """A plan and its records, made by two versions at two times."""
    plan = resolved()
    found = records(plan)
    for number, record in enumerate(found.values()):
        record["provenance"] = {
            "versions": {"memorank": "0.0.9" if number % 2 else "0.0.8", "torch": "2.0", "datasets": None},
            "commit": "b" * 40 if number % 2 else "a" * 40,
            "device": "cpu",
            "threads": 1,
            "data": "digits",
            "data_fingerprint": "f" * 64,
            "sources": {"family mlp": "0" * 64},
            "started": f"2026-01-0{1 + number % 3}T00:00:00+00:00",
            "seconds": 2.0,
            "peak_memory": 1000 + number,
            "machine": MACHINE,
            "process": 4242,
        }
    return plan, found


def test_a_board_says_what_its_records_say() -> None:
    made = build_board(*with_origins())["made"]
    assert made["versions"] == {"datasets": [], "memorank": ["0.0.8", "0.0.9"], "torch": ["2.0"]}
    assert made["commits"] == ["a" * 40, "b" * 40]
    assert (made["devices"], made["threads"], made["seeds"]) == (["cpu"], [1], [0])
    assert made["data"] == [{"data": "digits", "origin": "stand-in", "licence": "", "fingerprints": ["f" * 64]}]
    assert made["sources"] == {"family mlp": ["0" * 64]}


def test_no_clock_and_no_host_stand_in_a_board_and_what_it_cost_stands_beside() -> None:
    plan, found = with_origins()
    text = json.dumps(build_board(plan, found))
    assert not any(word in text for word in ("2026-01", "secret-host", "a processor", "4242"))
    spent = cost(found)
    assert spent == {
        "machines": ["a processor, 2 cores, a system"],
        "first": "2026-01-01T00:00:00+00:00",
        "last": "2026-01-03T00:00:00+00:00",
        "seconds": 2.0 * len(found),
        "peak_memory": 999 + len(found),
    }
    keys = list(found)[:2]
    for key, seconds in zip(keys, (1.0, 3.0), strict=True):
        found[key]["provenance"]["parts"] = {"measure mean-mi": seconds, "reading spectra": 0.5}
    assert cost(found)["parts"] == [
        {"part": "measure mean-mi", "mean": 2.0, "most": 3.0, "scores": 2},
        {"part": "reading spectra", "mean": 0.5, "most": 0.5, "scores": 2},
    ]
    assert cost({}) is None
    assert cost(records(resolved())) is None


def test_the_digest_is_that_of_the_rest_of_the_file() -> None:
    board = json.loads(json.dumps(build_board(*with_origins())))
    assert list(board)[-1] == "digest"
    assert board_digest(board) == board["digest"]
    board["models"][0]["measures"]["mean-mi"]["mean"] += 1e-12
    assert board_digest(board) != board["digest"]


def test_a_board_of_a_plan_by_hand_is_plain_data() -> None:
    assert canonical(build_board(*with_origins()))
