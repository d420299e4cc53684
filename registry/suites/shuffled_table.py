"""Shuffled table: which email is spam, where a share beta of the training labels is redrawn uniformly."""

from dataclasses import replace

from registry import Condition, Data, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED, redrawn_labels
from registry.suites._table import standardized


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of rows (S, 57), of which a share beta has redrawn labels, but none in evaluation."""
    beta = float(condition)
    table = standardized(data)
    train, held_out = table.train, table.held_out
    return Splits(
        train=replace(train, labels=redrawn_labels(train.labels, beta, 2, seed)),
        evaluation=held_out,
        in_distribution=replace(held_out, labels=redrawn_labels(held_out.labels, beta, 2, HELD_OUT_SEED)),
    )


SUITE = TaskSuite(
    name="shuffled-table",
    kind="example-level",
    modality="vector",
    knob="beta",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("spam-emails",),
    default_data="spam-emails",
    input_shape=(57,),
    num_classes=2,
    metrics=("accuracy",),
    make=make,
    about=(
        "Is the email spam? A share beta of the training labels is redrawn, which a network can only learn row by row."
    ),
    reference="none: made here, after Bansal, Pruthi, Belinkov 2022, section 4.2",
)
