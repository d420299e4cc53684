"""The smallest transformer: its parameters by hand, its words, and the room that it has."""

from pathlib import Path

import pytest
import torch

from registry import DATASETS, FAMILIES
from registry.families.toy_encoder import LAYERS, WIDTH, WORDS

FAMILY = FAMILIES["toy-encoder"]


def test_it_has_the_parameters_of_two_small_layers() -> None:
    embeddings = (32 + 24 + 2) * 16 + 2 * 16  # of words, places and segments, and their normalization
    layer = 4 * (16 * 16 + 16) + (16 * 32 + 32) + (32 * 16 + 16) + 2 * (2 * 16)
    network = FAMILY.build((24,), 3)
    assert (LAYERS, WIDTH, len(WORDS)) == (2, 16, 32)
    assert sum(parameter.numel() for parameter in network.parameters()) == embeddings + 2 * layer + 16 * 3 + 3
    assert [tap.module_path for tap in FAMILY.taps] == ["layers.0", "layers.1"]


def test_a_word_is_a_token_and_every_word_of_the_toy_sentences_is_known() -> None:
    assert FAMILY.tokenizer is not None
    tokenizer = FAMILY.tokenizer()
    found = tokenizer(["the film", "nonsense"], padding=True)
    number = {word: place for place, word in enumerate(WORDS)}
    assert found["input_ids"] == [[1, number["the"], number["film"], 2], [1, 3, 2, 0]]
    assert found["attention_mask"] == [[1, 1, 1, 1], [1, 1, 1, 0]]
    data = DATASETS["toy-sentences"].load(Path("unused: the data are generated"))
    words = {word for part in (data.train, data.held_out) for text in part.inputs for word in str(text).split()}
    assert words == set(WORDS[4:])


def test_a_text_is_read_up_to_the_room_that_there_is() -> None:
    network = FAMILY.build((4,), 2).eval()
    ids = torch.tensor([[1, 5, 6, 2]])
    assert network(ids, torch.ones_like(ids)).shape == (1, 2)
    longer = torch.tensor([[1, 5, 6, 7, 2]])
    with pytest.raises((RuntimeError, IndexError)):
        network(longer, torch.ones_like(longer))
