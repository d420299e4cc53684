"""The numbers that a ranking cites are those of the page that it names."""

import re
from pathlib import Path

import pytest

from benchmark.ranking.trust import PAGE, SEEN, trust
from registry import Kind

ROOT = Path(__file__).parents[3]


def cells(table: str, row: str) -> list[str]:
    """The cells of a row of the table that begins with a word, without the row's own name."""
    text = (ROOT / PAGE).read_text().split(f"| {table} |")[1]
    line = next(line for line in text.splitlines() if line.startswith(f"| {row} |"))
    return [cell.strip() for cell in line.strip("|").split("|")[1:]]


@pytest.mark.parametrize(("kind", "column"), [("heuristic", 0), ("example-level", 2)])
def test_they_are_those_of_the_page(kind: Kind, column: int) -> None:
    seen = SEEN[kind]
    across = [float(number) for number in re.findall(r"-?\d?\.\d+", cells("across", "mean-mi")[column])]
    assert across == [seen.across, seen.lowest, seen.highest]
    assert float(cells("within", "mean-mi")[column].split(",")[0]) == seen.within
    assert f"{seen.across:+.2f}" in trust(kind)[0]
    assert f"{seen.within:+.2f}" in trust(kind)[1]


def test_the_wrong_way_has_the_corrected_p_of_the_page() -> None:
    assert "(-.36, p .017 after Holm" in " ".join((ROOT / PAGE).read_text().split())
    assert SEEN["heuristic"].shown.endswith("p .017")
