"""Singular values against numpy's, of every kind of weight matrix."""

import numpy as np
import pytest
import torch
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


@pytest.mark.parametrize("shape", [(3, 40), (40, 3), (1, 5), (5, 1)])
def test_tall_wide_and_single_rows_have_as_many_as_their_shorter_side(shape: tuple[int, int]) -> None:
    model = nn.Linear(shape[1], shape[0], bias=False)
    values = compute(at_hand(model))["weight"]
    assert values.shape == (min(shape),)
    assert (values**2).sum() == pytest.approx(float(model.weight.detach().double().square().sum()), rel=1e-12)


def test_a_matrix_of_rank_one_has_zeros_up_to_rounding() -> None:
    model = nn.Linear(4, 4, bias=False)
    model.weight.data = torch.ones(4, 4)
    assert compute(at_hand(model))["weight"] == pytest.approx([4.0, 0.0, 0.0, 0.0], abs=4e-7)
