"""Gradients of inputs against those of a linear network by hand, finite differences, and a network of two classes."""

from copy import deepcopy

import numpy as np
import pytest
import torch
from made_at_hand import INPUTS, at_hand, network, texts_at_hand
from torch import nn

from benchmark.networks.readings import gradients
from benchmark.networks.readings.gradients import STEP, compute
from benchmark.reading import NotForThese


def test_the_jacobian_of_a_linear_network_is_the_row_of_its_class_less_the_mean_row() -> None:
    linear = nn.Sequential(nn.Flatten(), nn.Linear(32, 3)).eval()
    weights = linear[1].weight.detach().double().numpy()
    found = compute(at_hand(linear))
    classes = linear(torch.from_numpy(INPUTS)).argmax(1).numpy()
    expected = np.linalg.norm(weights[classes] - weights.mean(axis=0), axis=1)
    assert found["jacobian"] == pytest.approx(expected, rel=1e-12)


def test_the_curvature_of_a_linear_network_is_that_of_its_probabilities() -> None:
    """The gradient of the loss is W' (p - e_c); the sign that was drawn is one of two for each of 2 numbers."""
    inputs = np.random.default_rng(0).normal(size=(40, 2)).astype(np.float32)
    linear = nn.Linear(2, 3).eval()
    weights, bias = (part.detach().double().numpy() for part in linear.parameters())

    def gradient(at: np.ndarray) -> np.ndarray:
        powers = np.exp(at @ weights.T + bias)
        return (powers / powers.sum(axis=1, keepdims=True)) @ weights  # e_c is the same at both points

    given = inputs.astype(np.float64)
    ways = [STEP * np.array([one, other]) for one in (-1, 1) for other in (-1, 1)]
    known = np.array([((gradient(given + way) - gradient(given)) ** 2).sum(axis=1) / STEP**2 for way in ways])
    found = compute(at_hand(linear, inputs=inputs))["curvature"]
    nearest = np.abs(known - found).argmin(axis=0)
    assert known[nearest, np.arange(40)] == pytest.approx(found, rel=1e-8)
    assert set(nearest) == {0, 1, 2, 3}


def test_the_jacobian_is_that_of_finite_differences_in_float64() -> None:
    model = network()
    twin = deepcopy(model).double().requires_grad_(False)
    row = torch.from_numpy(INPUTS[3:4]).double()
    place = int(twin(row).argmax())
    steps = 1e-6 * torch.eye(32, dtype=torch.float64).reshape(32, *INPUTS.shape[1:])

    def above(at: torch.Tensor) -> torch.Tensor:
        logits = twin(at)
        return logits[:, place] - logits.mean(1)

    slopes = (above(row + steps) - above(row - steps)) / 2e-6
    assert compute(at_hand(model))["jacobian"][3] == pytest.approx(float(slopes.norm()), rel=1e-6)


def test_a_network_that_is_sure_still_has_a_curvature() -> None:
    model = network()
    with torch.no_grad():
        model[4].weight *= 100
    probability = model(torch.from_numpy(INPUTS)).softmax(1).amax(1)
    sure = (probability == 1).numpy()
    assert sure.any()
    assert (compute(at_hand(model))["curvature"][sure] > 0).any()


def test_the_size_of_batches_changes_nothing_and_the_network_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    model = network()
    before = deepcopy(model.state_dict())
    whole = compute(at_hand(model))
    monkeypatch.setattr(gradients, "BATCH", 7)
    cut = compute(at_hand(model))
    for name in ("jacobian", "curvature"):
        assert whole[name].shape == (20,)
        assert whole[name] == pytest.approx(cut[name], rel=1e-9)
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())
    assert all(parameter.requires_grad and parameter.grad is None for parameter in model.parameters())


def test_texts_have_none() -> None:
    with pytest.raises(NotForThese, match="texts have no gradients of their inputs"):
        compute(texts_at_hand())
