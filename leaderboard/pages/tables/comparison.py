"""Views of a comparison: what stands in which column, as text, and what is said above and below.

In: the content of comparison.json. Out: sentences, and `Table`s of strings, for the screen and the page.
"""

from collections.abc import Sequence

from benchmark.plain.words import counted
from benchmark.statistics import LEVEL
from leaderboard.content.comparison import ComparisonContent, NumberRow, OrderRow, PooledRow, SideContent, TauRow
from leaderboard.pages.tables.table import MISSING, Table, number, probability, signed
from registry.words import condition_text

ANSWERS = {
    "difference": "A difference is shown",
    "none": "No difference is shown",
    "identical": "The same numbers",
    "cannot": "Cannot be shown with so few seeds",
    "untested": "Nothing is tested",
}
HOLDS = {"records": "every network", "board": "the board alone", "paper": "the taus alone"}
DIGITS = 3


def heading(content: ComparisonContent) -> str:
    """What is compared with what."""
    both = len({(row["suite"], row["data"], row["family"]) for row in (*content["taus"], *content["numbers"])})
    return f"{content['a']['said']} (A) against {content['b']['said']} (B): {counted(both, 'suite', 'suites')} in both"


def about_side(side: SideContent) -> str:
    """Which plan a side is, and what is known of it."""
    networks = f", {counted(side['networks'], 'network', 'networks')}" if side["networks"] is not None else ""
    plan = side["plan"] if side["holds"] == "paper" else f"plan {side['plan']}"
    return f"{plan}: {counted(side['suites'], 'suite', 'suites')}{networks}; known is {HOLDS[side['holds']]}"


def settings_said(content: ComparisonContent) -> list[str]:
    """Each setting that differs in a line, then the suites that only one side has."""
    rows = [f"{row['of']} {row['name']}: {row['a']} in A, {row['b']} in B" for row in content["settings"]]
    for side in ("A", "B"):
        alone = [f"{row['suite']} with {row['family']}" for row in content["only"] if row["side"] == side]
        rows += [f"only {side} has {', '.join(alone)}"] if alone else []
    return rows


def tau_table(rows: Sequence[TauRow], title: str = "Taus") -> Table:
    """Tau of each measure with each metric on both sides."""
    head = ("suite", "metric", "measure", "inputs", "n", "A", "B", "A - B", "same sign", "p", "corrected")
    body = [
        [
            _suite(row["suite"], row["recipe"]),
            row["metric"],
            _marked(row["measure"], row["role"]),
            row["inputs"],
            str(row["n"]),
            _with_ends(row["tau_a"], row["low_a"], row["high_a"]),
            _with_ends(row["tau_b"], row["low_b"], row["high_b"]),
            signed(row["difference"]),
            _yes(row["same_sign"]),
            probability(row["p"]),
            corrected(row["p_corrected"]),
        ]
        for row in rows
    ]
    return Table(title, head, body)


def pooled_table(rows: Sequence[PooledRow]) -> Table:
    """All suites together."""
    head = ("number", "of", "inputs", "suites", "A", "B", "A - B", "p", "corrected")
    body = [
        [
            _marked(row["name"], row["role"]),
            row["of"],
            row["inputs"] or MISSING,
            str(row["suites"]),
            signed(row["a"]),
            signed(row["b"]),
            signed(row["difference"]) + (" sd" if row["of"] == "means" else ""),
            probability(row["p"]),
            corrected(row["p_corrected"]),
        ]
        for row in rows
    ]
    return Table("All suites together", head, body)


def order_table(rows: Sequence[OrderRow]) -> Table:
    """How both sides order the conditions by each number, and the mean difference over the conditions."""
    head = ("suite", "number", "inputs", "n", "order", "swaps", "beyond noise", "A - B", "p", "corrected")
    body = [
        [
            _suite(row["suite"], row["recipe"]),
            _marked(row["name"], row["role"]),
            row["inputs"] or MISSING,
            str(row["n"]),
            {True: "same", False: "other", None: MISSING}[row["same_order"]],
            _count(row["swaps"]),
            _count(row["beyond_noise"]),
            difference(row["difference"]),
            probability(row["p"]),
            corrected(row["p_corrected"]),
        ]
        for row in rows
    ]
    return Table("Orders, and means over the conditions", head, body)


def number_table(rows: Sequence[NumberRow], title: str) -> Table:
    """Each number of each condition, and how far its difference errs."""
    head = ("condition", "number", "inputs", "A", "B", "A - B", "95 % interval", "seeds", "p", "corrected")
    body = [
        [
            condition_text(row["condition"]),
            _marked(row["name"], row["role"]),
            row["inputs"] or MISSING,
            number(row["mean_a"], DIGITS),
            number(row["mean_b"], DIGITS),
            difference(row["difference"]) + ("" if row["error"] is None else f" ±{number(row['error'], DIGITS)}"),
            MISSING if row["low"] is None else f"{difference(row['low'])} to {difference(row['high'])}",
            f"{row['seeds_a']} and {row['seeds_b']}{', paired' if row['paired'] else ''}",
            probability(row["p"]),
            corrected(row["p_corrected"]),
        ]
        for row in rows
    ]
    return Table(title, head, body)


def setting_table(content: ComparisonContent) -> Table:
    """What differs in the way both were made."""
    rows = [(f"{row['of']}: {row['name']}", row["a"], row["b"]) for row in content["settings"]]
    return Table("What was done otherwise", ("setting", "A", "B"), rows)


def corrected(p: float | None) -> str:
    """A corrected p, marked where it shows a difference.

    >>> corrected(0.04), corrected(0.4), corrected(None)
    ('.040*', '.400', '-')
    """
    return probability(p) + ("*" if p is not None and p <= LEVEL else "")


def difference(value: float | None) -> str:
    """A difference with its sign, and 0 where it is exactly that.

    >>> difference(0.0), difference(0.0004), difference(-1.5), difference(None)
    ('0', '+0.000', '-1.500', '-')
    """
    if value is None:
        return MISSING
    return "0" if value == 0 else f"{value:+.{DIGITS}f}"


def _with_ends(tau: float | None, low: float | None, high: float | None) -> str:
    return signed(tau) if low is None or high is None else f"{signed(tau)} ({signed(low)} to {signed(high)})"


def _marked(name: str, role: str) -> str:
    return f"{name} (placebo)" if role == "placebo" else f"{name} (needs labels)" if role == "yardstick" else name


def _suite(suite: str, recipe: str) -> str:
    return f"{suite} {recipe}".strip()


def _yes(value: bool | None) -> str:
    return MISSING if value is None else "yes" if value else "no"


def _count(value: int | None) -> str:
    return MISSING if value is None else str(value)
