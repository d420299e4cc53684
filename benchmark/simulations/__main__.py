"""Print the tables of false claims in Markdown."""

import sys
from collections.abc import Callable, Iterable
from functools import partial

from tabulate import tabulate

from benchmark.simulations.cases import BOARDS, FIELDS
from benchmark.simulations.conditions import EFFECT, Rates, false_leads, false_orders
from benchmark.simulations.selection import false_selections

SIMULATED = 2000


def main(boards: int = SIMULATED) -> None:
    """Each kind of claim in a table of its own, for so many boards in each row."""
    print(f"False claims in {boards:,} simulated boards a row, in %. Printed by `python -m benchmark.simulations`.")
    placebo = "placebo of the same shape"
    _table(
        "Orders the conditions",
        ("boards without an effect", "orders", "orders the other way"),
        ((name, partial(false_orders, *case, boards)) for name, case in BOARDS.items()),
    )
    _table(
        f"Beats a placebo, which is as good: {placebo}, tau {EFFECT:.1f}".replace("0.", "."),
        ("boards", "beats", "is beaten"),
        ((name, partial(false_leads, *case, boards)) for name, case in BOARDS.items()),
    )
    _table(
        f"Beats a placebo, where neither has an effect: {placebo}",
        ("boards", "beats", "is beaten"),
        ((name, partial(false_leads, *case, boards, 0.0)) for name, case in BOARDS.items()),
    )
    _table(
        "Selects within a condition",
        ("recipes or seeds", "selects", "selects the other way"),
        ((name, partial(false_selections, field, boards)) for name, field in FIELDS.items()),
    )


def _table(title: str, head: tuple[str, str, str], cases: Iterable[tuple[str, Callable[[], Rates]]]) -> None:
    rows = []
    for name, rates in cases:
        found = rates()
        rows.append((name, f"{100 * found.above:.1f}", f"{100 * found.below:.1f}"))
    print(f"\n### {title}\n\n{tabulate(rows, head, 'github', disable_numparse=True)}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
