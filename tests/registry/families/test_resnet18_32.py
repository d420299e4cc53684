"""ResNet-18 of half the width: its parameters by the sizes of its layers."""

import pytest
import torch

from registry import FAMILIES

FAMILY = FAMILIES["resnet18-32"]


def parameters(width: int, classes: int) -> int:
    """Those of a ResNet-18 whose first stage is so wide, from He et al. 2016, Table 1."""
    count = 3 * width * 7**2 + 2 * width  # the first convolution, and the scale and shift of its normalization
    count += 4 * (width * width * 3**2 + 2 * width)  # the first stage
    for wide in (2 * width, 4 * width, 8 * width):
        narrow = wide // 2
        count += narrow * wide * 3**2 + 3 * wide * wide * 3**2 + narrow * wide + 5 * 2 * wide
    return count + 8 * width * classes + classes


def test_it_has_the_parameters_of_one_that_is_half_as_wide() -> None:
    assert parameters(64, 1000) == 11_689_512  # as published for the whole width
    with torch.device("meta"):
        network = FAMILY.build((3, 64, 64), 6)
        assert network(torch.zeros(2, 3, 64, 64)).shape == (2, 6)
        with pytest.raises(RuntimeError, match="channel"):
            network(torch.zeros(2, 1, 64, 64))
    assert sum(parameter.numel() for parameter in network.parameters()) == parameters(32, 6)


def test_it_is_tapped_where_the_whole_one_is() -> None:
    assert FAMILY.taps == FAMILIES["resnet18"].taps
    with torch.device("meta"):
        network = FAMILY.build((3, 64, 64), 6)
    ends = [network.get_submodule(f"{tap.module_path}.1.bn2").num_features for tap in FAMILY.taps]
    assert ends == [32, 64, 128, 256]
