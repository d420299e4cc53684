"""A tokenizer of anybody's: what it gives is checked where it is called, by `check` and by a run alike."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from benchmark.entries.checks.families import Built
from benchmark.entries.checks.texts import sample, tokens_are_read
from benchmark.networks.building import build_from
from benchmark.networks.inputs import as_inputs
from benchmark.networks.tokenizing import token_rows
from benchmark.run.trained import built
from registry import FAMILIES, DataError, Examples, ModelFamily
from registry._transformers import import_transformers
from registry.families.toy_encoder import WORDS

TOY = FAMILIES["toy-encoder"]
TEXTS = ["the film was good", "a bad scene", "then in the end another answer"]


class Letters:
    """A token for each letter, chosen and repeated as a test says."""

    pad_token_id: int | None = 0

    def __init__(self, token: Callable[[str], Any], cut: bool = True, times: int = 1) -> None:
        self.token, self.cut, self.times = token, cut, times

    def __len__(self) -> int:
        return len(WORDS)

    def __call__(self, texts: list[str], truncation: bool, max_length: int) -> dict[str, Any]:
        rows = [[self.token(letter) for letter in text] * self.times for text in texts]
        return {"input_ids": [row[:max_length] if self.cut else row for row in rows]}


def merging(dropout: float | None) -> Any:
    vocabulary = {word: place for place, word in enumerate(["[PAD]", "[UNK]", *"abcdefghilnorstw", "th", "the", "in"])}
    merges = [("t", "h"), ("th", "e"), ("i", "n")]
    words = Tokenizer(models.BPE(vocabulary, merges, dropout=dropout, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = import_transformers().PreTrainedTokenizerFast
    return fast(tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]")


def sound(letter: str) -> int:
    return 2 + ord(letter) % 20


def family(tokenizer: Callable[[], Any]) -> ModelFamily:
    return replace(TOY, name="broken", tokenizer=tokenizer)


def checked(tokenizer: Callable[[], Any]) -> str | None:
    own = family(tokenizer)
    return tokens_are_read(Built(own, build_from(own, (16,), 2, 0), (16,), 2))


BROKEN: dict[str, tuple[Callable[[], Any], str]] = {
    "dropout": (lambda: merging(0.5), r"draws its tokens at random \(dropout of its model is 0.5\).*\"dropout\": null"),
    "little dropout": (lambda: merging(0.001), "dropout of its model is 0.001"),
    "random": (lambda: Letters(lambda one: np.random.randint(2, 20)), "row 0: .* other tokens the second time: switch"),
    "not cut": (lambda: Letters(sound, cut=False, times=20), r"row 0: .* gives \d+ tokens, and \d+ at most were asked"),
    "negative": (lambda: Letters(lambda one: -1), "row 0: .* gives the token -1: tokens are 0 or more"),
    "parts of a number": (
        lambda: Letters(lambda one: 2.5),
        "cannot read texts: ValueError: tokens are integers, not f",
    ),
    "words": (lambda: Letters(lambda one: one), "cannot read texts: ValueError: tokens are whole numbers, not str"),
    "lists of lists": (lambda: Letters(lambda one: [2]), r"row 0: .* tokens of shape \(\d+, 1\), not a list"),
    "raising": (lambda: Letters(lambda one: 1 // 0), "cannot read texts: ZeroDivisionError"),
    "ending": (lambda: Letters(lambda one: exec("raise SystemExit(3)")), "cannot read texts: SystemExit: 3"),
    "no mapping": (lambda: lambda texts, **given: [[2]], "cannot read texts: TypeError"),
    "fewer rows": (lambda: lambda texts, **given: {"input_ids": [[2]]}, r"gives 1 rows of input_ids for \d texts"),
}


@pytest.mark.parametrize(("tokenizer", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_with_a_tokenizer_is_named_by_a_run(tokenizer: Callable[[], Any], words: str) -> None:
    examples = Examples(np.array(TEXTS, dtype=np.dtypes.StringDType()), np.zeros(3, np.int64))
    with pytest.raises(DataError, match=words):
        as_inputs(family(tokenizer), examples, (16,), torch.device("cpu"))


@pytest.mark.parametrize("name", ["dropout", "little dropout", "random", "not cut", "negative", "raising"])
def test_what_is_wrong_with_a_tokenizer_is_named_by_check(name: str) -> None:
    tokenizer, words = BROKEN[name]
    assert re.search(words, checked(tokenizer) or "nothing")


def test_a_token_beyond_the_embeddings_is_named_by_check_and_by_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    for token in (ord, lambda letter: len(WORDS)):
        beyond = family(lambda token=token: Letters(token))
        assert "which its network cannot read (IndexError" in str(checked(lambda token=token: Letters(token)))
        monkeypatch.setattr("benchmark.networks.building.FAMILIES", {"broken": beyond})
        examples = Examples(np.array(TEXTS, dtype=np.dtypes.StringDType()), np.zeros(3, np.int64))
        with pytest.raises(DataError, match=r"row \d: .* gives the token \d+, which its network cannot read"):
            built({"suite": "sentiment-adjectives", "family": "broken"}, examples)


def test_a_padding_token_beyond_the_embeddings_is_named() -> None:
    def tokenizer() -> Letters:
        made = Letters(sound)
        made.pad_token_id = 400
        return made

    assert "padding: the family's tokenizer gives the token 400" in str(checked(tokenizer))


def test_sound_tokenizers_pass() -> None:
    assert checked(TOY.tokenizer) is None  # type: ignore[arg-type]
    assert checked(lambda: Letters(sound)) is None
    assert checked(lambda: merging(None)) is None
    arrays = lambda: lambda texts, **given: {"input_ids": np.full((len(texts), 2), 5)}  # noqa: E731
    assert [row.tolist() for row in token_rows(arrays(), TEXTS, 16)] == [[5, 5]] * 3


def test_the_longest_sample_is_longer_than_what_a_network_reads() -> None:
    assert max(len(text.split()) for text in sample(512)) > 512
