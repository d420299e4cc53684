"""A training looked at after each epoch: it goes on as if nobody had, and what is seen is right."""

import random
from collections.abc import Callable
from copy import deepcopy
from itertools import combinations

import numpy as np
import pytest
import torch
from made_at_hand import TRAINING, at_hand, network, read_by, tensors, texts_at_hand, trainer
from torch import nn
from torch.nn.functional import cross_entropy

from benchmark.networks.inputs import as_inputs
from benchmark.networks.readings.epochs import BATCH, RATE, compute
from benchmark.networks.training import train
from registry import FAMILIES, Examples, Training


def test_the_trained_weights_are_the_same_bits_with_and_without_a_look() -> None:
    alone: list[nn.Module] = []
    looked: list[nn.Module] = []
    trainer(trained=alone)(lambda model: None)
    compute(at_hand(train_again=trainer(trained=looked)))
    (one,), (other,) = alone, looked
    assert one.training
    assert other.training
    assert all(torch.equal(*pair) for pair in zip(one.parameters(), other.parameters(), strict=True))


def test_a_training_of_ours_by_batch_statistics_and_dropout_is_the_same_too() -> None:
    def trained(look: bool) -> dict[str, torch.Tensor]:
        with torch.random.fork_rng():
            torch.manual_seed(0)
            layers = nn.Flatten(), nn.Linear(32, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(), nn.Linear(8, 3)
            model = nn.Sequential(*layers)
            inputs = as_inputs(FAMILIES["resnet18-32"], TRAINING, TRAINING.inputs.shape[1:], torch.device("cpu"))
            setting = Training(optimizer="adam", batch_size=4, max_epochs=3, stop_loss=0.0)

            def again(after_epoch) -> None:
                train(model, inputs, torch.from_numpy(TRAINING.labels), setting, after_epoch=after_epoch)

            if look:
                compute(at_hand(train_again=again))
            else:
                again(lambda one: None)
            return model.state_dict()

    one, other = trained(False), trained(True)
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_nobody_else_s_draws_are_others_after_it() -> None:
    before = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].copy()
    compute(at_hand())
    assert torch.equal(before[0], torch.get_rng_state())
    assert before[1] == random.getstate()
    assert np.array_equal(before[2], np.random.get_state()[1])


def test_predictions_and_losses_are_those_of_each_epoch_in_evaluation_mode() -> None:
    kept: list[nn.Module] = []
    trainer(5)(lambda model: kept.append(deepcopy(model).eval()))
    found = compute(at_hand(train_again=trainer(5)))
    assert found["predictions"].shape == found["losses"].shape == (5, 15)
    assert found["predictions"].dtype == np.int64
    assert np.array_equal(found["labels"], TRAINING.labels)
    for epoch, model in enumerate(kept):
        logits = torch.from_numpy(read_by(model, TRAINING.inputs)[1]).double()
        assert np.array_equal(found["predictions"][epoch], logits.argmax(1).numpy())
        wrong = cross_entropy(logits, torch.from_numpy(TRAINING.labels), reduction="none")
        assert found["losses"][epoch] == pytest.approx(wrong.numpy(), abs=1e-6)


def test_susceptibility_of_a_linear_network_is_that_of_a_step_by_hand() -> None:
    """Softmax regression: the gradient is (p - y) x'."""
    inputs = np.random.default_rng(0).normal(size=(150, 2)).astype(np.float32)
    model = nn.Linear(2, 3)
    read: list[np.ndarray] = []

    def arguments(given: np.ndarray) -> tuple[torch.Tensor, ...]:
        read.append(given)
        return tensors(given)

    hand = at_hand(
        model,
        inputs=inputs,
        training=Examples(inputs, np.zeros(150, dtype=int)),
        arguments=arguments,
        read_by=lambda one, given: ({}, one(*tensors(given)).detach().numpy()),
        train_again=lambda after_epoch: (after_epoch(model), after_epoch(model))[0],
    )
    found = compute(hand)["susceptibility"]
    assert found[0] == found[1]  # the copy makes the step, on the same labels each time
    rows = read[0]  # then come the batches of the training set
    assert len(rows) == BATCH
    weights, bias = (part.detach().double().numpy() for part in model.parameters())
    generator = np.random.default_rng([*b"susceptibility"])
    generator.permutation(150)
    target = np.eye(3)[generator.integers(0, 3, BATCH)]

    def probabilities(weights: np.ndarray, bias: np.ndarray) -> np.ndarray:
        powers = np.exp(rows @ weights.T + bias)
        return powers / powers.sum(axis=1, keepdims=True)

    off = (probabilities(weights, bias) - target) / BATCH
    after = probabilities(weights - RATE * off.T @ rows, bias - RATE * off.sum(axis=0))
    losses = [-np.log((made * target).sum(axis=1)).mean() for made in (probabilities(weights, bias), after)]
    assert found[0] == pytest.approx(losses[0] - losses[1], abs=1e-6)
    assert found[0] > 1e-4


