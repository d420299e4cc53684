"""Shuffled MNIST: ten digits, where a share beta of the training labels is redrawn uniformly from all classes."""

from dataclasses import replace

from registry import Condition, Data, Examples, Paper, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED, redrawn_labels
from registry.suites._digit_images import small_images


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of images (S, 1, 14, 14) in [0, 1], of which a share beta has redrawn labels, but none in evaluation."""
    beta = float(condition)
    held_out = replace(data.held_out, inputs=small_images(data.held_out.inputs)[:, None])
    return Splits(
        train=Examples(small_images(data.train.inputs)[:, None], redrawn_labels(data.train.labels, beta, 10, seed)),
        evaluation=held_out,
        in_distribution=replace(held_out, labels=redrawn_labels(held_out.labels, beta, 10, HELD_OUT_SEED)),
    )


SUITE = TaskSuite(
    name="shuffled-mnist",
    kind="example-level",
    modality="image",
    knob="beta",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("mnist-5k", "mnist"),
    default_data="mnist-5k",
    input_shape=(1, 14, 14),
    num_classes=10,
    metrics=("accuracy",),
    make=make,
    about=(
        "Which of ten digits is it? A share beta of the training labels is redrawn from all classes, which a "
        "network can only learn image by image."
    ),
    figures="6 and 7",
    reference="Bansal, Pruthi, Belinkov 2022, section 4.2",
    paper=Paper(data="mnist", family="mlp", tau={"accuracy": {"mean-entropy": 1.0, "mean-mi": 1.0}}),
)
