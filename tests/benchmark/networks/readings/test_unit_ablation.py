"""Units set to zero: the network is the one whose weights into them are zero; which units, and of what."""

from collections import namedtuple
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
import torch
from made_at_hand import INPUTS, at_hand, network, read_by, tensors
from torch import nn

from benchmark.entries.checks import made_networks
from benchmark.networks.activations import read
from benchmark.networks.inputs import as_inputs
from benchmark.networks.readings.unit_ablation import DRAWS, compute
from benchmark.reading import AtHand, NotForThese
from registry import FAMILIES, Examples, Tap

FAMILY = FAMILIES["resnet18-32"]


def drawn(tap: str, draw: int, units: int) -> np.ndarray:
    return np.random.default_rng([draw, *tap.encode()]).permutation(units)[: units // 2]


def tapped(model: nn.Module, *taps: Tap) -> AtHand:
    """The network at hand, read as a run does."""

    def read_by(one: nn.Module, inputs: np.ndarray) -> Any:
        examples = Examples(inputs, np.zeros(len(inputs), dtype=np.int64))
        return read(one, taps, as_inputs(FAMILY, examples, inputs.shape[1:], torch.device("cpu")))

    return at_hand(model.eval(), read_by=read_by)


def test_a_unit_that_is_off_gives_what_weights_of_zero_give() -> None:
    model = network()
    found = compute(at_hand(model))
    assert list(found) == ["1/1", "1/2", "1/3"]
    for draw in range(1, DRAWS + 1):
        by_hand = deepcopy(model)
        with torch.no_grad():
            for parameter in by_hand[1].parameters():
                parameter[drawn("1", draw, 8)] = 0.0
        assert found[f"1/{draw}"] == pytest.approx(read_by(by_hand, INPUTS)[1], abs=1e-6)
        assert not np.allclose(found[f"1/{draw}"], read_by(model, INPUTS)[1])


def test_a_channel_is_off_in_every_place_and_one_tap_at_a_time() -> None:
    """As many channels as columns and rows: the first axis that fits is the one of a feature map."""
    model = nn.Sequential(nn.Conv2d(2, 4, 1), nn.ReLU(), nn.Flatten(), nn.Linear(64, 5), nn.Linear(5, 3))
    found = compute(tapped(model, Tap("0", "spatial-mean"), Tap("3")))
    assert list(found) == ["0/1", "0/2", "0/3", "3/1", "3/2", "3/3"]
    for name, logits in found.items():
        tap, draw = name.split("/")
        by_hand = deepcopy(model)
        with torch.no_grad():
            for parameter in by_hand[int(tap)].parameters():
                parameter[drawn(tap, int(draw), len(parameter))] = 0.0
            assert logits == pytest.approx(by_hand(*tensors(INPUTS)).numpy(), abs=1e-6)


class Pairs(nn.Module):
    """Gives six tokens of six channels (B, T, C) beside something else, as layers of attention do."""

    def __init__(self, kind: Callable[[list[torch.Tensor]], Any]) -> None:
        super().__init__()
        self.map, self.kind = nn.Linear(2, 6), kind

    def forward(self, inputs: torch.Tensor) -> Any:
        states = self.map(inputs.flatten(2).transpose(1, 2)[:, :6])
        return self.kind([states, inputs])


class Read(nn.Module):
    """A network whose only layer gives pairs; its logits are of all tokens."""

    def __init__(self, kind: Callable[[list[torch.Tensor]], Any]) -> None:
        super().__init__()
        self.layer, self.last = Pairs(kind), nn.Linear(36, 3)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        states, whole = self.layer(inputs)
        assert whole is inputs
        return self.last(states.flatten(1))


Named = namedtuple("Named", ["states", "inputs"])


@pytest.mark.parametrize("kind", [tuple, list, Named._make])
def test_of_a_layer_that_gives_several_things_the_tapped_one_is_changed(kind: Any) -> None:
    torch.manual_seed(0)
    model = Read(kind)
    found = compute(tapped(model, Tap("layer", "mean-of-tokens", layout="channels-last")))
    for draw in range(1, DRAWS + 1):
        by_hand = deepcopy(model)
        with torch.no_grad():
            for parameter in by_hand.layer.map.parameters():
                parameter[drawn("layer", draw, 6)] = 0.0
            assert found[f"layer/{draw}"] == pytest.approx(by_hand(*tensors(INPUTS)).numpy(), abs=1e-6)


def test_an_encoder_of_texts_is_changed_layer_by_layer_and_is_afterwards_what_it_was() -> None:
    hand = made_networks.at_hand("text", 20, 3)
    before = hand.logits(hand.inputs)
    found = compute(hand)
    assert len(found) == DRAWS * len(hand.read(hand.inputs)[0])
    assert all(not np.allclose(logits, before) for logits in found.values())
    assert hand.logits(hand.inputs).tobytes() == before.tobytes()
    assert not any(module._forward_hooks for module in hand.network.modules())


def test_what_has_no_axis_of_neurons_has_no_such_reading() -> None:
    hand = at_hand(read_by=lambda one, inputs: ({"1": np.zeros((1, 7))}, read_by(one, inputs)[1]))
    with pytest.raises(NotForThese, match=r"gives, \(20, 8\), has no axis of its 7 neurons"):
        compute(hand)
