"""English words: as many of each number of syllables and letters as is said, from a dictionary by its lines."""

from pathlib import Path

import numpy as np
import pytest

from benchmark.data.loading import load
from registry import DATASETS, DataError, Examples, data_folder
from registry.datasets import english_words


def spelled(examples: Examples) -> list[str]:
    """Words as they are written."""
    return ["".join(chr(97 + letter) for letter in row if letter >= 0) for row in examples.inputs]


def test_words_have_as_many_syllables_and_letters_as_they_say() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("english-words", data_folder())
    assert (len(data.train), len(data.held_out)) == (6000, 1500)
    assert len(np.unique(np.concatenate([data.train.inputs, data.held_out.inputs]), axis=0)) == 7500
    for part, usual in ((data.train, 2000), (data.held_out, 500)):
        assert part.groups is not None
        lengths = np.array([len(word) for word in spelled(part)])
        assert set(lengths[part.groups == 0]) == {5, 6}
        assert set(lengths[part.groups == 1]) == {8, 9}
        cells = [int(((part.labels == a) & (part.groups == b)).sum()) for a in (0, 1) for b in (0, 1)]
        assert cells == [usual, usual // 2, usual // 2, usual]
    known = dict(zip(spelled(data.train), data.train.labels.tolist(), strict=True))
    assert {"fallis": 0, "megawatt": 1, "albeit": 1}.items() <= known.items()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("aback AH0 B AE1 K\n!bad line\n", r"cmudict.dict:2: expected a word and its sounds, got '!bad"),
        ("aback AH0 B AE1 K\n", r"cmudict.dict: 1 words of 2 syllables and \(5, 6\) letters$"),
        ("b\xe9b\xe9 B EH1 B EY1\n", r"cmudict.dict:1: not UTF-8 text"),
    ],
)
def test_another_dictionary_than_the_published_one_is_named(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / english_words.FILE).write_text(content, encoding="latin-1")
    with pytest.raises(DataError, match=message):
        DATASETS["english-words"].load(tmp_path)


def test_a_word_that_is_said_in_two_ways_counts_if_both_have_as_many_syllables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(english_words, "USUAL", (1, 1))
    monkeypatch.setattr(english_words, "UNUSUAL", (1, 0))
    lines = ["adage AE1 D IH0 JH", "adapt(2) AH0 D AE1 P T", "adapt AE1 D AE0 P T # said otherwise"]  # short, of two
    lines += ["albeit AO0 L B IY1 IH0 T", "breakfast B R EH1 K F AH0 S T", "abandons AH0 B AE1 N D AH0 N Z"]
    lines += ["aardvarks AA1 R D V AA2 R K S", "animated AE1 N AH0 M EY2 T IH0 D", "animation AE2 N AH0 M EY1 SH AH0 N"]
    lines += ["assembled AH0 S EH1 M B AH0 L D", "assembled(2) AH0 S EH1 M B L D", "adage's AE1 D IH0 JH IH0 Z"]
    lines += ["argument AA1 R G Y AH0 M AH0 N T"]
    (tmp_path / english_words.FILE).write_text("\n".join(lines) + "\n")
    data = DATASETS["english-words"].load(tmp_path)
    words = sorted(spelled(data.train) + spelled(data.held_out))
    assert words in (
        ["abandons", "adage", "adapt", "albeit", "argument", other] for other in ("aardvarks", "breakfast")
    )
