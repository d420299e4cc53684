"""Logits with noise on the weights: how large the noise is, and what it is put on."""

from copy import deepcopy

import numpy as np
import pytest
import torch
from made_at_hand import INPUTS, at_hand, network, read_by
from torch import nn

from benchmark.networks.readings.weight_noise import SIZE, compute


def changed(model: nn.Module) -> list[nn.Module]:
    """The networks that are read."""
    found: list[nn.Module] = []
    compute(at_hand(model, read_by=lambda one, inputs: (found.append(one), read_by(one, inputs))[1]))
    return found


def test_there_are_three_draws_of_the_logits_by_the_noisy_networks() -> None:
    model = network()
    found = compute(at_hand(model))
    assert list(found) == ["noise-1", "noise-2", "noise-3"]
    for one, logits in zip(changed(model), found.values(), strict=True):
        assert np.array_equal(logits, read_by(one, INPUTS)[1])
        assert not np.allclose(logits, read_by(model, INPUTS)[1])


def test_the_noise_on_each_matrix_is_a_tenth_of_its_root_mean_square_and_biases_have_none() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(32, 300), nn.ReLU(), nn.Linear(300, 3))
    with torch.no_grad():
        model[3].weight *= 50
    before = deepcopy(model)
    for one in changed(model):
        for name, parameter in one.named_parameters():
            parameter, own = parameter.detach(), before.get_parameter(name).detach()
            moved, size = float((parameter - own).square().mean().sqrt()), float(own.square().mean().sqrt())
            share = SIZE if parameter.ndim == 2 else 0.0
            assert moved / size == pytest.approx(share, rel=0.1)  # of 900 numbers: over four standard errors
    assert all(torch.equal(parameter, before.get_parameter(name)) for name, parameter in model.named_parameters())


def test_scaled_weights_get_scaled_noise() -> None:
    """A ReLU network without biases whose matrices are doubled: its logits are four times as large under noise too."""
    one = nn.Sequential(nn.Flatten(), nn.Linear(32, 8, bias=False), nn.ReLU(), nn.Linear(8, 3, bias=False)).eval()
    two = deepcopy(one)
    with torch.no_grad():
        for parameter in two.parameters():
            parameter *= 2
    first, second = compute(at_hand(one)), compute(at_hand(two))
    assert all(second[name] == pytest.approx(4 * first[name], rel=1e-5, abs=1e-6) for name in first)


def test_draws_are_others_and_the_same_again() -> None:
    one, again = compute(at_hand()), compute(at_hand())
    assert all(np.array_equal(one[name], again[name]) for name in one)
    assert not np.allclose(one["noise-1"], one["noise-2"])
