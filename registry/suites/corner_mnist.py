"""Corner MNIST: digits 0-4 against 5-9, where in training a bright corner gives a share alpha of the labels away."""

from registry import Condition, Data, Examples, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED
from registry.suites._digit_images import small_images, told_halves

SIDE = 2  # pixels of the bright square


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of images (S, 1, 14, 14) in [0, 1], in a share alpha of which the bright corner is the label."""
    alpha = float(condition)
    return Splits(
        train=_with_a_corner(data.train, alpha, seed),
        evaluation=_with_a_corner(data.held_out, 0.0, HELD_OUT_SEED),
        in_distribution=_with_a_corner(data.held_out, alpha, HELD_OUT_SEED),
    )


def _with_a_corner(digits: Examples, alpha: float, seed: int) -> Examples:
    """Images (S, 1, 14, 14) with a bright square of 2 x 2 pixels, at the top left or at the bottom right.

    It is at the bottom right for label 1 in a share alpha of them, and where a coin says for the rest.
    """
    labels, corners = told_halves(digits, alpha, seed)
    images = small_images(digits.inputs)[:, None].copy()
    images[corners == 0, :, :SIDE, :SIDE] = 1.0
    images[corners == 1, :, -SIDE:, -SIDE:] = 1.0
    return Examples(images, labels, ids=digits.ids)


SUITE = TaskSuite(
    name="corner-mnist",
    kind="heuristic",
    modality="image",
    knob="alpha",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("mnist-5k", "mnist"),
    default_data="mnist-5k",
    input_shape=(1, 14, 14),
    num_classes=2,
    metrics=("accuracy",),
    make=make,
    about=(
        "Is the digit one of 0 to 4, or of 5 to 9? In a share alpha of the training images a bright corner gives the "
        "label away, and in the test it is a coin flip."
    ),
    reference="after Colored MNIST: a shortcut of four pixels, which shifts and shuffles of pixels destroy too",
)
