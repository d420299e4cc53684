"""Two trainings: on what, with which labels, and how far apart they end."""

import numpy as np
import pytest
import torch
from made_at_hand import INPUTS, TRAINING, at_hand, network, read_by, texts_at_hand, train_on
from torch import nn

from benchmark.networks.readings.projection import compute
from benchmark.reading import NotForThese
from registry import Examples


def test_one_is_trained_on_own_answers_and_the_other_on_as_many_training_examples_as_given() -> None:
    given: list[Examples] = []
    model = network()
    found = compute(at_hand(model, train_on=lambda examples: (given.append(examples), train_on(examples))[1]))
    own, reference = given
    assert len(own) == len(reference) == len(TRAINING) < len(INPUTS)
    assert np.array_equal(own.labels, read_by(model, own.inputs)[1].argmax(axis=1))
    rows = [next(row for row, one in enumerate(INPUTS) if np.array_equal(one, other)) for other in own.inputs]
    assert len(set(rows)) == len(rows)
    assert np.array_equal(reference.inputs, TRAINING.inputs)
    assert np.array_equal(reference.labels, TRAINING.labels)
    one, other = (torch.nn.utils.parameters_to_vector(train_on(examples).parameters()).double() for examples in given)
    assert np.linalg.norm(found["distance"]) == pytest.approx(float((one - other).detach().norm()), rel=1e-6)
    assert np.linalg.norm(found["reference"]) == pytest.approx(float(other.detach().norm()), rel=1e-6)
    assert len(found["distance"]) == 4  # two matrices and two biases


def test_a_network_that_is_right_on_its_own_training_set_has_no_distance() -> None:
    model = train_on(TRAINING)
    assert np.array_equal(read_by(model, TRAINING.inputs)[1].argmax(axis=1), TRAINING.labels)
    assert compute(at_hand(model, inputs=TRAINING.inputs))["distance"].tolist() == [0, 0, 0, 0]
    assert compute(at_hand(inputs=TRAINING.inputs))["distance"].min() > 0  # nobody trained this one


def test_fewer_inputs_than_training_examples_are_all_used() -> None:
    given: list[Examples] = []
    compute(at_hand(inputs=INPUTS[:6], train_on=lambda examples: (given.append(examples), train_on(examples))[1]))
    assert [len(examples) for examples in given] == [6, 6]
    assert np.array_equal(given[0].inputs, INPUTS[:6])


def test_a_training_that_diverged_is_no_reading() -> None:
    def diverging(examples: Examples) -> nn.Module:
        model = train_on(examples)
        nn.init.constant_(model[1].bias, float("nan"))
        return model

    with pytest.raises(NotForThese, match="a training on so few examples diverged"):
        compute(at_hand(train_on=diverging))


def test_texts_have_it_too() -> None:
    assert compute(texts_at_hand())["distance"].tolist() == [0, 0]  # the same network comes from both trainings
