"""Sheets about a board: what made it, what is missing, what was warned of."""

from noisy_boards import noisy, rows

from leaderboard.pages.tables.provenance import provenance


def test_what_made_the_board_has_a_row_each() -> None:
    board = noisy()
    known = {(row["item"], row["name"]): row["value"] for row in rows(board, "provenance")}
    assert known["board", "digest"] == board["digest"]
    assert known["plan", "digest"] == board["plan_digest"]
    assert {name for item, name in known if item == "version"} == set(board["made"]["versions"])
    (one,) = board["made"]["data"]
    one |= {"licence": "CC0", "fingerprints": ["12ab", "34cd"]}
    found = [(row["item"], row["value"]) for row in rows(board, "provenance", name=one["data"])]
    assert found == [("origin", one["origin"]), ("licence", "CC0"), ("fingerprint", "12ab"), ("fingerprint", "34cd")]


def test_what_is_missing_and_what_was_warned_of_has_a_row_each() -> None:
    board = noisy()
    board["missing"] = [{"key": "a", "reason": "diverged"}]
    board["warnings"] = [{"key": "b", "warning": "constant neurons"}, {"key": "b", "warning": "ties"}]
    assert rows(board, "missing") == board["missing"]
    assert rows(board, "warnings") == board["warnings"]


def test_suites_are_those_of_the_board_in_their_order() -> None:
    board = noisy(recipes=3, seeds=2)
    found = [(row["suite"], row["kind"], row["networks"]) for row in rows(board, "suites")]
    assert found == [("colored", "heuristic", 3 * 3 * 2), ("shuffled", "example-level", 3 * 3 * 2)]


def test_every_item_of_the_provenance_is_a_row() -> None:
    board = noisy()
    assert [(row["item"], row["name"], row["value"]) for row in rows(board, "provenance")] == provenance(board)
