"""What made the numbers of one side of a comparison, as records and boards say it."""

from typing import Any

from made_comparisons import run

from leaderboard.rows.assembly import build_board
from leaderboard.rows.comparison_made import UNKNOWN, as_text, made_of_networks, said_of_board, said_of_records

SHORT = [0.0, 1.0]


def made() -> tuple[Any, Any]:
    resolved, records = run([0], conditions=SHORT)
    for record in records.values():
        record["provenance"] |= {
            "versions": {"torch": "2.1", "numpy": "2.0", "memorank": "0.1", "zlib": "1"},
            "machine": {"processor": "Xeon", "cores": 4, "host": "secret"},
            "commit": "abc",
            "data": "data-colored",
            "data_fingerprint": "0123456789abcdef" * 4,
        }
    resolved["plan"]["estimator"] = {
        "entropy": {"bins": 100},
        "samples": 50,
        "inputs": ["evaluation"],
        "scope": ["tap"],
    }
    return resolved, records


def test_records_say_settings_versions_data_and_machines_but_no_host() -> None:
    said = said_of_records(*made())
    assert said["estimator"] == {"entropy.bins": "100", "samples": "50", "inputs": "evaluation", "scope": "tap"}
    assert said["measure"] == {"mean-mi": "1", "random": "1"}
    assert said["metric"] == {"accuracy": "3"}
    assert list(said["version"].items()) == [("memorank", "0.1"), ("torch", "2.1"), ("numpy", "2.0"), ("zlib", "1")]
    assert said["data"] == {"data-colored": "0123456789ab", "data-shuffled": UNKNOWN}
    assert said["machine"] == {"machines": "Xeon, 4 cores"}
    assert "secret" not in str(said)


def test_what_moves_numbers_most_stands_first() -> None:
    order = ["estimator", "measure", "metric", "code", "data", "version", "commit", "device", "plan", "machine"]
    assert list(said_of_records(*made())) == order


def test_a_board_says_the_same_as_its_records_where_it_knows_it() -> None:
    whole, bare = said_of_records(*made()), said_of_board(build_board(*made()))
    for of in ("estimator", "data", "version", "commit"):
        assert bare[of] == whole[of]
    assert bare["measure"].keys() == whole["measure"].keys()
    assert set(bare["measure"].values()) == {UNKNOWN}
    assert "machine" not in bare


def test_networks_say_what_made_them_and_nothing_without_records() -> None:
    resolved, records = run([0], conditions=SHORT)
    assert made_of_networks(resolved, records, 0)["threads"] == 1  # type: ignore[arg-type]
    assert made_of_networks(resolved, {}, 0) == {}  # type: ignore[arg-type]


def test_a_name_that_looks_like_a_digest_is_shortened_and_no_other() -> None:
    assert as_text("a" * 40) == "a" * 12
    assert as_text("a" * 31) == "a" * 31
    assert as_text("x" * 40) == "x" * 40
    assert as_text({"b": 1, "a": [2]}) == '{"a":[2],"b":1}'
