"""The file of a network's weights: the same bytes each time, and back to the bit, tied tensors and views too."""

import copy
import json
from typing import Any

import pytest
import torch
from safetensors.torch import load
from torch import nn

from benchmark.networks.weights import WeightsFacts, aliases_in, facts_in, packed, put_into, size_of, state_in

FACTS: WeightsFacts = {
    "key": "a.b.s0-12", "family": "b", "family_version": 1, "shape": [3], "num_classes": 2, "seed": 5, "tokens": None,
    "version": "0.2.0",
}  # fmt: skip


class Tied(nn.Module):
    """A decoder that reads its embeddings' weights, with a buffer that is a view of another."""

    def __init__(self) -> None:
        super().__init__()
        self.embeddings = nn.Embedding(5, 3)
        self.head = nn.Linear(3, 5)
        self.head.weight = self.embeddings.weight
        places = torch.arange(6.0)
        self.register_buffer("places", places)
        self.register_buffer("later", places[3:])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.head(self.embeddings(ids))


def plain() -> nn.Module:
    return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))


def test_weights_come_back_to_the_bit_with_what_is_said_of_them() -> None:
    network, other = plain(), plain()
    content = packed(network, FACTS)
    assert facts_in(content) == {**FACTS, "aliases": {}}
    put_into(other, content)
    assert not other.training
    for name, tensor in network.state_dict().items():
        assert torch.equal(other.state_dict()[name], tensor)
        assert other.state_dict()[name].dtype == tensor.dtype


def test_a_network_has_the_same_bytes_each_time() -> None:
    """A head of several entries would be written in any order."""
    network = plain()
    assert len({packed(copy.deepcopy(network), FACTS) for _ in range(20)}) == 1


def test_a_tied_tensor_is_stored_once_and_comes_back_in_both_places() -> None:
    network, other = Tied(), Tied()
    content = packed(network, FACTS)
    assert aliases_in(content) == {"head.weight": "embeddings.weight"}
    assert sorted(load(content)) == ["embeddings.weight", "head.bias", "later", "places"]
    put_into(other, content)
    ids = torch.arange(5)
    assert torch.equal(other(ids), network(ids))
    assert other.head.weight is other.embeddings.weight
    assert torch.equal(state_in(content)["later"], torch.tensor([3.0, 4.0, 5.0]))


def test_the_size_counts_tied_tensors_once() -> None:
    assert size_of(Tied()) == 4 * (15 + 5 + 6 + 3)  # embeddings, bias, places, later: each in float32


def test_tensors_that_do_not_lie_in_order_come_back_as_they_were() -> None:
    network, other = nn.Conv2d(2, 3, 2).to(memory_format=torch.channels_last), nn.Conv2d(2, 3, 2)
    put_into(other, packed(network, FACTS))
    assert torch.equal(other.weight, network.weight)


def test_a_state_that_is_no_tensor_is_refused() -> None:
    network = type("Odd", (nn.Linear,), {"get_extra_state": lambda self: {"a": 1}})(3, 2)
    with pytest.raises(TypeError, match="_extra_state of its state is a dict, not a tensor"):
        packed(network, FACTS)


def test_weights_of_another_network_are_refused_with_the_tensor_that_differs() -> None:
    with pytest.raises(ValueError, match=r"size mismatch for 0\.weight"):
        put_into(nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Linear(4, 2)), packed(plain(), FACTS))
    with pytest.raises(ValueError, match="Missing key"):
        put_into(nn.Linear(3, 4), packed(plain(), FACTS))


def headed(head: Any) -> bytes:
    text = json.dumps(head).encode()
    return len(text).to_bytes(8, "little") + text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is no file of weights that memorank has written"),
        (b"text of somebody", "it is no file of weights"),
        (headed([]), "it is no file of weights"),
        (headed({"__metadata__": {"format": "pt"}}), "it is no file of weights"),
        (headed({"__metadata__": {"memorank": 3}}), "it is no file of weights"),
        (headed({"__metadata__": {"memorank": json.dumps({**FACTS, "aliases": 1})}}), "no usable aliases"),
        (headed({"__metadata__": {"memorank": json.dumps({"aliases": {}})}}), "no usable key"),
        (headed({"__metadata__": {"memorank": json.dumps({**FACTS, "aliases": {"a": "b"}})}}), "does not hold 'b'"),
    ],
)
def test_what_is_no_file_of_weights_says_so(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        state_in(content)


def test_a_file_that_is_cut_says_so() -> None:
    with pytest.raises(ValueError, match=r"\w"):
        state_in(packed(plain(), FACTS)[:-1])
