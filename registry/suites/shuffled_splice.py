"""Shuffled splice: is there a junction in this DNA, where a share beta of the training labels is redrawn uniformly."""

from dataclasses import replace

from registry import Condition, Data, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED, redrawn_labels
from registry.suites._one_hot import one_hot

LETTERS, BASES, KINDS = 60, 4, 3


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of stretches (S, 60, 4), of which a share beta has redrawn labels, but none in evaluation."""
    beta = float(condition)
    train, held_out = (replace(part, inputs=one_hot(part.inputs, BASES)) for part in (data.train, data.held_out))
    return Splits(
        train=replace(train, labels=redrawn_labels(train.labels, beta, KINDS, seed)),
        evaluation=held_out,
        in_distribution=replace(held_out, labels=redrawn_labels(held_out.labels, beta, KINDS, HELD_OUT_SEED)),
    )


SUITE = TaskSuite(
    name="shuffled-splice",
    kind="example-level",
    modality="vector",
    knob="beta",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("splice-junctions",),
    default_data="splice-junctions",
    input_shape=(LETTERS, BASES),
    num_classes=KINDS,
    metrics=("accuracy",),
    make=make,
    about=(
        "Does an exon end in the middle of this stretch of DNA, does an intron, or neither? A share beta of the "
        "training labels is redrawn, which a network can only learn stretch by stretch."
    ),
    reference="none: made here, after Bansal, Pruthi, Belinkov 2022, section 4.2",
)
