"""Anybody's batches as inputs: nothing is lost, nothing is taken that is not read, and padding is no token."""

from typing import Any

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader

from benchmark.networks.inputs import Tensors, Tokens
from benchmark.networks.own_inputs import drawn_once, inputs_of
from registry import UserError

CPU = torch.device("cpu")
ROWS = np.arange(30.0).reshape(10, 3)


def test_arrays_and_batches_of_them_are_one_tensor_of_so_many_examples_at_most() -> None:
    for given in (ROWS, torch.from_numpy(ROWS), [ROWS[:4], ROWS[4:]], ((ROWS[:4], "labels"), (ROWS[4:], "labels"))):
        found = inputs_of(given, 7, CPU)
        assert isinstance(found, Tensors)
        assert found.tensor.dtype == torch.float32
        np.testing.assert_array_equal(found.tensor.numpy(), ROWS[:7])


def test_ids_of_words_stay_whole_numbers() -> None:
    found = inputs_of(torch.arange(6).reshape(3, 2), 9, CPU)
    assert isinstance(found, Tensors)
    assert found.tensor.dtype == torch.int64


def test_of_texts_the_tokens_are_kept_and_no_padding() -> None:
    batch = {"input_ids": torch.tensor([[5, 6, 0], [0, 0, 7], [8, 9, 10]]), "labels": torch.zeros(3)}
    masked = {**batch, "attention_mask": torch.tensor([[1, 1, 0], [0, 0, 1], [1, 1, 1]])}
    found = inputs_of([masked, masked], 5, CPU)
    assert isinstance(found, Tokens)
    assert found.ids.tolist() == [5, 6, 7, 8, 9, 10, 5, 6, 7]
    assert found.lengths.tolist() == [2, 1, 3, 2, 1]
    every = inputs_of(batch, 5, CPU)
    assert isinstance(every, Tokens)
    assert every.lengths.tolist() == [3, 3, 3]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (5, "inputs are an array, a tensor, a mapping with input_ids, or batches, not int"),
        ("a text", "not str"),
        ([], "the inputs hold no batch"),
        (np.arange(3.0), r"batches are \(B, ...\) of one shape, not \(3,\)"),
        ([ROWS, ROWS[:, :2]], r"of one shape, not \(10, 3\), \(10, 2\)"),
        ((torch.zeros(2, 3), torch.zeros(2)), "a tuple of arrays, as a batch with its labels is: give its first part"),
        (np.ma.masked_array(ROWS, ROWS > 3), "a masked array: fill what is masked"),
        ({"ids": ROWS}, "a mapping with input_ids, not with ids"),
        ({"input_ids": torch.ones(2, 3), "attention_mask": torch.tensor([[1] * 3, [0] * 3])}, "text 1 has no token"),
    ],
)
def test_what_is_none_is_one_line(given: object, said: str) -> None:
    with pytest.raises(UserError, match=said):
        inputs_of(given, 99, CPU)


def test_batches_are_drawn_once_and_what_is_whole_stays() -> None:
    drawn = torch.get_rng_state()
    shuffled = DataLoader(torch.arange(40.0).reshape(20, 2), batch_size=5, shuffle=True)
    once = drawn_once(shuffled)
    assert torch.equal(drawn, torch.get_rng_state())
    assert isinstance(once, list)
    assert sorted(torch.cat(once)[:, 0].tolist()) == list(range(0, 40, 2))
    assert len(drawn_once(iter([ROWS] * 9), examples=25)) == 3  # type: ignore[arg-type]
    assert drawn_once(ROWS) is ROWS


class Rows:
    """A data set as torch's have it: no iterator, and single examples."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> Any:
        return self.rows[place]


def test_rows_of_a_tokenized_data_set_are_texts_each() -> None:
    rows = [{"input_ids": [5, 6, 0], "attention_mask": [1, 1, 0]}, {"input_ids": [7], "labels": 1}, {"input_ids": [8]}]
    for given in (rows, Rows(rows), iter(rows)):
        found = inputs_of(given, 2, CPU)
        assert isinstance(found, Tokens)
        assert (found.ids.tolist(), found.lengths.tolist()) == ([5, 6, 7], [2, 1])


def test_single_examples_that_are_no_texts_are_asked_for_in_batches() -> None:
    with pytest.raises(UserError, match="a data set, Rows, of single examples: give it in batches"):
        inputs_of(Rows([(ROWS[0], 1), (ROWS[1], 0)]), 2, CPU)


def test_texts_are_told_to_be_tokenized_first() -> None:
    with pytest.raises(UserError, match=r"inputs are texts: give their tokens, as tokenizer\(texts"):
        inputs_of(["one text", "another"], 10, torch.device("cpu"))
