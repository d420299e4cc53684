"""What a command's time went to: shares of a whole, the greatest first, few enough to read."""

import re

import pytest

from leaderboard.pages.terminal.spent import MOST, spent


def shares(text: str) -> list[int]:
    return [int(share) for share in re.findall(r"(\d+)%", text)]


@pytest.mark.parametrize("kinds", range(1, 9))
def test_shares_fall_and_make_up_the_whole_however_many_kinds_there_are(kinds: int) -> None:
    text = spent({f"training {number}": 2.0**number for number in range(kinds)}, 1)
    found = shares(text)
    assert sum(found) == pytest.approx(100, abs=len(found) / 2)  # each is rounded
    assert len(found) == min(kinds, MOST)
    assert ("other" in text) == (kinds > MOST)
    named = found[:-1] if kinds > MOST else found
    assert named == sorted(named, reverse=True)


def test_the_kinds_that_share_other_are_the_smallest() -> None:
    text = spent({"a": 1, "b": 60, "c": 2, "d": 30, "e": 7}, 0)
    assert text == "b 60%, d 30%, e 7%, other 3%; start and board 0 s"


def test_without_a_cell_there_is_no_division_by_nothing() -> None:
    assert spent({}, 61) == "; start and board 1 min 1 s"
    assert spent({"scoring": 0.0}, 1) == "scoring 0%; start and board 1 s"
