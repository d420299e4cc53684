"""Examples as a network reads them: nothing is lost, padding changes no number, texts of like length come together."""

from dataclasses import replace
from typing import Any
from unittest import mock

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models

from benchmark.networks import inputs
from benchmark.networks.activations import read
from benchmark.networks.inputs import Inputs, Tensors, Tokens, as_inputs
from benchmark.plain.keeping import keeping
from registry import FAMILIES, DataError, Examples
from registry._transformers import import_transformers

CPU = torch.device("cpu")


def texts(*given: str) -> Examples:
    return Examples(np.array(given, dtype=np.dtypes.StringDType()), np.zeros(len(given), dtype=np.int64))


def many(count: int = 500) -> Tokens:
    """Texts of 1 to 60 tokens; a token's hundreds tell its text's length."""
    generator = np.random.default_rng(0)
    lengths = generator.integers(1, 61, count)
    ids = np.concatenate([np.arange(length) + 100 * length + 1 for length in lengths])
    return Tokens(torch.from_numpy(ids), torch.from_numpy(lengths), padding=0)


@pytest.mark.parametrize("given", [many(), Tensors(torch.randn(500, 3))], ids=["texts", "tensors"])
def test_an_epoch_and_a_reading_take_every_row_once(given: Inputs) -> None:
    torch.manual_seed(0)
    first, second = given.epoch(16), given.epoch(16)
    for batches in (first, second, given.reading()):
        assert torch.cat(list(batches)).sort().values.equal(torch.arange(500))
    assert max(map(len, first)) == 16
    assert not torch.cat(list(first)).equal(torch.cat(list(second)))
    torch.manual_seed(0)
    assert torch.cat(list(given.epoch(16))).equal(torch.cat(list(first)))


@pytest.mark.parametrize("kind", ["texts", "tensors"])
@pytest.mark.parametrize("batch_size", [1, 2, 4, 16, 1000])
@pytest.mark.parametrize("count", [2, 3, 5, 16, 17, 18, 33, 129, 257])
def test_a_single_example_that_is_left_over_joins_the_batch_before_it(kind: str, batch_size: int, count: int) -> None:
    given: Inputs = many(count) if kind == "texts" else Tensors(torch.randn(count, 3))
    sizes = sorted(len(rows) for rows in given.epoch(batch_size))
    left = count % batch_size
    assert sum(sizes) == count
    assert len(sizes) == inputs.batches_of(count, batch_size)
    assert min(sizes) > 1 or batch_size == 1
    if left == 1 and batch_size > 1:
        assert sizes == [batch_size] * (count // batch_size - 1) + [batch_size + 1]
    else:
        assert sizes == sorted([batch_size] * (count // batch_size) + [left] * (left > 0))


def test_a_batch_is_padded_to_its_longest_text_and_no_further() -> None:
    given = many()
    for rows in given.epoch(16):
        ids, mask = given.arguments(rows)
        assert ids.shape == mask.shape == (len(rows), int(given.lengths[rows].max()))
        assert mask.sum(1).equal(given.lengths[rows])
        assert ((ids == 0) == (mask == 0)).all()
        assert (ids // 100 == given.lengths[rows][:, None])[mask.bool()].all()


def test_batches_of_like_length_pad_a_fraction_of_what_random_ones_do() -> None:
    given = many()

    def padded(batches: list[torch.Tensor]) -> int:
        return sum(int((given.arguments(rows)[1] == 0).sum()) for rows in batches)

    torch.manual_seed(0)
    assert padded(list(given.epoch(16))) < 0.35 * padded(list(torch.randperm(500).split(16)))
    assert padded(list(given.reading())) < 0.5 * padded(list(torch.arange(500).split(100)))


def test_some_of_the_texts_are_the_same_texts() -> None:
    given, rows = many(), torch.tensor([7, 3, 3, 499])
    ids, mask = given[rows].arguments(torch.arange(4))
    expected_ids, expected_mask = given.arguments(rows)
    assert ids.equal(expected_ids)
    assert mask.equal(expected_mask)


def test_long_texts_are_read_in_smaller_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "READ_TOKENS", 100)
    given = many()
    for rows in given.reading():
        assert len(rows) * int(given.lengths[rows].max()) <= 100


@pytest.mark.parametrize("place", [0, 3])
def test_what_is_read_does_not_hang_on_the_other_texts(place: int) -> None:
    family = FAMILIES["toy-encoder"]
    torch.manual_seed(0)
    network = family.build((512,), 2)
    some = ["the film", "loved the story and its music", "a bad scene", "hated it in the ending with a dull actor " * 9]
    together = read(network, family.taps, as_inputs(family, texts(*some), (512,), CPU))
    alone = read(network, family.taps, as_inputs(family, texts(some[place]), (512,), CPU))
    for tap, matrix in together[0].items():
        np.testing.assert_allclose(matrix[place], alone[0][tap][0], atol=1e-5)
    np.testing.assert_allclose(together[1][place], alone[1][0], atol=1e-5)


def test_a_text_of_a_hundred_thousand_words_is_cut_and_tokens_are_kept_by_content() -> None:
    family = FAMILIES["toy-encoder"]
    given = as_inputs(family, texts("good " * 100_000, "bad"), (512,), CPU)
    assert isinstance(given, Tokens)
    assert given.lengths.tolist() == [512, 3]
    with mock.patch.object(inputs, "token_rows", wraps=inputs.token_rows) as made, keeping():
        for some in (("good film", "bad"), ("good film", "bad"), ("good", "film bad")):
            as_inputs(family, texts(*some), (512,), CPU)
    assert made.call_count == 2


def test_a_text_without_a_token_is_named() -> None:
    def tokenizer() -> Any:
        words = Tokenizer(models.WordLevel({"word": 0, "?": 1}, "?"))
        return import_transformers().PreTrainedTokenizerFast(tokenizer_object=words)

    family = replace(FAMILIES["toy-encoder"], tokenizer=tokenizer)
    assert as_inputs(family, texts("word", "other"), (9,), CPU).arguments(torch.arange(2))[0].tolist() == [[0], [1]]
    with pytest.raises(DataError, match="row 1: the family's tokenizer makes no token of the text ''"):
        as_inputs(family, texts("word", ""), (9,), CPU)
