"""The probes: logistic regression at its optimum, and a perceptron whose gradients and steps are those of torch."""

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.metrics import _probes

GENERATOR = np.random.default_rng(0)


def told(classes: int, examples: int = 120) -> tuple[np.ndarray, np.ndarray]:
    """Features that tell most of the labels."""
    labels = np.arange(examples) % classes
    return GENERATOR.normal(size=(examples, 4)) + 1.5 * np.eye(4)[labels], labels


def test_the_weights_of_the_best_epoch_code_and_not_those_of_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(0)
    features, labels = generator.normal(size=(200, 400)), generator.integers(0, 2, 200)
    codes = []
    for epochs in (1, 2, 3, 50):
        monkeypatch.setattr(_probes, "EPOCHS", epochs)
        codes.append(_probes.mlp(features[:100], labels[:100], features[100:], labels[100:], 2))
    assert all((code == codes[0]).all() for code in codes)  # noise is learned by heart from the first epoch on


@pytest.mark.parametrize("classes", [2, 3])
def test_the_linear_probe_is_at_the_optimum_of_its_penalized_loss(classes: int) -> None:
    """What no step of a second optimizer, begun at zero, makes better: L-BFGS of torch in float64."""
    (x, y), (coded, coded_labels) = told(classes), told(classes, 30)
    found = _probes.linear(x, y, coded, coded_labels, classes)
    outputs = classes if classes > 2 else 1
    weights, bias = torch.zeros(4, outputs, dtype=torch.float64), torch.zeros(outputs, dtype=torch.float64)
    optimizer = torch.optim.LBFGS([weights.requires_grad_(), bias.requires_grad_()], max_iter=500, tolerance_grad=1e-10)

    def surprise(features: np.ndarray, labels: np.ndarray) -> torch.Tensor:
        scores = torch.from_numpy(features) @ weights + bias
        scores = scores if classes > 2 else torch.cat([torch.zeros_like(scores), scores], dim=1)
        return nn.functional.cross_entropy(scores, torch.from_numpy(labels), reduction="none")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = surprise(x, y).sum() + (weights**2).sum() / 2  # C = 1
        loss.backward()
        return loss

    optimizer.step(closure)
    np.testing.assert_allclose(found, surprise(coded, coded_labels).detach().numpy(), atol=2e-3)


def layers(probe: _probes._Mlp) -> nn.Sequential:
    """The same perceptron of torch's own layers."""
    network = nn.Sequential(nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 3))
    for layer, w, b in ((network[0], *probe.w[:2]), (network[2], *probe.w[2:])):
        layer.weight.data, layer.bias.data = w.t().clone(), b.clone()
    return network


def test_a_perceptron_says_and_learns_what_that_of_torch_does() -> None:
    torch.manual_seed(0)
    probe = _probes._Mlp(4, 2, 3)
    network = layers(probe)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_probes.RATE)
    x, y = torch.randn(16, 4), torch.arange(16) % 3
    for _ in range(5):
        loss = nn.functional.cross_entropy(network(x), y, reduction="none")
        assert torch.allclose(probe.surprise(x, y), loss, atol=1e-6)
        optimizer.zero_grad()
        loss.mean().backward()
        with torch.no_grad():
            probe.step(x, y)
        for ours, theirs in zip(probe.g, (p.grad for p in network.parameters()), strict=True):
            assert torch.allclose(ours if ours.dim() == 1 else ours.t(), theirs, atol=1e-6)
        optimizer.step()
    for ours, theirs in zip(probe.w, network.parameters(), strict=True):
        assert torch.allclose(ours if ours.dim() == 1 else ours.t(), theirs, atol=1e-6)


def test_a_perceptron_codes_by_what_it_has_learned() -> None:
    generator, labels = np.random.default_rng(1), np.arange(400) % 3
    x = generator.normal(size=(400, 32)) + 2.0 * np.eye(32)[labels]
    uniform = np.log(3)
    assert _probes.mlp(x[:300], labels[:300], x[300:], labels[300:], 3).mean() < 0.5 * uniform


def test_initial_weights_are_as_far_from_0_as_those_of_torch() -> None:
    torch.manual_seed(0)
    probe = _probes._Mlp(100, 50, 40)
    for part, inputs in zip(probe.w, (100, 100, 50, 50), strict=True):
        bound = inputs**-0.5
        assert 0.8 * bound < float(part.abs().max()) <= bound
        assert abs(float(part.mean())) < 0.4 * bound


def test_a_perceptron_has_one_code_for_each_seed_and_leaves_the_generator_as_it_was() -> None:
    (x, y), state = told(3), torch.get_rng_state()
    one, again, other = (_probes.mlp(x[:90], y[:90], x[90:], y[90:], 3, seed=seed) for seed in (0, 0, 1))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert (one > 0).all()
    assert torch.equal(torch.get_rng_state(), state)
