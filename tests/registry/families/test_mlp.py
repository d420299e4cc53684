"""The paper's perceptron for MNIST in two colours: three hidden layers of 256."""

from perceptrons import check_perceptron

from registry import FAMILIES


def test_it_has_the_layers_the_parameters_and_the_taps_that_it_says() -> None:
    check_perceptron(FAMILIES["mlp"], 392, [256, 256, 256])
