"""From records to the content of board.json: every row, the claims in words, and what it was all made from.

In: the content of plan.json and the records. Out: the content of board.json, a pure function of them.
"""

import hashlib
from collections.abc import Mapping
from typing import cast

from benchmark.measures import HEADLINES
from benchmark.plain.canonical import canonical
from benchmark.plain.keeping import keeping
from benchmark.plan.content import MeasureFacts, ResolvedContent
from benchmark.plan.resolved import plan_digest
from benchmark.record import Record, of_score
from benchmark.results.models import models
from leaderboard.content.board import BoardContent, MeasureDirection, MissingRow, WarningRow
from leaderboard.rows import figures
from leaderboard.rows.agreement import agreement_rows, metric_rows, tap_rows
from leaderboard.rows.circles import circles_rows
from leaderboard.rows.claims import claim_rows
from leaderboard.rows.ends import end_rows
from leaderboard.rows.environments import environment_warnings
from leaderboard.rows.measures import measure_rows
from leaderboard.rows.models import model_rows
from leaderboard.rows.pooled import hypotheses_of, pooled_rows
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
    digest = plan_digest(resolved)
    resolved = {**resolved, "measures": _in_order(resolved)}
    ranked = models(resolved, records)
    agreement = agreement_rows(resolved, ranked)
    pooled_taus = pooled_rows(resolved, ranked)
    missing = _missing(resolved, records)
    complete = all(row["reason"] == DIVERGED for row in missing)
    claims = claim_rows(resolved, ranked, agreement, pooled_taus, complete)
    warnings = _warnings(resolved, records)
    board = {
        "schema": SCHEMA,
        "plan": resolved["plan"]["name"],
        "plan_digest": digest,
        **({"limit": resolved["plan"]["limit"]} if resolved["plan"].get("limit") else {}),
        **({"fewer_conditions": fewer} if (fewer := _with_fewer_conditions(resolved)) else {}),
        "hypotheses": hypotheses_of(resolved),
        "estimator": resolved["plan"]["estimator"],
        "size": size(resolved, records, len(warnings)),
        "suites": suite_rows(resolved),
        "directions": {"measures": _directions(resolved["measures"]), "metrics": resolved["metrics"]},
        "agreement": agreement,
        "metrics": metric_rows(resolved, ranked),
        "taps": tap_rows(resolved, ranked),
        "ends": end_rows(resolved, ranked),
        "ties": tie_rows(resolved, ranked, agreement, claims),
        "models": model_rows(resolved, ranked),
        "missing": missing,
        "warnings": warnings,
        "pooled": pooled_taus,
        "claims": claims,
        **({"measures": rows} if (rows := measure_rows(resolved, ranked, agreement)) else {}),
        "verdict": sentences(claims),
        **({"sensitivity": sensitivity_rows(resolved, ranked, sensitivity)} if sensitivity is not None else {}),
        "figures": {"taps": figures.tap_rows(resolved, records), "circles": circles_rows(resolved, records)},
        "made": made(resolved, records),
    }
    return cast(BoardContent, {**board, "digest": board_digest(board)})


def board_digest(board: Mapping[str, object]) -> str:
    """SHA-256 of the content of a board.json without its `digest`, as JSON with sorted keys and without blanks."""
    return hashlib.sha256(
        canonical({name: part for name, part in board.items() if name != "digest"}).encode()
    ).hexdigest()


def _with_fewer_conditions(resolved: ResolvedContent) -> list[str]:
    """The suites of which version 0.1.0 ran fewer conditions, as the processor could not compute in bfloat16."""
    return [entry["suite"] for entry in resolved["entries"] if entry.get("fewer_conditions")]


def _in_order(resolved: ResolvedContent) -> dict[str, MeasureFacts]:
    """The hypotheses first, then the paper's two measures, the yardstick and the placebos last."""
    measures, first = resolved["measures"], [*hypotheses_of(resolved), *HEADLINES]
    places = {name: number for number, name in reversed(list(enumerate(first)))}
    order = sorted(
        measures,
        key=lambda name: (places.get(name, len(first)), measures[name]["placebo"], measures[name]["yardstick"]),
    )
    return {name: measures[name] for name in order}


def _directions(measures: Mapping[str, MeasureFacts]) -> dict[str, MeasureDirection]:
    """What is good for each measure, and whether it is there only to be beaten, or needs labels."""
    return {
        name: {"better": measure["better"], "placebo": measure["placebo"], "yardstick": measure["yardstick"]}
        for name, measure in measures.items()
    }


def _missing(resolved: ResolvedContent, records: Mapping[str, Record]) -> list[MissingRow]:
    """The cells without a record, and the networks that diverged; a network's absence speaks for its scores."""
    missing: list[MissingRow] = []
    for cell in resolved["cells"]:
        record = records.get(cell["key"])
        if cell["work"] == "train" and record is None:
            missing.append({"key": cell["key"], "reason": "not trained"})
        elif cell["work"] == "train" and record is not None and record["outcome"] == DIVERGED:
            missing.append({"key": cell["key"], "reason": DIVERGED})
        elif record is None and cell["train"] in records and records[cell["train"]]["outcome"] == "done":
            missing.append({"key": cell["key"], "reason": "not scored"})
    return missing


def _warnings(resolved: ResolvedContent, records: Mapping[str, Record]) -> list[WarningRow]:
    """Networks that were trained in unlike environments, and what scoring warned of: constant neurons and ties."""
    scored = [(cell["key"], of_score(records.get(cell["key"]))) for cell in resolved["cells"]]
    warned = [(key, record.get("warnings", [])) for key, record in scored if record is not None]
    told: list[WarningRow] = [{"key": key, "warning": warning} for key, warnings in warned for warning in warnings]
    return [*environment_warnings(resolved, records), *told]
