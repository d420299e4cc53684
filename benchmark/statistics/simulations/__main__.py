"""Print the tables of false claims and of power in Markdown."""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from tabulate import tabulate

from benchmark.statistics.chances import PLACEBO, SELECTION, TAU
from benchmark.statistics.simulations.cases import BOARDS, FIELDS
from benchmark.statistics.simulations.conditions import EFFECT, Rates, false_leads, false_orders
from benchmark.statistics.simulations.power import ORDERED, RANKED, SUITES, of_size
from benchmark.statistics.simulations.selection import false_selections

SIMULATED = 2000
Row = tuple[str, ...]


def main(boards: int = SIMULATED) -> None:
    """Power, then each kind of claim in a table of its own, for so many boards in each row."""
    print(f"{boards:,} simulated boards a row. Printed by `python -m benchmark.statistics.simulations`.")
    _table(
        f"Power of a measure of tau {share(TAU)}",
        ("suites", "groups of data", "conditions", "orders", f"beats a placebo of tau {share(PLACEBO)}"),
        (_ordered(*size, boards) for size in ORDERED),
    )
    _table(
        f"Power of a selection at r = {share(SELECTION)}, five conditions",
        ("ranked", "suites", "in a given suite", "in at least one"),
        (_selected(ranked, suites, boards) for ranked in RANKED for suites in SUITES),
    )
    _false(
        "False claims: orders the conditions",
        ("boards without an effect", "orders, %", "the other way, %"),
        ((name, partial(false_orders, *case, boards)) for name, case in BOARDS.items()),
    )
    _false(
        f"False claims: beats a placebo that is as good (tau {share(EFFECT)})",
        ("boards on which both are as good", "beats, %", "is beaten, %"),
        ((name, partial(false_leads, *case, boards)) for name, case in BOARDS.items()),
    )
    _false(
        "False claims: beats a placebo where neither has an effect",
        ("boards without an effect", "beats, %", "is beaten, %"),
        ((name, partial(false_leads, *case, boards, 0.0)) for name, case in BOARDS.items()),
    )
    _false(
        "False claims: selects within a condition",
        ("recipes or seeds without an effect", "selects, %", "the other way, %"),
        ((name, partial(false_selections, field, boards)) for name, field in FIELDS.items()),
    )


def _ordered(suites: int, groups: int, conditions: int, boards: int) -> Row:
    found = of_size(suites, groups, conditions, boards)
    return str(suites), str(groups), str(conditions), share(found.orders or 0.0), share(found.beats or 0.0)


def _selected(ranked: str, suites: int, boards: int) -> Row:
    found = of_size(suites, suites, 5, boards, **RANKED[ranked])
    given = sum(found.selects.values()) / len(found.selects)
    return ranked, str(suites), share(given), share(found.selects_once or 0.0)


def _false(title: str, head: Sequence[str], cases: Iterable[tuple[str, Callable[[], Rates]]]) -> None:
    rates = ((name, simulated()) for name, simulated in cases)
    _table(title, head, ((name, f"{100 * found.above:.1f}", f"{100 * found.below:.1f}") for name, found in rates))


def share(value: float) -> str:
    """A probability or a tau in two digits.

    >>> share(0.8), share(1.0)
    ('.80', '1.00')
    """
    return f"{value:.2f}".removeprefix("0")


def _table(title: str, head: Sequence[str], rows: Iterable[Row]) -> None:
    print(f"\n### {title}\n\n{tabulate(list(rows), head, 'github', disable_numparse=True)}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
