"""What the tests of claims read: groups of data, and pairs of taus over what both measures have."""

from benchmark.statistics.claims import Column, Suite
from leaderboard.rows.evidence import Evidence, data_group, pair_of


def of(*taus: float | None, free: str | None = None) -> Evidence:
    return Evidence(Suite((Column([1, 2], [1, 2]),), "digits", free), taus, 3)


def test_suites_without_a_group_have_their_data_in_common() -> None:
    assert data_group({"data": "mnist", "data_group": "digits"}) == "digits"
    assert data_group({"data": "mnist", "data_group": ""}) == data_group({"data": "mnist"}) == "mnist"


def test_two_measures_are_compared_where_both_have_a_tau() -> None:
    pair = pair_of(of(1.0, 0.5, None), of(0.5, None, 0.25, free="heuristic"))
    assert pair is not None
    assert (pair.tau, pair.other, pair.data, pair.free) == (1.0, 0.5, "digits", "heuristic")
    assert pair_of(of(1.0, None), of(None, 0.5)) is None
    assert (of(1.0, 0.5, None).tau, of(None).tau) == (0.75, None)
