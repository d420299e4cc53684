"""Critics: what they make small, by plain loops and another solver; where they can disagree, and where they cannot."""

from math import exp, log

import numpy as np
import pytest
import torch
from made_at_hand import at_hand, network, texts_at_hand
from scipy.optimize import minimize
from torch import nn

from benchmark.networks.readings import critic as module
from benchmark.networks.readings.critic import RIDGES, compute, objective
from benchmark.reading import Arrays, NotForThese
from registry import Examples


def taken(model: nn.Module, held_out: np.ndarray, inputs: np.ndarray) -> Arrays:
    """Of a network whose features are its inputs (B, H), or a linear map of them."""
    one, other = held_out.astype(np.float32), inputs.astype(np.float32)
    classes = int(model(torch.from_numpy(one[:1])).shape[1])
    given = Examples(one, np.zeros(len(one), dtype=np.int64))  # labels are not read
    return compute(at_hand(model.eval(), held_out=given, inputs=other, num_classes=classes))


def linear(weights: list[list[float]]) -> nn.Linear:
    layer = nn.Linear(len(weights[0]), len(weights), bias=False)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(weights))
    return layer


def by_loops(weights: np.ndarray, held_out: tuple, inputs: tuple, ridge: float) -> float:
    """The objective as it stands, example by example."""
    agreeing, disagreeing = [], []
    for features, own in zip(*held_out, strict=True):
        z = features @ weights[:-1] + weights[-1]
        agreeing.append(log(sum(map(exp, z))) - z[own])
    for features, own in zip(*inputs, strict=True):
        z = features @ weights[:-1] + weights[-1]
        others = [one for k, one in enumerate(z) if k != own]
        disagreeing.append(log(1 + exp(z[own] - sum(others) / len(others))))
    return float((np.mean(agreeing) + np.mean(disagreeing) + ridge * (weights[:-1] ** 2).sum()) / 2)


@pytest.mark.parametrize("classes", [2, 4])
def test_what_is_made_small_is_the_formula(classes: int) -> None:
    generator = np.random.default_rng(0)
    weights = generator.normal(size=(4, classes))
    parts = [(generator.normal(size=(count, 3)), generator.integers(0, classes, count)) for count in (7, 9)]
    given = [tuple(map(torch.from_numpy, part)) for part in parts]
    for ridge in (0.0, 0.3):
        found = float(objective(torch.from_numpy(weights), given[0], given[1], ridge))
        assert found == pytest.approx(by_loops(weights, parts[0], parts[1], ridge), rel=1e-12)


def test_each_critic_is_the_one_that_another_solver_finds_from_another_start(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple] = []
    critics = module._critics
    monkeypatch.setattr(module, "_critics", lambda *given: (seen.append(given), critics(*given))[1])
    generator = np.random.default_rng(1)
    model = linear(generator.normal(size=(3, 4)).tolist())
    found = taken(model, generator.normal(size=(60, 4)), generator.normal(size=(80, 4)) + 1)
    ((held_out, inputs, classes),) = seen
    assert (len(held_out[1]), len(inputs[1]), classes) == (30, 40, 3)
    plain = [tuple(part.numpy() for part in one) for one in (held_out, inputs)]
    for ridge, own in zip(RIDGES, critics(*seen[0]), strict=True):
        start = generator.normal(size=15)
        best = minimize(lambda w, r=ridge: by_loops(w.reshape(5, 3), *plain, r), start, tol=1e-10)
        assert by_loops(own.numpy(), *plain, ridge) == pytest.approx(best.fun, abs=1e-7)
    assert set(found) == {"held_out", "inputs"}
    assert all(len(shares) == len(RIDGES) for shares in found.values())


SIGNS = np.where(np.random.default_rng(2).random(400) < 0.5, 1.0, -1.0)
BY_THE_FIRST = [[-1.0, 0.0], [1.0, 0.0]]  # class 1 where the first feature is above 0


def test_where_another_feature_says_the_opposite_on_the_inputs_a_critic_disagrees_on_all() -> None:
    alike, opposite = np.stack([SIGNS, SIGNS], axis=1), np.stack([SIGNS, -SIGNS], axis=1)
    found = taken(linear(BY_THE_FIRST), alike, opposite)
    assert found["held_out"][-1] == 0
    assert found["inputs"][-1] == 1


def test_where_the_features_have_lost_the_other_rule_no_critic_disagrees_more() -> None:
    """The same inputs, of which the network's own layer before the last has kept the first feature alone."""
    alike, opposite = np.stack([SIGNS, SIGNS], axis=1), np.stack([SIGNS, -SIGNS], axis=1)
    model = nn.Sequential(linear([[1.0, 0.0]]), linear([[-1.0], [1.0]]))
    found = taken(model, alike, opposite)
    assert (found["inputs"] - found["held_out"]).max() < 0.1


def test_on_the_same_examples_it_disagrees_alike() -> None:
    given = np.random.default_rng(3).normal(size=(90, 4))
    found = taken(linear(np.random.default_rng(4).normal(size=(3, 4)).tolist()), given, given)
    assert np.array_equal(found["held_out"], found["inputs"])


def test_shares_are_of_the_halves_that_no_critic_was_fitted_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Critics with a bias alone give one class: they disagree on whatever has another one in the other halves."""
    always_0 = torch.tensor([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0]], dtype=torch.float64)
    monkeypatch.setattr(module, "_critics", lambda *given: [always_0])
    held_out, inputs = (np.random.default_rng(seed).normal(size=(50 + seed, 2)) for seed in (5, 6))
    found = taken(linear(BY_THE_FIRST), held_out, inputs)
    for name, given in (("held_out", held_out), ("inputs", inputs)):
        rest = np.random.default_rng([*b"critic"]).permutation(len(given))[(len(given) + 1) // 2 :]
        assert found[name] == pytest.approx([np.mean(given[rest, 0] > 0)])


def test_features_in_other_units_have_the_same_critics() -> None:
    generator = np.random.default_rng(7)
    held_out, inputs = generator.normal(size=(60, 2)), generator.normal([0, 1], size=(60, 2))
    one, other = (taken(linear(BY_THE_FIRST), scale * held_out, scale * inputs) for scale in (1, 64))
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_images_and_texts_have_it_and_dead_features_too() -> None:
    dead = network()
    with torch.no_grad():
        dead[1].bias -= 1e4  # no unit behind the ReLU is on
    for hand in (at_hand(), texts_at_hand(), at_hand(dead)):
        found = compute(hand)
        assert all(((shares >= 0) & (shares <= 1)).all() for shares in found.values())


def test_without_two_examples_of_each_or_a_last_linear_layer_there_is_no_such_reading() -> None:
    hand = at_hand()
    for few in ({"held_out": hand.held_out.at(np.arange(1))}, {"inputs": hand.inputs[:1]}):
        with pytest.raises(NotForThese, match="two held-out examples and two inputs"):
            compute(at_hand(**few))
    with pytest.raises(NotForThese, match="its logits are not the output of a linear layer"):
        compute(at_hand(nn.Sequential(network(), nn.Softmax(1)).eval()))
