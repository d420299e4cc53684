"""What was read of a network is said in a few words, with what was done to its inputs."""

import torch
from torch import nn

from benchmark.candidates.read_out import read_out, tap_words
from benchmark.networks.inputs import Tensors
from registry import Tap


def test_many_taps_are_counted_and_reductions_named_once() -> None:
    taps = [Tap(f"layers.{n}", "last-token") for n in range(6)]
    assert tap_words(taps) == "6 taps from layers.0 to layers.5 at the last token"
    assert tap_words([Tap("conv", "spatial-mean"), Tap("fc")]) == "conv, fc over all places"


def test_a_network_comes_with_its_activations_and_all_of_the_words() -> None:
    network = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    inputs = torch.randn(5, 3)
    found, words = read_out(network, Tensors(inputs), "auto", "a perceptron", "none cut")
    assert words == "a perceptron: 0, none cut"
    torch.testing.assert_close(torch.from_numpy(found["0"]), network[0](inputs).detach())
