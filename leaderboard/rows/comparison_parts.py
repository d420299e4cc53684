"""One side of a comparison, whatever it was read from: a run's records, a bare board, or the paper's Table 2.

In: the content of plan.json and records; the content of board.json; or the suites' own `paper`. Out: a `Part`, which
has for each suite its models with their numbers, or the taus alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from benchmark.measures import HEADLINES, MEASURES
from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import plan_digest
from benchmark.record import Record
from benchmark.results.models import models
from benchmark.results.result import results
from benchmark.statistics.number import Number
from benchmark.statistics.stakes import data_group
from leaderboard.content.board import BoardContent, MeasureDirection
from leaderboard.content.comparison import Held
from leaderboard.content.models import ModelRow, NumberContent
from leaderboard.rows.comparison_made import Said, made_of_networks, said_of_board, said_of_records
from leaderboard.rows.facts import facts_of
from leaderboard.rows.grouping import SUITE
from registry import SUITES, Kind

PAPER = "bansal2022"
Is = Literal["measure", "metric"]
Name = tuple[Is, str]  # a measure and a metric may have one name
Read = tuple[str, str, str]  # recipe, inputs, scope


@dataclass(frozen=True)
class Seen:
    """The numbers of one model: recipe, inputs, scope and condition."""

    seeds: tuple[int, ...]
    numbers: Mapping[Name, Number]


@dataclass(frozen=True)
class Stated:
    """A tau as a board or the paper says it, with the measure as it is: not turned by its sign."""

    tau: float | None
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Suite:
    """One suite of a side with its family. `made` is all that made its networks but for condition, recipe and seed."""

    suite: str
    data: str
    family: str
    kind: Kind
    group: str
    conditions: tuple[float | str, ...]
    seeds: tuple[int, ...]
    recipes: Mapping[str, Mapping[str, object]]
    made: Mapping[str, object] = field(default_factory=dict)
    models: Mapping[tuple[str, str, str, float | str], Seen] = field(default_factory=dict)
    taus: Mapping[tuple[str, str, str, str, str], Stated] = field(default_factory=dict)

    @property
    def reads(self) -> list[Read]:
        """Each recipe, kind of inputs and scope that it has models or taus of."""
        places = [(recipe, inputs, scope) for recipe, inputs, scope, _ in self.models]
        places += [(recipe, inputs, scope) for recipe, inputs, scope, _, _ in self.taus]
        return list(dict.fromkeys(places))


@dataclass(frozen=True)
class Part:
    """One side: what was `said`, and what is known of it. `measures` say which way is good, `metrics` likewise."""

    said: str
    holds: Held
    plan: str
    digest: str | None
    networks: int | None
    suites: tuple[Suite, ...]
    hypotheses: tuple[str, ...]
    measures: Mapping[str, MeasureDirection]
    metrics: Mapping[str, bool]
    settings: Said
    keys: frozenset[str] = frozenset()  # of its networks, which hold all that made them


def part_of_records(said: str, resolved: ResolvedContent, records: Mapping[str, Record]) -> Part:
    """A side whose networks are known one by one."""
    facts, joined = facts_of(resolved), results(resolved, records)
    found: list[dict[tuple[str, str, str, float | str], Seen]] = [{} for _ in resolved["entries"]]
    for model in models(facts.measures, joined):
        place = (model.recipe, model.inputs, model.scope, model.condition)
        found[model.entry][place] = Seen(model.seeds, _named(model.measures, model.metrics))
    suites = tuple(
        Suite(
            **{name: entry[name] for name in (*SUITE, "kind")},  # type: ignore[literal-required]
            group=data_group(entry),
            conditions=tuple(entry["conditions"]),
            seeds=tuple(entry["seeds"]),
            recipes={recipe["label"]: dict(recipe.get("training", {})) for recipe in entry["recipes"]},
            made=made_of_networks(resolved, records, number),
            models=found[number],
        )
        for number, entry in enumerate(resolved["entries"])
    )
    keys = frozenset(result.cell["key"] for result in joined if result.is_network)
    return Part(
        said,
        "records",
        resolved["plan"]["name"],
        plan_digest(resolved),
        len(keys),
        suites,
        facts.hypotheses,
        resolved["measures"],
        {name: facts.high_metric_is_better(name) for name in facts.metrics},
        said_of_records(resolved, records),
        keys,
    )


def part_of_board(said: str, board: BoardContent) -> Part:
    """A side of which the board alone is known: means with their errors, and taus with their intervals."""
    suites = []
    for row in board["suites"]:
        own = [model for model in board["models"] if all(model[key] == row[key] for key in SUITE)]
        taus = {
            (one["recipe"], one["inputs"], one["scope"], one["metric"], one["measure"]): Stated(
                _turned(one["tau"], one["sign"]), one["n"], *_ends(one["interval"]["seeds"], one["sign"])
            )
            for one in board["agreement"]
            if all(one[key] == row[key] for key in SUITE)
        }
        suites.append(
            Suite(
                **{name: row[name] for name in (*SUITE, "kind")},  # type: ignore[literal-required]
                group=row["data"],
                conditions=tuple(one["condition"] for one in row["conditions"]),
                seeds=tuple(row["seeds"]),
                recipes={label: {} for label in row["recipes"]},
                models={(m["recipe"], m["inputs"], m["scope"], m["condition"]): _seen(m) for m in own},
                taus=taus,
            )
        )
    facts = board["directions"]
    return Part(
        said,
        "board",
        board["plan"],
        board["plan_digest"],
        board["size"]["networks"],
        tuple(suites),
        tuple(board["hypotheses"]),
        facts["measures"],
        {name: one["higher_is_better"] for name, one in facts["metrics"].items()},
        said_of_board(board),
    )


def part_of_paper(said: str) -> Part:
    """Table 2 of Bansal, Pruthi and Belinkov 2022: taus of two measures on their evaluation inputs."""
    suites = []
    for name in SUITES:
        suite = SUITES[name]
        if (paper := suite.paper) is None:
            continue
        taus = {
            ("", "evaluation", "", metric, measure): Stated(
                _turned(tau, 1 if MEASURES[measure].better[suite.kind] == "high" else -1), len(suite.conditions)
            )
            for metric, own in paper.tau.items()
            for measure, tau in own.items()
        }
        places = (suite.name, paper.data, paper.family, suite.kind, paper.data)
        suites.append(Suite(*places, tuple(suite.conditions), (), {"": {}}, taus=taus))
    measures: dict[str, MeasureDirection] = {
        name: {"better": dict(MEASURES[name].better), "placebo": False, "yardstick": False} for name in HEADLINES
    }
    title = "Bansal, Pruthi and Belinkov 2022, Table 2"
    return Part(said, "paper", title, None, None, tuple(suites), tuple(HEADLINES), measures, {}, {})


def _named(measures: Mapping[str, Number], metrics: Mapping[str, Number]) -> dict[Name, Number]:
    found: dict[Name, Number] = {("measure", name): number for name, number in measures.items()}
    return found | {("metric", name): number for name, number in metrics.items()}


def _seen(row: ModelRow) -> Seen:
    measures = {name: _number(content) for name, content in row["measures"].items()}
    metrics = {name: _number(content) for name, content in row["metrics"].items()}
    return Seen(tuple(row["seeds"]), _named(measures, metrics))


def _number(content: NumberContent) -> Number:
    """A number without the values of its networks: how far it errs is known, and not by what."""
    error = content.get("error")
    of: Literal["reading", ""] = "" if error is None else "reading"
    reason = content.get("reason")
    return Number((), content["mean"], content["sd"], {}, reason, error=error, df=content.get("df"), error_of=of)


def _turned(tau: float | None, sign: int) -> float | None:
    return None if tau is None else sign * tau + 0.0  # + 0.0: no negative zero


def _ends(ends: Iterable[float] | None, sign: int) -> tuple[float | None, float | None]:
    if ends is None:
        return None, None
    low, high = sorted(sign * end + 0.0 for end in ends)
    return low, high
