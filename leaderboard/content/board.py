"""The whole of a board.json.

In: nothing. Out: its type, and those of the parts that are neither taus nor models.
"""

from typing import NotRequired

from typing_extensions import TypedDict

from benchmark.types import Direction
from leaderboard.content.measures import MeasureRow
from leaderboard.content.models import EndRow, Figures, ModelRow
from leaderboard.content.taus import (
    AgreementRow,
    ClaimRow,
    MetricRow,
    PooledRow,
    SensitivityRow,
    SuiteColumns,
    TapsRow,
    TieRow,
)
from registry import Kind


class Size(TypedDict):
    """How much of the plan there is."""

    suites: int
    networks: int
    cells: int
    published: int
    diverged: int
    warnings: int


class NamedCondition(TypedDict):
    """A condition of a suite with its name."""

    condition: float | str
    name: str


class SuiteRow(SuiteColumns):
    """One suite of the plan in words."""

    origin: str
    licence: str
    kind: Kind
    knob: str | None
    about: str
    figures: str
    metrics: list[str]
    seeds: list[int]
    recipes: list[str]
    conditions: list[NamedCondition]
    frozen_layers: NotRequired[list[int]]
    networks: int


class MeasureDirection(TypedDict):
    """Which way of a measure is good, and whether it is a placebo or needs labels."""

    better: dict[Kind, Direction]
    placebo: bool
    yardstick: bool


class MetricDirection(TypedDict):
    """Which way of a metric is good, and which of its forms it is."""

    higher_is_better: bool
    form: NotRequired[str]


class Directions(TypedDict):
    """What is good, of each measure and metric."""

    measures: dict[str, MeasureDirection]
    metrics: dict[str, MetricDirection]


class MissingRow(TypedDict):
    """A cell that the board has to do without, and why."""

    key: str
    reason: str


class WarningRow(TypedDict):
    """A warning about a cell, or about all cells whose keys begin so."""

    key: str
    warning: str


class DataRow(TypedDict):
    """A data set with the fingerprints of the files that were read."""

    data: str
    origin: str
    licence: str
    fingerprints: list[str]


class Made(TypedDict):
    """What made the board: each list has the different values that its records have."""

    versions: dict[str, list[str]]
    commits: list[str]
    devices: list[str]
    threads: list[int]
    data: list[DataRow]
    sources: dict[str, list[str]]
    seeds: list[int]
    plan: str


class PartCost(TypedDict):
    """What a measure or a reading takes: the mean of its seconds over so many scores, and the most that one took."""

    part: str
    mean: float
    most: float
    scores: int


class Cost(TypedDict):
    """Where and when the records were made, and what that took. No part of a board: the foot of its page says it."""

    machines: list[str]
    first: str | None
    last: str | None
    seconds: float
    peak_memory: int | None
    parts: NotRequired[list[PartCost]]


class TausContent(TypedDict):
    """The part of a board that the table on the screen shows, which also stands there while a plan runs."""

    hypotheses: list[str]
    agreement: list[AgreementRow]
    pooled: list[PooledRow]


class BoardContent(TausContent):
    """The whole of a board.json."""

    schema: int
    plan: str
    plan_digest: str
    limit: NotRequired[int]
    fewer_conditions: NotRequired[list[str]]
    estimator: dict[str, object]
    size: Size
    suites: list[SuiteRow]
    directions: Directions
    metrics: list[MetricRow]
    taps: list[TapsRow]
    ends: list[EndRow]
    ties: list[TieRow]
    models: list[ModelRow]
    missing: list[MissingRow]
    warnings: list[WarningRow]
    claims: list[ClaimRow]
    measures: NotRequired[list[MeasureRow]]
    verdict: list[str]
    sensitivity: NotRequired[list[SensitivityRow]]
    figures: Figures
    made: Made
    digest: str
