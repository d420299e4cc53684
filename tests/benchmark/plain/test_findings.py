"""Findings as lines."""

import pytest

from benchmark.plain.findings import FAULTS, GAPS, Finding, differs, listed


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (Finding("missing", "abc"), "missing: abc"),
        (Finding("damaged", "abc", "a byte"), "damaged: abc: a byte"),
        (differs("abc", 3), "differs: abc: 3"),
    ],
)
def test_a_finding_is_a_line(finding: Finding, line: str) -> None:
    assert str(finding) == line


def test_what_differs_is_a_fault_and_no_gap() -> None:
    assert differs("abc", "text").kind in FAULTS
    assert not FAULTS & GAPS


@pytest.mark.parametrize(
    ("count", "line"),
    [(0, ""), (1, "0"), (5, "0; 1; 2; 3; 4"), (6, "0; 1; 2; 3; 4; and 1 more"), (9, "0; 1; 2; 3; 4; and 4 more")],
)
def test_the_first_five_are_listed_and_the_others_counted(count: int, line: str) -> None:
    assert listed(range(count)) == line
