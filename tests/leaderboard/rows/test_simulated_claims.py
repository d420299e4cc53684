"""A simulated board, as a whole, claims what the simulations of `benchmark.statistics.simulations` count."""

from typing import Any

import pytest
from made_boards import EITHER, entry, measure, plan, value

from benchmark.results.models import models
from benchmark.results.result import results
from benchmark.statistics.simulations.conditions import Board, Numbers, leads_claimed, orders_claimed, simulated
from leaderboard.rows.agreement import agreement_rows
from leaderboard.rows.claims import claim_rows
from leaderboard.rows.evidence import evidence
from leaderboard.rows.facts import facts_of
from leaderboard.rows.pooled import pooled_rows

HYPOTHESES = ("mean-entropy", "mean-mi")
INPUTS = ("evaluation", "in-distribution")
HIGH = {"heuristic": "high", "example-level": "high"}
BOARDS = 8


def claims(board: Board, numbers: Numbers, one: int) -> list[dict[str, Any]]:
    """The rows of claims of one simulated board."""
    entries = [
        entry(f"s{number}", [float(place) for place in range(n)], data=data, kind=kind)
        for number, (n, data, kind) in enumerate(zip(board.conditions, board.data, board.kinds, strict=True))
    ]
    measures = {**{name: measure(HIGH) for name in HYPOTHESES}, "weight-norm": measure(EITHER)}
    resolved = plan(entries, measures, inputs=INPUTS)
    records: dict[str, Any] = {}
    for cell in resolved["cells"]:
        if cell["work"] == "train":
            records[cell["key"]] = {"outcome": "done", "training_accuracy": 1.0}
            continue
        suite, place, read = cell["entry"], int(cell["condition"]), INPUTS.index(cell["inputs"])
        found = {
            name: value(float(numbers.measures[which][suite][one, read, place]))
            for which, name in enumerate(HYPOTHESES)
        }
        found["weight-norm"] = value(float(numbers.placebo[suite][one, 0, place]))
        metric = {"accuracy": value(float(numbers.metrics[suite][one, 0, place]))}
        records[cell["key"]] = {"outcome": "done", "measures": found, "metrics": metric}
    facts = facts_of(resolved)
    found = results(resolved, records)
    ranked = models(facts.measures, found)
    shown = evidence(found.suites, facts, ranked)
    return claim_rows(facts, shown, agreement_rows(facts, ranked), pooled_rows(facts.hypotheses, shown))


@pytest.mark.parametrize("effect", [0.25, -0.25])
def test_the_board_claims_what_is_counted(effect: float) -> None:
    board = Board()
    numbers = simulated(board, "independent", BOARDS, abs(effect), seed=5)
    if effect < 0:
        numbers = Numbers(numbers.metrics, [[-x for x in one] for one in numbers.measures], numbers.placebo)
    counted = {side: (orders_claimed(board, numbers, side), leads_claimed(board, numbers, side)) for side in (1, -1)}
    said = 0
    for one in range(BOARDS):
        rows = claims(board, numbers, one)
        for side, order, lead in ((1, "yes", "beats"), (-1, "reversed", "beaten")):
            ordered, led = (found[one] for found in counted[side])
            assert any(row["orders"] == order for row in rows) == ordered
            assert any(duel["shown"] == lead for row in rows for duel in row["beats"]) == led
            said += ordered + led
    assert 0 < said < 2 * 2 * BOARDS
