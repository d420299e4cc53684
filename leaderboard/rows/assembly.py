"""From records to the content of board.json: every row, the claims in words, and what it was all made from.

In: the content of plan.json, the records and, if asked for, the values under other settings. Out: the content of
board.json, a pure function of them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import cast

from benchmark.plain.canonical import canonical
from benchmark.plain.keeping import keeping
from benchmark.plan.content import MeasureFacts, ResolvedContent
from benchmark.plan.resolved import plan_digest
from benchmark.record import Record
from benchmark.results.models import models
from benchmark.results.result import Result, Results, results
from leaderboard.content.board import BoardContent, MeasureDirection, MissingRow, WarningRow
from leaderboard.rows import figures
from leaderboard.rows.agreement import agreement_rows, metric_rows, tap_rows
from leaderboard.rows.circles import circles_rows
from leaderboard.rows.claims import claim_rows
from leaderboard.rows.ends import end_rows
from leaderboard.rows.environments import environment_warnings
from leaderboard.rows.evidence import evidence
from leaderboard.rows.facts import facts_of
from leaderboard.rows.measures import measure_rows
from leaderboard.rows.models import model_rows
from leaderboard.rows.plan_text import plan_text
from leaderboard.rows.pooled import pooled_rows
from leaderboard.rows.provenance import made
from leaderboard.rows.schema import SCHEMA
from leaderboard.rows.sensitivity import Values, sensitivity_rows
from leaderboard.rows.suites import size, suite_rows
from leaderboard.rows.ties import tie_rows
from leaderboard.rows.verdict import sentences

DIVERGED = "diverged"  # of a network that ended so, and stays away


@keeping()
def build_board(
    resolved: ResolvedContent, records: Mapping[str, Record], sensitivity: Values | None = None
) -> BoardContent:
    """The board of a plan. `records` are those of its cells that are published, train and score, by key.

    With the values of its networks under other settings it holds its sensitivity to them.
    """
    facts, plan, found = facts_of(resolved), resolved["plan"], results(resolved, records)
    ranked = models(facts.measures, found)
    agreement = agreement_rows(facts, ranked)
    shown = evidence(found.suites, facts, ranked)
    pooled_taus = pooled_rows(facts.hypotheses, shown)
    missing = _missing(found)
    complete = all(row["reason"] == DIVERGED for row in missing)
    claims = claim_rows(facts, shown, agreement, pooled_taus, complete)
    trusted = [] if plan.get("limit") else claims  # nothing is recommended by a trial
    rivals = measure_rows(facts, ranked, agreement) if plan.get("measures") is not None else []
    warnings = _warnings(found)
    moved = None
    if sensitivity is not None:
        moved = sensitivity_rows(facts, ranked, found, plan["estimator"]["inputs"][0], sensitivity)
    board = {
        "schema": SCHEMA,
        "plan": plan["name"],
        "plan_digest": plan_digest(resolved),
        **({"limit": plan["limit"]} if plan.get("limit") else {}),
        **({"fewer_conditions": fewer} if (fewer := _with_fewer_conditions(found)) else {}),
        "hypotheses": list(facts.hypotheses),
        "estimator": plan["estimator"],
        "size": size(found, len(warnings)),
        "suites": suite_rows(found),
        "directions": {"measures": _directions(facts.measures), "metrics": facts.metrics},
        "agreement": agreement,
        "metrics": metric_rows(facts, ranked),
        "taps": tap_rows(facts, ranked),
        "ends": end_rows(facts, ranked),
        "ties": tie_rows(facts, ranked, agreement, trusted),
        "models": model_rows(ranked),
        "missing": missing,
        "warnings": warnings,
        "pooled": pooled_taus,
        "claims": claims,
        **({"measures": rivals} if rivals else {}),
        "verdict": sentences(claims),
        **({"sensitivity": moved} if moved is not None else {}),
        "figures": {"taps": figures.tap_rows(found), "circles": circles_rows(found)},
        "made": made(found, plan_text(resolved)),
    }
    return cast(BoardContent, {**board, "digest": board_digest(board)})


def board_digest(board: Mapping[str, object]) -> str:
    """SHA-256 of the content of a board.json without its `digest`, as JSON with sorted keys and without blanks."""
    return hashlib.sha256(
        canonical({name: part for name, part in board.items() if name != "digest"}).encode()
    ).hexdigest()


def _with_fewer_conditions(results: Results) -> list[str]:
    """The suites of which version 0.1.0 ran fewer conditions, as the processor could not compute in bfloat16."""
    return [entry["suite"] for entry in results.suites.values() if entry.get("fewer_conditions")]


def _directions(measures: Mapping[str, MeasureFacts]) -> dict[str, MeasureDirection]:
    """What is good for each measure, and whether it is there only to be beaten, or needs labels."""
    return {
        name: {"better": measure["better"], "placebo": measure["placebo"], "yardstick": measure["yardstick"]}
        for name, measure in measures.items()
    }


def _missing(results: Iterable[Result]) -> list[MissingRow]:
    """The cells without a record, and the networks that diverged; a network's absence speaks for its scores."""
    trained = {result.cell["key"]: result.record for result in results if result.cell["work"] == "train"}
    missing: list[MissingRow] = []
    for result in results:
        cell, record = result.cell, result.record
        if cell["work"] == "train" and record is None:
            missing.append({"key": cell["key"], "reason": "not trained"})
        elif cell["work"] == "train" and record is not None and record["outcome"] == DIVERGED:
            missing.append({"key": cell["key"], "reason": DIVERGED})
        elif record is None and (network := trained.get(cell["train"])) and network["outcome"] == "done":
            missing.append({"key": cell["key"], "reason": "not scored"})
    return missing


def _warnings(results: Iterable[Result]) -> list[WarningRow]:
    """Networks that were trained in unlike environments, and what scoring warned of: constant neurons and ties."""
    scored = [(result.cell["key"], result.score) for result in results]
    warned = [(key, score.get("warnings", [])) for key, score in scored if score is not None]
    told: list[WarningRow] = [{"key": key, "warning": warning} for key, warnings in warned for warning in warnings]
    return [*environment_warnings(results), *told]
