"""What tests show: one direction after the other, each corrected by itself; exploratory ones two-sided and alone."""

import pytest

from leaderboard.rows.judgement import Effect, about, by_role, explored, judged


def effect(size: float | None, p: float, best: float = 0.001) -> Effect:
    """An effect whose p is that of the direction in which it points."""
    if size is None:
        return Effect(None, None, None, None, None)
    above, below = (p, 1.0) if size >= 0 else (1.0, p)
    return Effect(size, above, below, min(1.0, 2 * p), best)


@pytest.mark.parametrize(
    ("effects", "shown", "p"),
    [
        ([(0.9, 0.01), (0.8, 0.02)], ["yes", "yes"], [0.02, 0.02]),
        ([(0.9, 0.01), (-0.8, 0.02)], ["yes", "reversed"], [0.02, 0.04]),
        ([(0.9, 0.03), (0.1, 0.4)], ["not shown", "not shown"], [0.06, 0.4]),
        ([(-0.9, 0.02), (-0.8, 0.02), (-0.7, 0.02)], ["not shown"] * 3, [0.06, 0.06, 0.06]),
        ([(0.9, 0.03), (None, 0.0)], ["yes", "undefined"], [0.03, None]),
        ([(0.0, 0.5)], ["not shown"], [0.5]),
    ],
)
def test_each_direction_is_corrected_by_itself(
    effects: list[tuple[float | None, float]], shown: list[str], p: list[float | None]
) -> None:
    found = judged([effect(*one) for one in effects])
    assert [one.shown for one in found] == shown
    assert [one.p for one in found] == [None if value is None else pytest.approx(value) for value in p]
    assert {one.tests for one in found} == {sum(size is not None for size, _ in effects)}


def test_what_could_not_be_shown_at_best_cannot_and_never_is() -> None:
    assert [one.shown for one in judged([effect(0.9, 0.02, 0.02)] * 3)] == ["cannot"] * 3
    one, other = judged([effect(0.9, 0.004, 0.004), effect(0.9, 0.03, 0.03)])
    assert (one.shown, other.shown) == ("yes", "yes")  # the second of two is not corrected: at best both are shown
    assert other.best == pytest.approx(0.03)
    assert judged([effect(0.1, 0.4, 0.004), effect(0.9, 0.03, 0.03)])[1].shown == "not shown"


def test_tests_that_are_declared_and_have_no_p_yet_count() -> None:
    found = judged([effect(0.9, 0.01), effect(0.8, 0.02), effect(None, 0.0)], declared=4)
    assert [one.p for one in found] == [pytest.approx(0.04), pytest.approx(0.06), None]
    assert [one.shown for one in found] == ["yes", "not shown", "undefined"]
    assert {one.tests for one in found} == {4}
    assert by_role([effect(0.9, 0.02), effect(0.9, 0.04)], [True, False], declared=2)[1].p == pytest.approx(0.08)


def test_an_exploratory_test_is_two_sided_alone_and_corrects_nobody() -> None:
    assert (explored(effect(0.9, 0.02)).shown, explored(effect(0.9, 0.02)).p) == ("yes", 0.04)
    assert explored(effect(0.9, 0.03)).shown == "not shown"
    assert (explored(effect(-0.9, 0.02)).shown, explored(effect(None, 0.0)).shown) == ("reversed", "undefined")
    assert explored(effect(0.9, 0.03, 0.03)).shown == "cannot"
    first, second = by_role([effect(0.9, 0.02), effect(0.9, 0.04)], [True, False])
    assert (first.p, second.p, second.tests) == (0.04, 0.04, 1)


def test_a_claim_is_about_other_seeds_from_three_in_every_suite() -> None:
    assert about([3, 4]) == "networks of other seeds"
    assert about([3, 2]) == about([]) == "these networks"