def test_disparity_of_a_linear_network_is_the_distance_of_its_gradients_by_hand() -> None:
    """Softmax regression again, on five batches that share no example and are the same after every epoch."""
    generator = np.random.default_rng(1)
    examples = Examples(generator.normal(size=(730, 2)).astype(np.float32), generator.integers(0, 3, 730))
    model, read = nn.Linear(2, 3), []

    def arguments(given: np.ndarray) -> tuple[torch.Tensor, ...]:
        read.append(given)
        return tensors(given)

    def twice(after_epoch: Callable[[nn.Module], None]) -> None:
        after_epoch(model)
        with torch.no_grad():
            model.weight *= 3
        after_epoch(model)

    hand = at_hand(
        model,
        inputs=examples.inputs,
        training=examples,
        arguments=arguments,
        read_by=lambda one, given: ({}, one(*tensors(given)).detach().numpy()),
        train_again=twice,
    )
    weights, bias = (part.detach().double().numpy().copy() for part in model.parameters())
    found = compute(hand)["disparity"]
    batches = read[1:]
    assert [len(one) for one in batches] == 5 * [BATCH]
    assert len(np.unique(np.concatenate(batches), axis=0)) == 500
    label_of = dict(zip(map(bytes, examples.inputs), examples.labels.tolist(), strict=True))
    for scale, value in zip((1, 3), found, strict=True):
        gradients = []
        for rows in batches:
            powers = np.exp(scale * rows @ weights.T + bias)
            off = powers / powers.sum(axis=1, keepdims=True) - np.eye(3)[[label_of[bytes(row)] for row in rows]]
            gradients.append(np.append(off.T @ rows, off.sum(axis=0)) / BATCH)
        pairs = [np.linalg.norm(one - other) for one, other in combinations(gradients, 2)]
        assert value == pytest.approx(np.mean(pairs), rel=1e-5)


def test_the_squares_of_disparity_over_layers_add_up_and_an_unused_parameter_adds_none() -> None:
    """Two training examples are two batches, so that there is one distance."""
    model = network()
    model.register_parameter("unused", nn.Parameter(torch.ones(2)))
    hand = at_hand(training=TRAINING.at(np.arange(2)), train_again=lambda after_epoch: after_epoch(model))

    def of_layers(*trained: int) -> float:
        for place in (1, 4):
            model[place].requires_grad_(place in trained)
        return float(compute(hand)["disparity"][0])

    whole, first, last = of_layers(1, 4), of_layers(1), of_layers(4)
    assert min(first, last) > 0
    assert whole**2 == pytest.approx(first**2 + last**2, rel=1e-5)


def test_a_step_drops_no_unit_of_a_network_in_training_and_leaves_it_in_its_mode() -> None:
    model = network(dropout=0.9)
    sure = compute(at_hand(train_again=lambda after_epoch: after_epoch(model.eval())))["susceptibility"]
    drops = compute(at_hand(train_again=lambda after_epoch: after_epoch(model.train())))["susceptibility"]
    assert sure == drops
    assert all(module.training for module in model.modules())


def test_texts_are_looked_at_too() -> None:
    hand = texts_at_hand()
    found = compute(texts_at_hand(train_again=lambda after_epoch: after_epoch(hand.network)))
    assert found["predictions"].shape == (1, 8)
