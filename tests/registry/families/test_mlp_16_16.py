"""The paper's perceptron for circles: two hidden layers of 16."""

import pytest
import torch

from registry import FAMILIES

FAMILY = FAMILIES["mlp-16-16"]


def test_it_has_the_layers_and_the_parameters_that_it_says() -> None:
    network = FAMILY.build((3,), 2)
    widths = [network.get_submodule(tap.module_path).out_features for tap in FAMILY.taps]
    assert widths == [16, 16]
    assert sum(parameter.numel() for parameter in network.parameters()) == 3 * 16 + 16 + 16 * 16 + 16 + 16 * 2 + 2
    assert network(torch.zeros(5, 3)).shape == (5, 2)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        network(torch.zeros(5, 4))


def test_it_reads_vectors_and_every_tap_as_it_is() -> None:
    assert FAMILY.modality == "vector"
    assert {tap.reduce for tap in FAMILY.taps} == {"none"}
