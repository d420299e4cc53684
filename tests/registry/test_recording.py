"""What happens in a block is written into its set, and into those of the blocks around it."""

import pytest

from registry.recording import recording


def see(blocks: list[set[str]], what: str) -> None:
    for block in blocks:
        block.add(what)


def test_blocks_may_lie_in_each_other_and_each_has_what_happened_in_it() -> None:
    blocks: list[set[str]] = []
    see(blocks, "before")
    with recording(blocks) as outer:
        see(blocks, "first")
        with recording(blocks) as inner:
            see(blocks, "second")
        see(blocks, "third")
    see(blocks, "after")
    assert outer == {"first", "second", "third"}
    assert inner == {"second"}
    assert blocks == []


def test_a_block_that_ends_takes_away_its_own_set_though_another_one_is_equal() -> None:
    blocks: list[set[str]] = []
    with recording(blocks) as outer:
        with recording(blocks):
            pass  # both sets are empty, and so they are equal
        see(blocks, "later")
    assert outer == {"later"}


def test_a_block_that_fails_ends_too() -> None:
    blocks: list[set[str]] = []
    with pytest.raises(ZeroDivisionError), recording(blocks):
        raise ZeroDivisionError
    assert blocks == []
