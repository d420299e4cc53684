"""Which cells are drawn to be computed again, and what is said of how likely a forged number is found."""

from dataclasses import dataclass
from math import sqrt

import pytest

from benchmark.inspection.recomputation import EQUAL, WITHIN, drawn, probability, summary
from benchmark.plain.findings import Finding
from benchmark.process.provenance import environment

DRAWS = 6000


@dataclass(frozen=True)
class Drawable:
    """What the drawing and the summary read of a cell."""

    key: str


def cells(count: int) -> list[Drawable]:
    return [Drawable(f"cell-{number}") for number in range(count)]


@pytest.mark.parametrize(("count", "of"), [(1, 7), (3, 54), (5, 61)])
def test_every_cell_is_drawn_as_often_as_the_stated_probability_says(count: int, of: int) -> None:
    there = cells(of)
    times = dict.fromkeys(there, 0)
    for seed in range(DRAWS):
        for cell in drawn(there, count, seed):
            times[cell] += 1
    stated = probability(count, of)
    deviation = sqrt(DRAWS * stated * (1 - stated))
    assert all(abs(found - DRAWS * stated) < 4.5 * deviation for found in times.values())


def test_all_are_drawn_where_all_are_asked_for() -> None:
    there = cells(9)
    assert drawn(there, None, 1) == there
    assert drawn(there, 20, 1) == there
    assert probability(20, 9) == 1.0


def said(count: int, of: int, elsewhere: int = 0, failed: int = 0) -> str:
    there = cells(of)
    chosen = drawn(there, count, 4)
    other = {"machine": {}, "versions": {}}
    records = {
        cell.key: {"provenance": other if number < elsewhere else environment()} for number, cell in enumerate(there)
    }
    found = [Finding(WITHIN if elsewhere else EQUAL, cell.key) for cell in chosen[failed:]]
    found += [Finding("not checked", cell.key) for cell in chosen[:failed]]
    return "\n".join(map(str, summary(there, chosen, found, records, 4)))


def test_the_summary_says_how_likely_a_forged_number_is_found() -> None:
    text = said(3, 60)
    assert "computed again: 3 of 60 cells: 3 equal to the bit (--cells 3 --seed 4 draws the same)" in text
    assert text.splitlines()[-1] == (
        "probability: if one number in the 60 cells of this machine and these versions were forged, this check would "
        "have found it with a probability of 5.00 % (3 of 60 cells computed again); 59 such checks find it with 95 %, "
        "and --all finds it for certain"
    )
    assert 1 - 0.95**59 > 0.95 > 1 - 0.95**58
    assert said(60, 60).endswith("were forged, this check would have found it for certain")
    assert "tolerance" not in text


def test_the_summary_claims_nothing_exact_of_cells_made_elsewhere() -> None:
    text = said(3, 60, elsewhere=60)
    assert "probability" not in text
    assert "60 of the 60 cells say that another machine or other versions made them" in text
    assert "if one number in the 50 cells of this machine" in said(3, 60, elsewhere=10)


def test_a_cell_that_cannot_be_computed_is_not_counted_as_checked() -> None:
    text = said(4, 60, failed=1)
    assert "computed again: 4 of 60 cells: 3 equal to the bit, 1 not (--cells 4" in text
    assert "a probability of 5.00 % (3 of 60 cells computed again)" in text
    assert "probability" not in said(2, 60, failed=2)
    assert "for certain" not in said(60, 60, failed=1).replace("--all finds it for certain", "")
