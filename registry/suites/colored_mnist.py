"""Colored MNIST: digits 0-4 against 5-9, where in training a share alpha of the colours gives the label away."""

import numpy as np

from registry import Condition, Data, Examples, Paper, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED
from registry.suites._digit_images import small_images, told_halves


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of images (S, 2, 14, 14) in [0, 1]: in a share alpha of them the colour is the label."""
    alpha = float(condition)
    return Splits(
        train=_colored(data.train, alpha, seed),
        evaluation=_colored(data.held_out, 0.0, HELD_OUT_SEED),
        in_distribution=_colored(data.held_out, alpha, HELD_OUT_SEED),
    )


def _colored(digits: Examples, alpha: float, seed: int) -> Examples:
    """Images (S, 2, 14, 14) in one of two colours: the channel of the other one is zero.

    The colour is the label for a share alpha of them, and a coin flip for the rest.
    """
    labels, colours = told_halves(digits, alpha, seed)
    images = np.zeros((len(labels), 2, 14, 14), dtype=np.float32)
    images[np.arange(len(labels)), colours] = small_images(digits.inputs)
    return Examples(images, labels, ids=digits.ids)


SUITE = TaskSuite(
    name="colored-mnist",
    kind="heuristic",
    modality="image",
    knob="alpha",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("mnist-5k", "mnist"),
    default_data="mnist-5k",
    input_shape=(2, 14, 14),
    num_classes=2,
    metrics=("accuracy",),
    make=make,
    about=(
        "Is the digit one of 0 to 4, or of 5 to 9? In a share alpha of the training images the colour gives the "
        "label away, and in the test it is a coin flip."
    ),
    figures="2 and 3",
    reference="Bansal, Pruthi, Belinkov 2022, section 4.1; release: labels flipped with p = .25, here never",
    paper=Paper(data="mnist", family="mlp", tau={"accuracy": {"mean-entropy": 1.0, "mean-mi": 1.0}}),
)
