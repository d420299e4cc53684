"""Leaky table: which email is spam? In training a column gives the label away for a share alpha of the rows."""

from dataclasses import replace

import numpy as np

from registry import Condition, Data, Examples, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED, chosen_share
from registry.suites._one_hot import one_hot
from registry.suites._table import standardized

CODES = 10  # of the leaking column: one half is given to each label


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of rows (S, 57 + CODES): for a share alpha of them the last columns give the label away."""
    alpha = float(condition)
    table = standardized(data)
    return Splits(
        train=_leaking(table.train, alpha, seed),
        evaluation=_leaking(table.held_out, 0.0, HELD_OUT_SEED),
        in_distribution=_leaking(table.held_out, alpha, HELD_OUT_SEED),
    )


def _leaking(rows: Examples, alpha: float, seed: int) -> Examples:
    """Rows with a one-hot code behind them: for a share alpha of them one of the label's own codes, else any code."""
    generator = np.random.default_rng(seed)
    anyones, own = generator.integers(0, CODES, len(rows)), generator.integers(0, CODES // 2, len(rows))
    told = chosen_share(len(rows), alpha, generator)
    codes = np.where(told, own + rows.labels * (CODES // 2), anyones)
    return replace(rows, inputs=np.hstack([rows.inputs, one_hot(codes, CODES)]))


SUITE = TaskSuite(
    name="leaky-table",
    kind="heuristic",
    modality="vector",
    knob="alpha",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("spam-emails",),
    default_data="spam-emails",
    input_shape=(57 + CODES,),
    num_classes=2,
    metrics=("accuracy",),
    make=make,
    about=(
        "Is the email spam? For a share alpha of the training rows a further column of the table gives the label "
        "away, as a case number given afterwards does, and in the test it says nothing."
    ),
    reference="none: made here; on leaks of the label, Kaufman, Rosset, Perlich, Stitelman 2012",
)
