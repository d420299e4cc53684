"""The rows of a board that hold taus and what is claimed from them.

In: nothing. Out: the types of the rows; docs/results.md says what each of their columns means.
"""

from typing import Literal

from typing_extensions import TypedDict

from registry import Kind

Shown = Literal["yes", "reversed", "cannot", "not shown", "undefined"]
DuelShown = Literal["beats", "beaten", "cannot", "not shown", "undefined"]
WithinShown = Literal["selects", "reversed", "cannot", "not shown", "undefined"]


class SuiteColumns(TypedDict):
    """What tells the suites of a board apart."""

    suite: str
    data: str
    family: str


class PlaceColumns(SuiteColumns):
    """What the first columns of most rows say: which suite, recipe, inputs and scope a row is about."""

    origin: str
    kind: Kind
    recipe: str
    inputs: str
    scope: str


class Tau(TypedDict):
    """Kendall's tau of two numbers over some models, or the reason why there is none."""

    tau: float | None
    n: int
    reason: str | None


class TauWithP(Tau):
    """The same with its two-sided p, and how that is known."""

    p: float | None
    p_kind: str | None


class WholeTau(TauWithP):
    """The same with the smallest p of so many models, and how many pairs are tied; models may be left out."""

    p_min: float | None
    ties: int
    left_out: int


class FilteredTau(TypedDict):
    """Tau over the pairs of models whose metric differs by more than noise: `kept` of all `pairs`."""

    tau: float | None
    kept: int
    pairs: int
    reason: str | None


class Interval(TypedDict):
    """Where tau lies with other seeds, and read on halves of the examples and neurons."""

    seeds: list[float] | None
    sub_samples: list[float] | None


class WithinTau(TypedDict):
    """The mean over conditions of tau within a condition, over its seeds or recipes (`unit`)."""

    tau: float | None
    p: float | None
    p_above: float | None
    p_below: float | None
    best: float | None
    unit: Literal["seeds", "recipes"]
    permuted: str
    conditions: int
    left_out: int
    reason: str | None
    p_kind: str | None
    regret: float | None
    chance_regret: float | None


class AgreementRow(PlaceColumns, WholeTau):
    """How one measure agrees with one metric in one suite."""

    metric: str
    measure: str
    placebo: bool
    yardstick: bool
    sign: int
    filtered: FilteredTau
    interval: Interval
    regret: float | None
    within_condition: WithinTau
    all_models: Tau
    paper: float | None
    as_in_paper: bool


_With = TypedDict("_With", {"with": str})


class MetricRow(_With, SuiteColumns, WholeTau):
    """How one metric agrees with another, the one under `with`."""

    recipe: str
    metric: str


class TauAtTap(TauWithP):
    """Tau of a measure at one tap."""

    tap: str


class TapsRow(PlaceColumns):
    """How one measure agrees with one metric at each tap."""

    metric: str
    metric_at_tap: bool
    measure: str
    taps: list[TauAtTap]


class PooledRow(TypedDict):
    """What the suites show together of one measure."""

    inputs: str
    scope: str
    measure: str
    tau: float | None
    p: float | None
    p_above: float | None
    p_below: float | None
    p_holm: float | None
    best: float | None
    suites: int
    groups: int
    left_out: int


class Needed(TypedDict):
    """What a claim that cannot be shown needs first."""

    p: float | None
    best: float | None
    needs: str | None


class AgainstAll(Needed):
    """Whether a measure beats all placebos together."""

    shown: DuelShown


class DuelRow(AgainstAll):
    """Whether a measure beats one placebo."""

    placebo: str
    difference: float | None
    ahead: int
    behind: int
    suites: int
    groups: int
    about: str


class WithinRow(SuiteColumns, Needed):
    """Whether a measure selects within a condition of one suite, by one metric."""

    column: str
    metric: str
    recipe: str
    tau: float | None
    shown: WithinShown
    about: str
    among: Literal["seeds", "recipes"]


class ClaimRow(Needed):
    """All that is claimed of one measure on one kind of inputs and scope; `by` says what cannot show a claim."""

    inputs: str
    scope: str
    measure: str
    exploratory: bool
    orders: Shown
    tau: float | None
    suites: int
    groups: int
    left_out: int
    about: str
    beats: list[DuelRow]
    placebos: AgainstAll
    within: list[WithinRow]
    by: str


class TieRow(PlaceColumns):
    """Which models a measure cannot tell apart: groups of their names, the best first."""

    condition: str
    measure: str
    here: float | None
    trusted: bool
    groups: list[list[str]]
    left_out: list[str]
    reason: str | None
    about: str | None


class SettingRow(TypedDict):
    """Tau under one other setting of the measuring, and the share of the picks that it keeps."""

    inputs: str
    axis: str
    label: str
    tau: float | None
    keeps: float | None


class SensitivityRow(SuiteColumns):
    """How far tau and the picks of one measure hang on the way of measuring."""

    kind: Kind
    metric: str
    measure: str
    inputs: str
    tau: float | None
    settings: list[SettingRow]
