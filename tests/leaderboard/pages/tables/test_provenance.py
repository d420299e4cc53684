"""What made a board, as items: nested settings by names with dots, several values of one name in one row."""

from typing import Any

from leaderboard.pages.tables.provenance import estimator_said, provenance, provenance_tables

MADE = {
    "versions": {"torch": ["2.8", "2.9"], "memorank": ["0.1"]},
    "commits": ["abc"],
    "devices": ["cpu"],
    "threads": [1, 2],
    "seeds": [0],
    "sources": {"family my-net": ["12ab"]},
    "data": [{"data": "digits", "origin": "stand-in", "licence": "CC0", "fingerprints": ["f1", "f2"]}],
}
BOARD: dict[str, Any] = {
    "schema": 3,
    "digest": "d" * 8,
    "plan": "mine",
    "plan_digest": "p" * 8,
    "estimator": {"mi": {"kind": "nearest", "k": 3}, "inputs": ["a", "b"], "scope": []},
    "made": MADE,
}


def test_every_item_stands_in_its_order() -> None:
    assert provenance(BOARD) == [
        ("board", "schema", "3"),
        ("board", "digest", "dddddddd"),
        ("plan", "name", "mine"),
        ("plan", "digest", "pppppppp"),
        ("estimator", "mi.kind", "nearest"),
        ("estimator", "mi.k", "3"),
        ("estimator", "inputs", "a and b"),
        ("estimator", "scope", "none"),
        ("version", "torch", "2.8"),
        ("version", "torch", "2.9"),
        ("version", "memorank", "0.1"),
        ("commit", "", "abc"),
        ("device", "", "cpu"),
        ("threads", "", "1"),
        ("threads", "", "2"),
        ("seed", "", "0"),
        ("origin", "digits", "stand-in"),
        ("licence", "digits", "CC0"),
        ("fingerprint", "digits", "f1"),
        ("fingerprint", "digits", "f2"),
        ("source", "family my-net", "12ab"),
    ]


def test_a_trial_says_its_limit() -> None:
    assert ("plan", "limit", "50") in provenance({**BOARD, "limit": 50})


def test_values_of_one_name_share_a_row_of_the_table() -> None:
    (table,) = provenance_tables(BOARD)
    rows = {(item, name): value for item, name, value in table.rows}
    assert rows["version", "torch"] == "2.8, 2.9"
    assert rows["threads", ""] == "1, 2"
    assert rows["fingerprint", "digits"] == "f1, f2"


def test_a_board_without_settings_of_its_estimator_says_so() -> None:
    assert estimator_said({"estimator": {}}) == "Estimator, by its settings in the plan: none."
