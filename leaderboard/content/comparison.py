"""What comparison.json holds: two boards side by side, A and B.

In: nothing. Out: the types of its rows; docs/results.md says what each of their columns means. A difference is always A
less B.
"""

from typing import Literal

from typing_extensions import TypedDict

from leaderboard.content.taus import SuiteColumns

Held = Literal["records", "board", "paper"]  # what is known of a side: its networks, the numbers of its board, taus
Role = Literal["hypothesis", "measure", "yardstick", "placebo"]
Answer = Literal["difference", "none", "identical", "cannot", "untested"]


class SideContent(TypedDict):
    """One side: what was said, which plan it is, and what is known of it."""

    said: str
    plan: str
    digest: str | None
    holds: Held
    suites: int
    networks: int | None


class ReadColumns(SuiteColumns):
    """Which suite, recipe, inputs and scope a row is about, by the names of A."""

    recipe: str
    inputs: str
    scope: str


class Tests(TypedDict):
    """The p of a difference by itself, and corrected for all differences of the comparison; None where untested."""

    p: float | None
    p_corrected: float | None


class TauRow(ReadColumns, Tests):
    """Kendall's tau of a measure with a metric on both sides, over the conditions that both have."""

    metric: str
    measure: str
    role: Role
    n: int
    tau_a: float | None
    low_a: float | None
    high_a: float | None
    tau_b: float | None
    low_b: float | None
    high_b: float | None
    difference: float | None
    same_sign: bool | None


class PooledRow(Tests):
    """All suites together: of the taus the mean, of the means of numbers the mean of their standardized differences."""

    inputs: str
    scope: str
    of: Literal["taus", "means"]
    name: str
    role: Role
    suites: int
    a: float | None
    b: float | None
    difference: float | None


_Is = TypedDict("_Is", {"is": Literal["metric", "measure"]})


class OrderColumns(TypedDict):
    """How both sides order n conditions, and the mean over these of what they differ by."""

    n: int
    tau: float | None
    same_order: bool | None
    swaps: int | None
    beyond_noise: int | None
    difference: float | None


class OrderRow(_Is, ReadColumns, OrderColumns, Tests):
    """The same of one number of a suite."""

    name: str
    role: Role


class NumberRow(_Is, ReadColumns, Tests):
    """One number of one condition on both sides."""

    condition: float | str
    name: str
    role: Role
    seeds_a: int
    seeds_b: int
    mean_a: float | None
    mean_b: float | None
    difference: float | None
    error: float | None
    df: float | None
    low: float | None
    high: float | None
    paired: bool
    about: str | None


class SettingRow(TypedDict):
    """A setting that differs: what it is of, which one, and what each side says."""

    of: str
    name: str
    a: str
    b: str


class OnlyRow(SuiteColumns):
    """A suite that only one side has."""

    side: Literal["A", "B"]


class Verdict(TypedDict):
    """What the comparison shows as a whole.

    `p` is that of all differences together, from so many `exchanges` of networks, all there are where `exact`; `best`
    the smallest that it can be. `pairs` and `pools` say what was exchanged.
    """

    answer: Answer
    p: float | None
    best: float | None
    exchanges: int
    exact: bool
    pairs: int
    pools: int
    shown: list[str]
    sentences: list[str]


class ComparisonContent(TypedDict):
    """The whole of a comparison.json."""

    schema: int
    a: SideContent
    b: SideContent
    verdict: Verdict
    taus: list[TauRow]
    pooled: list[PooledRow]
    orders: list[OrderRow]
    numbers: list[NumberRow]
    settings: list[SettingRow]
    only: list[OnlyRow]
