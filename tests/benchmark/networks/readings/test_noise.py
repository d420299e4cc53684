"""Noise on weight matrices: how large it is, what it hangs on, and that the network stays."""

from copy import deepcopy

import pytest
import torch
from torch import Tensor, nn

from benchmark.networks.readings._noise import noisy


def layers() -> nn.Sequential:
    return nn.Sequential(nn.Linear(40, 50), nn.BatchNorm1d(50), nn.Embedding(9, 4), nn.Linear(50, 30))


def noise(network: nn.Module, draw: int = 1) -> dict[str, Tensor]:
    """What one draw of unit size adds to each parameter."""
    changed = noisy(network, draw, torch.ones_like)
    return {name: (parameter - network.get_parameter(name)).detach() for name, parameter in changed.named_parameters()}


def test_it_is_standard_normal_times_the_size_on_matrices_and_0_elsewhere() -> None:
    found = noise(layers())
    drawn = torch.cat([found.pop(name).flatten() for name in ("0.weight", "3.weight")])
    assert len(found) == 5  # biases, the normalization, the table
    assert all(not part.any() for part in found.values())
    assert float(drawn.mean()) == pytest.approx(0, abs=0.07)  # of 3,500 numbers: over four standard errors
    assert float(drawn.std()) == pytest.approx(1, abs=0.05)
    assert float((drawn.abs() > 1.96).double().mean()) == pytest.approx(0.05, abs=0.016)


def test_the_size_may_be_one_for_each_weight_and_is_of_the_weights_as_they_are() -> None:
    network = nn.Linear(3, 2)
    with torch.no_grad():
        network.weight.copy_(torch.tensor([[0.0, 1.0, -2.0], [4.0, 0.0, 8.0]]))
    moved = (noisy(network, 1, torch.abs).weight / network.weight - 1).detach()
    assert moved.isnan().tolist() == [[True, False, False], [False, True, False]]  # 0 stays 0
    unit = noise(network)["weight"] * network.weight.sign()
    assert torch.allclose(moved[~moved.isnan()], unit[~moved.isnan()].detach(), atol=1e-5)


def test_a_matrix_has_the_same_noise_whatever_else_the_network_has() -> None:
    one = layers()
    other = nn.Sequential(nn.Linear(40, 50), nn.ReLU(), nn.ReLU(), nn.Linear(50, 30), nn.Linear(30, 2))
    own, beside = noise(one), noise(other)
    assert torch.allclose(own["3.weight"], beside["3.weight"], atol=1e-6)
    assert not torch.allclose(own["3.weight"], noise(one, draw=2)["3.weight"], atol=0.1)
    alike = noise(nn.Sequential(nn.Linear(9, 9), nn.Linear(9, 9)))
    assert not torch.allclose(alike["0.weight"], alike["1.weight"], atol=0.1)


def test_the_network_stays_as_it_is() -> None:
    network = layers()
    before = deepcopy(network.state_dict())
    noisy(network, 1, torch.ones_like)
    assert all(torch.equal(part, before[name]) for name, part in network.state_dict().items())
