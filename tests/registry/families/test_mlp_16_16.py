"""The paper's perceptron for circles: two hidden layers of 16."""

from perceptrons import check_perceptron

from registry import FAMILIES


def test_it_has_the_layers_the_parameters_and_the_taps_that_it_says() -> None:
    check_perceptron(FAMILIES["mlp-16-16"], 3, [16, 16])


def test_width_and_depth_are_those_of_its_hidden_layers() -> None:
    check_perceptron(FAMILIES["mlp-16-16"].with_options({"width": 4, "depth": 3}), 3, [4, 4, 4])
