"""Shuffled IMDb: reviews liked or not, where a share beta of the training labels is redrawn uniformly."""

from dataclasses import replace

from registry import Condition, Data, Examples, Paper, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED, redrawn_labels


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of texts (S,), of which a share beta has redrawn labels, but none in evaluation."""
    beta = float(condition)
    held_out = data.held_out
    return Splits(
        train=Examples(data.train.inputs, redrawn_labels(data.train.labels, beta, 2, seed)),
        evaluation=held_out,
        in_distribution=replace(held_out, labels=redrawn_labels(held_out.labels, beta, 2, HELD_OUT_SEED)),
    )


SUITE = TaskSuite(
    name="shuffled-imdb",
    kind="example-level",
    modality="text",
    knob="beta",
    conditions=(0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    datasets=("movie-snippets", "imdb", "toy-sentences"),
    default_data="movie-snippets",
    input_shape=(512,),
    num_classes=2,
    metrics=("accuracy",),
    make=make,
    about=(
        "Is a review favourable? A share beta of the training labels is redrawn, which a network can only learn "
        "review by review."
    ),
    figures="6 and 7",
    reference="Bansal, Pruthi, Belinkov 2022, section 4.2",
    paper=Paper(data="imdb", family="distilbert", tau={"accuracy": {"mean-entropy": 0.6, "mean-mi": 0.8}}),
)
