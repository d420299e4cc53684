"""The activations of anybody's module: the right numbers, and the module as it was."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from benchmark.networks.own_networks import Reader, activations_of
from registry import FAMILIES, Tap, UserError

INPUTS = torch.randn(50, 6, generator=torch.Generator().manual_seed(0))


def perceptron() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 4), nn.Linear(4, 2))


def test_they_are_what_the_modules_give_in_evaluation_mode() -> None:
    net = perceptron()
    found = activations_of(net, INPUTS)
    net.eval()
    with torch.no_grad():
        np.testing.assert_allclose(found["0"], net[0](INPUTS).numpy(), rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(found["3"], net[:4](INPUTS).numpy(), rtol=1e-5, atol=1e-6)


def test_the_module_its_mode_and_torchs_generator_stay_as_they_were() -> None:
    net = perceptron()
    net[1].eval()
    before, drawn = {name: value.clone() for name, value in net.state_dict().items()}, torch.get_rng_state()
    activations_of(net, INPUTS, ["3"])
    assert [module.training for module in net] == [True, False, True, True, True]
    assert all(torch.equal(before[name], value) for name, value in net.state_dict().items())
    assert torch.equal(drawn, torch.get_rng_state())
    assert not any(module._forward_hooks for module in net.modules())


@pytest.mark.parametrize("form", ["tensor", "float64 array", "batches", "labelled batches", "an iterator"])
def test_inputs_of_every_form_give_the_same(form: str) -> None:
    labels = torch.zeros(50)
    given = {
        "tensor": INPUTS,
        "float64 array": INPUTS.double().numpy(),
        "batches": list(INPUTS.split(7)),
        "labelled batches": DataLoader(TensorDataset(INPUTS, labels), batch_size=16),
        "an iterator": iter(INPUTS.split(20)),
    }[form]
    np.testing.assert_allclose(activations_of(perceptron(), given)["0"], activations_of(perceptron(), INPUTS)["0"])


def test_of_batches_no_more_are_taken_than_are_read() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield INPUTS

    assert activations_of(perceptron(), endless(), examples=120)["0"].shape == (120, 8)


def test_texts_are_padded_on_whatever_side_and_read_at_their_own_tokens() -> None:
    encoder = FAMILIES["toy-encoder"].build((8,), 2).get_submodule("encoder")
    right = {"input_ids": [[1, 5, 6, 2], [1, 7, 2, 0]], "attention_mask": [[1, 1, 1, 1], [1, 1, 1, 0]]}
    left = {"input_ids": [[1, 5, 6, 2], [0, 1, 7, 2]], "attention_mask": [[1, 1, 1, 1], [0, 1, 1, 1]]}
    found = [activations_of(encoder, given) for given in (right, left)]
    for path, matrix in found[0].items():
        np.testing.assert_allclose(matrix, found[1][path], atol=1e-6)
    assert {matrix.shape for matrix in found[0].values()} == {(2, 16)}


@pytest.mark.parametrize(
    ("given", "taps", "said"),
    [
        (INPUTS, ["nope"], "no module 'nope' to tap"),
        (INPUTS, [Tap("1", "spatial-mean")], "tap '1'"),
        ("texts", "auto", "inputs are an array, a tensor, a mapping with input_ids, or batches, not str"),
        ([], "auto", "the inputs hold no batch"),
        ([torch.zeros(2, 6), torch.zeros(2, 5)], "auto", r"batches are \(B, ...\) of one shape"),
        ([{"ids": torch.zeros(2, 6)}], "auto", "a mapping with input_ids, not with ids"),
    ],
)
def test_what_cannot_be_read_is_one_line(given: object, taps: object, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        activations_of(perceptron(), given, taps)  # type: ignore[arg-type]
    assert "network." not in str(caught.value)


class Odd(nn.Module):
    """Counts its calls in a buffer, draws, and holds a whole number first."""

    def __init__(self) -> None:
        super().__init__()
        self.number = nn.Parameter(torch.tensor(3), requires_grad=False)
        self.body, self.head = nn.Linear(6, 5), nn.Linear(5, 2)
        self.register_buffer("calls", torch.zeros(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        return self.head(self.body(x) + torch.rand(5))  # type: ignore[no-any-return]


def test_buffers_and_generators_stay_what_is_drawn_is_drawn_again_and_fractions_stay_fractions() -> None:
    torch.manual_seed(0)
    net = Odd()
    drawn = torch.get_rng_state()
    first, second = activations_of(net, DataLoader(INPUTS, batch_size=10)), activations_of(net, INPUTS)
    assert torch.equal(drawn, torch.get_rng_state())
    assert net.calls.tolist() == [0.0]
    np.testing.assert_allclose(first["body"], second["body"])
    np.testing.assert_allclose(first["body"], net.body(INPUTS).detach().numpy(), atol=1e-6)


def test_ids_of_a_network_of_words_are_read_as_texts() -> None:
    encoder = FAMILIES["toy-encoder"].build((8,), 2).get_submodule("encoder")
    ids = torch.tensor([[1, 5, 6, 2], [1, 7, 8, 2]])
    for path, matrix in activations_of(encoder, ids).items():
        np.testing.assert_allclose(matrix, activations_of(encoder, {"input_ids": ids})[path], atol=1e-6)


class Mixing(nn.Module):
    """Mixes all places of a text, padded or not, as FNet does, whatever the mask says."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.words, self.mixed, self.head = nn.Embedding(20, 8), nn.Linear(8, 8), nn.Linear(8, 2)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.head(self.mixed(self.words(input_ids).cumsum(1).flip(1)))[:, 0]  # type: ignore[no-any-return]


