"""The last layer of a network: its inputs, its outputs, its weights, and networks that have none."""

import numpy as np
import pytest
import torch
from made_at_hand import TRAINING, at_hand, network, read_by, texts_at_hand
from torch import nn

from benchmark.networks.readings.last_layer import READING, compute
from benchmark.reading import NotForThese


def test_features_are_what_goes_into_the_last_layer_and_logits_what_comes_out() -> None:
    model = network()
    found = compute(at_hand(model))
    hidden = np.maximum(read_by(model, TRAINING.inputs)[0]["1"], 0)
    assert found["features"] == pytest.approx(hidden, abs=1e-6)
    assert found["logits"] == pytest.approx(found["features"] @ found["weight"].T + found["bias"], abs=1e-5)
    assert found["logits"] == pytest.approx(read_by(model, TRAINING.inputs)[1], abs=1e-6)
    assert np.array_equal(found["labels"], TRAINING.labels)
    assert READING.axis == "network"


def test_dropout_before_the_last_layer_is_off_and_the_network_keeps_its_mode() -> None:
    model = network(dropout=0.9).train()
    found = compute(at_hand(model))
    assert found["features"] == pytest.approx(compute(at_hand())["features"], abs=1e-6)
    assert model.training


class Odd(nn.Module):
    """The layer that gives the logits was made first; two more are applied to others of its inputs."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.head = nn.Linear(32, 3, bias=False)
        self.body = nn.Linear(32, 32)
        self.beside = nn.Linear(32, 3)
        self.scale = scale

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        hidden = self.body(inputs.flatten(1))
        self.beside(inputs.flatten(1))
        logits = self.head(hidden)
        self.beside(hidden)
        return self.scale * logits if self.scale != 1 else logits


def test_the_last_layer_is_the_one_whose_output_the_logits_are_wherever_it_stands() -> None:
    model = Odd(1).eval()
    found = compute(at_hand(model))
    assert np.array_equal(found["weight"], model.head.weight.detach().numpy())
    assert "bias" not in found
    assert found["logits"] == pytest.approx(found["features"] @ found["weight"].T, abs=1e-5)


@pytest.mark.parametrize("model", [Odd(2), nn.Sequential(nn.Flatten(), nn.Linear(32, 3), nn.LogSoftmax(1))])
def test_where_something_comes_behind_a_linear_layer_there_is_no_such_reading(model: nn.Module) -> None:
    with pytest.raises(NotForThese, match="its logits are not the output of a linear layer"):
        compute(at_hand(model.eval()))


def test_no_hook_stays_behind() -> None:
    model = network()
    compute(at_hand(model))
    assert not any(module._forward_hooks for module in model.modules())


def test_a_network_of_texts_that_is_one_linear_map_has_it_too() -> None:
    found = compute(texts_at_hand())
    assert found["features"].shape == (8, 2)
    assert found["weight"].shape == (2, 2)
