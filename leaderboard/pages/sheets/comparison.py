"""The sheets of a comparison: what its CSV files and DataFrames have, one number a cell.

In: the content of comparison.json. Out: rows of plain values. A difference is always A less B.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from leaderboard.content.comparison import ComparisonContent
from leaderboard.pages.sheets.shapes import DATA, FAMILY, INPUTS, MEASURE, METRIC, RECIPE, SCOPE, SUITE, Column

Name = Literal["taus", "pooled", "orders", "numbers", "settings", "only"]

ROLE = Column("role", "text", "hypothesis, measure, yardstick (needs labels) or placebo")
IS = Column("is", "text", "whether the number is a measure or a metric; a metric has no inputs and scope")
NAME = Column("name", "text", "the measure or metric")
P = (
    Column("p", "number", "two-sided p of the difference by itself, from exchanges of networks; empty where untested"),
    Column("p_corrected", "number", "the same, corrected for all differences of the comparison"),
)
PLACE = (SUITE, DATA, FAMILY, RECIPE, INPUTS, SCOPE)


@dataclass(frozen=True)
class ComparisonSheet:
    """A flat table of a comparison: what a row of it is, and its columns."""

    name: Name
    about: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def values(self, content: ComparisonContent) -> list[list[object]]:
        """The cells of every row, in the order of the columns; None where a value is missing."""
        rows: Sequence[Mapping[str, object]] = content[self.name]
        return [[None if row[name] == "" else row[name] for name in self.names] for row in rows]


def _tau(side: str) -> tuple[Column, ...]:
    low, high = f"low_{side.lower()}", f"high_{side.lower()}"
    return (
        Column(f"tau_{side.lower()}", "number", f"tau of {side} over these conditions"),
        Column(low, "number", f"lower end of where tau of {side} lies with other seeds (95 %)"),
        Column(high, "number", "the upper end"),
    )


TAUS = ComparisonSheet(
    "taus",
    "One row for each suite, recipe, inputs, scope, metric and measure that both sides have.",
    (
        *PLACE,
        METRIC,
        MEASURE,
        ROLE,
        Column("n", "count", "how many conditions tau is over: those that both sides have"),
        *_tau("A"),
        *_tau("B"),
        Column("difference", "number", "tau of A less tau of B"),
        Column("same_sign", "yes or no", "whether both taus have the same sign"),
        *P,
    ),
)
POOLED = ComparisonSheet(
    "pooled",
    "One row for each number that two suites or more have: all suites together.",
    (
        INPUTS,
        SCOPE,
        Column("of", "text", "taus, or means over the conditions"),
        NAME,
        ROLE,
        Column("suites", "count", "how many suites"),
        Column("a", "number", "the pooled tau of A; empty for means"),
        Column("b", "number", "the pooled tau of B; empty for means"),
        Column("difference", "number", "their difference; of means the mean of the suites' standardized differences"),
        *P,
    ),
)
ORDERS = ComparisonSheet(
    "orders",
    "One row for each number of each suite: how both sides order the conditions by it.",
    (
        *PLACE,
        IS,
        NAME,
        ROLE,
        Column("n", "count", "how many conditions both sides have"),
        Column("tau", "number", "tau between the means of A and of B: 1 where both order them alike"),
        Column("same_order", "yes or no", "whether the order is the same, ties too"),
        Column("swaps", "count", "by how many swaps of neighbours the orders differ"),
        Column("beyond_noise", "count", "how many of these are of conditions that both sides know to differ"),
        Column("difference", "number", "the mean over the conditions of the mean of A less that of B"),
        *P,
    ),
)
NUMBERS = ComparisonSheet(
    "numbers",
    "One row for each number of each condition that both sides have.",
    (
        *PLACE,
        IS,
        Column("condition", "text", "the condition"),
        NAME,
        ROLE,
        Column("seeds_a", "count", "networks of A"),
        Column("seeds_b", "count", "networks of B"),
        Column("mean_a", "number", "mean over the networks of A"),
        Column("mean_b", "number", "mean over the networks of B"),
        Column("difference", "number", "mean of A less mean of B"),
        Column("error", "number", "standard error of the difference"),
        Column("df", "number", "its degrees of freedom, empty for the normal distribution"),
        Column("low", "number", "lower end of the 95 % interval of the difference"),
        Column("high", "number", "the upper end"),
        Column("paired", "yes or no", "whether networks of one seed were compared with each other"),
        Column(
            "about", "text", "conditions: other networks too; networks: these alone, as a side has fewer than three"
        ),
        *P,
    ),
)
SETTINGS = ComparisonSheet(
    "settings",
    "One row for each setting that differs, the most important first.",
    (
        Column("of", "text", "estimator, measure, metric, code, data, suite, training, plan, version, commit, ..."),
        Column("name", "text", "which one, and in brackets the suites that it is of"),
        Column("a", "text", "what it is in A"),
        Column("b", "text", "what it is in B"),
    ),
)
ONLY = ComparisonSheet(
    "only",
    "One row for each suite that only one side has.",
    (Column("side", "text", "A or B"), SUITE, DATA, FAMILY),
)
COMPARISON_SHEETS = {sheet.name: sheet for sheet in (TAUS, POOLED, ORDERS, NUMBERS, SETTINGS, ONLY)}