def test_texts_that_padding_would_change_are_read_without_any() -> None:
    ids = torch.randint(1, 20, (40, 9), generator=torch.Generator().manual_seed(0))
    lengths = torch.randint(1, 10, (40,), generator=torch.Generator().manual_seed(1))
    mask = (torch.arange(9) < lengths[:, None]).long()
    net = Mixing()
    reader = Reader(net, {"input_ids": ids * mask, "attention_mask": mask}, [Tap("mixed", "first-token")])
    texts = [row[:length] for row, length in zip(ids, lengths, strict=True)]
    right = [net.mixed(net.words(text).sum(0)).detach().numpy() for text in texts]
    np.testing.assert_allclose(reader.read()["mixed"], np.stack(right), atol=1e-5)
    assert reader.one_length
    assert not Reader(net, {"input_ids": ids}, [Tap("mixed", "first-token")]).one_length


class Drawing(nn.Sequential):
    """Hides half of what it is given, in evaluation mode too."""

    def __init__(self, draw: Callable[[], Any]) -> None:
        super().__init__(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 4), nn.Linear(4, 2))
        self.draw = draw

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x * float(self.draw()))  # type: ignore[no-any-return]


@pytest.mark.parametrize("draw", [random.random, np.random.rand, lambda: torch.rand(1)])
def test_a_network_that_draws_at_random_in_evaluation_mode_is_refused(draw: Callable[[], Any]) -> None:
    net = Drawing(draw)
    drawn = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[union-attr]
    with pytest.raises(UserError, match=r"draws at random in evaluation mode, so tap '0' .* set mask_ratio to 0"):
        activations_of(net, INPUTS)
    assert torch.equal(drawn[0], torch.get_rng_state())
    assert drawn[1:] == (random.getstate(), np.random.get_state()[1].tolist())  # type: ignore[union-attr]


@pytest.mark.parametrize("given", [None, "net.pt", np.zeros((3, 4)), nn.Linear])
def test_what_is_no_module_is_one_line(given: Any) -> None:
    with pytest.raises(UserError, match=r"a network is a torch module, not .*rank_models"):
        activations_of(given, np.zeros((50, 4), dtype=np.float32))
