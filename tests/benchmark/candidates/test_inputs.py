"""Unlabelled data become what a network reads, or one line says why they cannot."""

from pathlib import Path

import numpy as np
import pytest
import torch
from small_encoders import saved

from benchmark.candidates.inputs import number_inputs, picture_inputs, token_inputs
from benchmark.candidates.preparations import square_of
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts
from benchmark.networks.inputs import Tensors
from registry import UserError
from registry._transformers import pretrained_encoder, tokenizer_in

NUMBERS = Numbers("x.npy", np.arange(12, dtype=np.int64).reshape(4, 3), 4)


def test_numbers_are_read_as_they_are_in_float32() -> None:
    found = number_inputs(NUMBERS)
    assert found.tensor.dtype == torch.float32
    assert found.tensor.tolist() == NUMBERS.values.tolist()
    inputs, words = picture_inputs(NUMBERS, square_of(8), "resnet18")
    assert isinstance(inputs, Tensors)
    assert words == ""


def test_what_a_network_does_not_read_is_said_with_what_the_data_are() -> None:
    texts, pictures = Texts("a.csv", ("x",), 1), Pictures("photos", (), 0)
    with pytest.raises(UserError, match=r"resnet18 reads images, and a\.csv holds texts"):
        picture_inputs(texts, square_of(8), "resnet18")
    with pytest.raises(UserError, match="mlp reads numbers, and photos holds images"):
        number_inputs(pictures, "mlp")
    with pytest.raises(UserError, match=r"bert reads texts, and x\.npy holds numbers"):
        token_inputs(NUMBERS, torch.nn.Linear(1, 1), None, 8, "bert")


def test_texts_have_the_tokens_of_the_networks_own_tokenizer(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    tokenizer = tokenizer_in(folder)
    texts = ("the", "the and the", "and")
    tokens, words = token_inputs(Texts("a", texts, 3), pretrained_encoder(folder), tokenizer, 64, "bert")
    expected = [tokenizer(text)["input_ids"] for text in texts]
    assert tokens.lengths.tolist() == list(map(len, expected))
    assert tokens.ids.tolist() == [token for row in expected for token in row]
    assert words == f"{sum(map(len, expected))} tokens"
