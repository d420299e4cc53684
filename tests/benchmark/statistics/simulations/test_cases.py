"""The cases of the tables: each board and field is one that can be simulated, and says what its name says."""

from math import prod

import pytest

from benchmark.statistics.simulations.cases import BOARDS, FIELDS
from benchmark.statistics.simulations.conditions import KINDS
from benchmark.statistics.simulations.shapes import SHAPES


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_has_data_and_a_kind_for_each_suite_and_a_shape_that_there_is(name: str) -> None:
    board, shape = BOARDS[name]
    assert len(board.conditions) == len(board.data) == len(board.kinds)
    assert set(board.kinds) <= set(KINDS)
    assert all(0 <= suite < len(board.conditions) for suite in board.undefined)
    assert shape in SHAPES


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_has_as_many_units_as_its_grid_leaves(name: str) -> None:
    field = FIELDS[name]
    if field.grid:
        assert field.units == (len(field.there) or prod(field.grid))
        assert all(0 <= place < prod(field.grid) for place in field.there)
        assert len(set(field.there)) == len(field.there)
    assert (field.unit == "levels") == bool(field.grid)
    assert not (field.grid and field.smooth)


def test_names_say_how_many_suites_share_data_and_how_many_tests_there_are() -> None:
    four, _ = BOARDS["four suites on one group of data beside seven others: trends"]
    assert (four.data.count("a"), len(set(four.data) - {"a"})) == (4, 7)
    two, _ = BOARDS["two scopes, eight tests, nine suites: trends"]
    assert (two.scopes, two.tests, len(two.conditions)) == (2, 8, 9)
    one, _ = BOARDS["one hypothesis, one kind of inputs, five suites: trends"]
    assert (one.tests, len(one.conditions)) == (1, 5)


def test_every_shape_is_tried_on_the_board_of_eight_suites() -> None:
    assert {shape for name, (_, shape) in BOARDS.items() if name.startswith("eight suites: ")} == set(SHAPES)


def test_half_of_a_grid_has_each_level_of_each_factor_equally_often() -> None:
    field = FIELDS["half of 2 x 2 x 2 x 2"]
    bits = [[place >> factor & 1 for factor in range(4)] for place in field.there]
    assert [sum(column) for column in zip(*bits, strict=True)] == [4] * 4
    assert {sum(row) % 2 for row in bits} == {0}  # what is there is the half of even parity
