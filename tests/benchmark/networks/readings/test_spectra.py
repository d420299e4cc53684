"""Singular values against numpy's, of every kind of weight matrix."""

import numpy as np
import pytest
from made_at_hand import at_hand
from torch import nn

from benchmark.networks.readings.spectra import compute


class Every(nn.Module):
    """A module of each kind that has weights."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(50, 6)
        self.conv = nn.Conv2d(3, 5, 2)
        self.norm = nn.BatchNorm2d(5)
        self.linear = nn.Linear(7, 4)
        self.tied = self.linear
        self.attention = nn.MultiheadAttention(6, 2)


def test_every_matrix_has_its_singular_values_and_what_is_none_has_not() -> None:
    model = Every()
    found = compute(at_hand(model))
    assert set(found) == {"conv.weight", "linear.weight", "attention.in_proj_weight", "attention.out_proj.weight"}
    for name, values in found.items():
        matrix = model.get_parameter(name).detach().double().numpy().reshape(len(model.get_parameter(name)), -1)
        assert values == pytest.approx(np.linalg.svd(matrix, compute_uv=False), abs=1e-12)
        assert (np.diff(values) <= 0).all()


def test_a_matrix_made_of_known_singular_values() -> None:
    model = nn.Linear(3, 3)
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]
    model.weight.data = model.weight.data.new_tensor(turn @ np.diag([3.0, 2.0, 0.5]) @ turn.T)
    assert compute(at_hand(model))["weight"] == pytest.approx([3.0, 2.0, 0.5], abs=1e-6)
