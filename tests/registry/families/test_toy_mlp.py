"""The smallest perceptron: two hidden layers of 8."""

from perceptrons import check_perceptron

from registry import FAMILIES


def test_it_has_the_layers_the_parameters_and_the_taps_that_it_says() -> None:
    check_perceptron(FAMILIES["toy-mlp"], 3, [8, 8])
