"""The rows of the board of measures: how each measure orders the networks of each suite's panel.

In: nothing. Out: the types of the rows; docs/results.md says what each of their columns means.
"""

from typing import Literal

from typing_extensions import TypedDict

from leaderboard.content.taus import SuiteColumns
from registry import Kind

Role = Literal["hypothesis", "rival", "placebo", "yardstick", "baseline"]
Way = Literal["across", "within", "all"]  # the conditions, the recipes of one condition, all networks at once
WAYS: tuple[Way, ...] = ("across", "within", "all")


class Ordered(TypedDict):
    """How a measure orders networks in one way: tau, its two-sided p by itself and corrected, or why there is none."""

    tau: float | None
    p: float | None
    p_holm: float | None
    reason: str | None


class PanelColumns(SuiteColumns):
    """How a measure orders the panel of one suite as one metric does."""

    kind: Kind
    metric: str
    across: Ordered
    within: Ordered
    all: Ordered
    recipe_null: float | None
    regret: float | None
    chance_regret: float | None
    wrong: list[Way]


class MeanTaus(TypedDict):
    """Means over the suites of one kind of memorization."""

    across: float | None
    within: float | None
    all: float | None


class MeasureRow(TypedDict):
    """All that a board of measures says of one measure on one kind of inputs and scope."""

    inputs: str
    scope: str
    measure: str
    role: Role
    needs: list[str]
    panels: list[PanelColumns]
    means: dict[Kind, MeanTaus]
    weakest: float | None
    partial: bool
    groups: list[int]
