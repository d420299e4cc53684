"""What is seen of a family that is a perceptron, layer by layer."""

from itertools import pairwise

import pytest
import torch

from registry import ModelFamily


def check_perceptron(family: ModelFamily, inputs: int, hidden: list[int]) -> None:
    """It has hidden layers of these widths under two logits, a tap on each, and a weight and a bias for each neuron."""
    network = family.build((inputs,), 2)
    assert [network.get_submodule(tap.module_path).out_features for tap in family.taps] == hidden
    widths = [inputs, *hidden, 2]
    weights = sum(before * after + after for before, after in pairwise(widths))
    assert sum(parameter.numel() for parameter in network.parameters()) == weights
    assert network(torch.zeros(5, inputs)).shape == (5, 2)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        network(torch.zeros(5, inputs + 1))
    assert family.modality == "vector"
    assert {tap.reduce for tap in family.taps} == {"none"}
