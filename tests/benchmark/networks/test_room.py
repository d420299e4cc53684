"""An encoder with fewer positions than a suite's texts have tokens reads texts that are cut to them."""

from types import SimpleNamespace

import pytest
import torch
from torch import nn

from benchmark.networks.room import room
from benchmark.run import trained
from registry import FAMILIES


class Positions(nn.Module):
    """Has so many positions, and counts them from behind the padding token's number as RoBERTa does."""

    def __init__(self, positions: int, offset: int = 0) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(3, 2), nn.Embedding(max(1, positions), 2)
        self.offset, self.drop = offset, nn.Dropout(0.5)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        if (input_ids == self.offset).any():
            raise ValueError("this is padding")
        places = attention_mask.cumsum(1) - 1 + self.offset
        return self.drop(self.words(input_ids) + self.places(places)).mean(1)


@pytest.mark.parametrize("padding", [0, 1, None])
@pytest.mark.parametrize(
    ("positions", "most", "found"), [(16, 51, 16), (51, 51, 51), (80, 51, 51), (1, 9, 1), (2, 2, 2)]
)
def test_the_longest_text_is_found(positions: int, most: int, found: int, padding: int | None) -> None:
    offset = padding or 0
    network = Positions(positions + offset, offset)
    before = torch.get_rng_state()
    assert room(network, SimpleNamespace(pad_token_id=padding), most) == found
    assert network.training
    assert torch.equal(before, torch.get_rng_state())  # what is drawn later stays the same


def test_a_network_that_reads_no_text_has_no_room() -> None:
    assert room(nn.Linear(2, 2), SimpleNamespace(pad_token_id=0), 5) == 0


def test_all_texts_of_such_a_network_are_cut(caplog: pytest.LogCaptureFixture) -> None:
    network = Positions(16)
    assert trained._room(network, FAMILIES["toy-encoder"], 51) == 16
    assert "texts are cut to 16 tokens" in caplog.text
    assert trained._room(nn.Linear(2, 2), FAMILIES["toy-encoder"], 51) == 51  # its own error tells more
