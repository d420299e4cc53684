"""A board of whatever numbers records may hold: 0, negative, huge, missing, all equal; never a traceback."""

import os
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
import pytest
from made_runs import Parts, made

from benchmark.plain.packing import packed
from benchmark.plain.strict_json import LARGEST
from benchmark.run_folder.shapes import check_record
from leaderboard.board import Board
from leaderboard.pages.files.formats import FORMATS, terminal
from leaderboard.pages.sheets import SHEETS
from leaderboard.rows.assembly import build_board

ROUNDS = int(os.environ.get("FUZZED_ROUNDS", "10"))  # more of them in a long search
TINY = 5e-324
ODD = (0.0, -0.0, None, -1.0, 1.0, 0.5, LARGEST, -LARGEST, 1e-300, -1e-300, TINY, 0.1 + 0.2, 0.3)
POOLS: tuple[tuple[float | None, ...], ...] = (
    *(ODD, ODD, (0.0,), (None,), (LARGEST,), (LARGEST, -LARGEST), (0.0, 1.0), (TINY, 0.0), (0.0, None)),
    (1.0, 1.0 + 1e-15),
)
ERRORS = (None, 0.0, 0.01, TINY, LARGEST)
EXAMPLES = 4


def number(random: Random, pool: Sequence[float | None], by_example: bool) -> dict[str, Any]:
    """A measure's or a metric's part of a record."""
    one = random.choice(pool)
    each = {"by_example": packed(np.array([random.choice((0.0, 1.0, -1e30, 1e30)) for _ in range(EXAMPLES)]))}
    return {
        "value": one,
        "per_tap": {tap: random.choice(pool) for tap in random.choice(((), ("t",), ("t", "u")))},
        "reason": "made so" if one is None else None,
        "standard_error": random.choice(ERRORS),
        "sub_samples": [random.choice(pool) for _ in range(random.choice((0, 2, 4)))],
        **(each if by_example and random.random() < 0.8 else {}),
        **({"by_chance": random.choice((0.0, -LARGEST, LARGEST))} if random.random() < 0.3 else {}),
    }


def of_odd_numbers(random: Random) -> Parts:
    """A run of the plan toy in some seeds, conditions and recipes, whose records hold odd numbers."""
    overrides = [f"seeds={random.choice(('[0]', '[0, 1]', '[0, 1, 2]', '[0, 1, 2, 3, 4]'))}"]
    overrides.append(f"estimator.inputs={random.choice(('[evaluation]', '[evaluation, in-distribution]'))}")
    overrides += ["anchors=random-labels"] * (random.random() < 0.5)
    for suite in ("suites.0", "suites.1"):
        overrides.append(f"{suite}.conditions={random.choice(('[0.0, 1.0]', '[0.5]', '[0.0, 0.5, 1.0]'))}")
        rates = f"{suite}.training.learning_rate={random.choice(('[0.01, 0.001]', '[0.01, 0.001, 0.1]'))}"
        overrides += [rates] * (random.random() < 0.3)
    resolved, records = made(*overrides)
    pool, by_example = random.choice(POOLS), random.random() < 0.7
    for key, record in records.items():
        if record["work"] == "train":
            record["outcome"] = random.choices(("done", "diverged"), (20, 1))[0]
            record["training_accuracy"] = random.choice((0.0, 0.5, 1.0))
            continue
        for name in record["measures"]:
            record["measures"][name] = number(random, pool, False)
        for name in record["metrics"]:
            record["metrics"][name] = number(random, pool, by_example)
        record["taps"] = {tap: _tap(random, pool) for tap in random.choice(((), ("t",), ("t", "u")))}
        record["judged"] = {"examples": EXAMPLES, "digest": random.choice("ab") * 64}
        check_record(record | {"key": key})
    return resolved, records


def _tap(random: Random, pool: Sequence[float | None]) -> dict[str, Any]:
    """What figures need: entropies of neurons, and a histogram of the MI of pairs."""
    entropies = [random.choice(pool) or 0.0 for _ in range(random.choice((0, 1, 12)))]
    counts = random.choice(([0, 0, 0], [1, 2, 3], [2**40, 0, 1]))
    return {
        "entropy": entropies,
        "mi_histogram": {"counts": counts, "first": -1.0, "last": random.choice((-1.0, 0.0, 1.0))},
    }


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_board_can_be_made_of_any_numbers(seed: int) -> None:
    board = build_board(*of_odd_numbers(Random(seed)))
    assert all(any(make(board).values()) for make in FORMATS.values())
    assert terminal(board)
    assert Board(board).summary(80)
    for name in SHEETS:
        Board(board).frame(name)
    for row in board["agreement"]:
        assert row["tau"] is None or -1 - 1e-9 <= row["tau"] <= 1 + 1e-9
        assert (row["tau"] is None) == bool(row["reason"])
        assert row["p"] is None or 0 < row["p"] <= 1
