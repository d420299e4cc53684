"""Tables, stretches of DNA and words from packages: what is read, what is left out, what is wrong in a file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmark.data.loading import load
from registry import DATASETS, Data, DataError, Examples, data_folder
from registry.datasets import english_words, spam_emails, splice_junctions


def distinct(data: Data) -> int:
    """How many contents there are in both parts together."""
    return len(np.unique(np.concatenate([data.train.inputs, data.held_out.inputs]), axis=0))


def spelled(examples: Examples) -> list[str]:
    """Words as they are written."""
    return ["".join(chr(97 + letter) for letter in row if letter >= 0) for row in examples.inputs]


def test_emails_are_those_of_spambase_and_no_word_shares_stand_twice() -> None:
    """These three read the data folder: `make test` has fetched it."""
    data = load("spam-emails", data_folder())
    assert (len(data.train), len(data.held_out)) == (2816, 1000)
    assert data.train.inputs.shape[1:] == (57,)
    assert data.train.inputs.dtype == np.float32
    words = np.concatenate([data.train.inputs, data.held_out.inputs])[:, : spam_emails.WORDS]
    assert len(np.unique(words, axis=0)) == 3816
    for part in (data.train, data.held_out):
        assert 0.3 < part.labels.mean() < 0.5
        money = part.inputs[:, 23]
        assert money[part.labels == 1].mean() > 4 * money[part.labels == 0].mean()


def test_stretches_have_the_letters_of_splice_junctions_in_the_middle() -> None:
    data = load("splice-junctions", data_folder())
    assert (len(data.train), len(data.held_out)) == (1990, 1000)
    assert distinct(data) == 2990
    for part in (data.train, data.held_out):
        assert part.inputs.shape[1:] == (60,)
        assert set(np.unique(part.inputs)) == {0, 1, 2, 3}
        begins = ["".join("ACGT"[base] for base in row[30:32]) for row in part.inputs[part.labels == 0]]
        ends = ["".join("ACGT"[base] for base in row[28:30]) for row in part.inputs[part.labels == 1]]
        assert begins.count("GT") > 0.98 * len(begins)  # an intron begins with GT and ends with AG
        assert ends.count("AG") > 0.98 * len(ends)
        assert 0.5 < (part.labels == 2).mean() < 0.6  # about half are neither


def test_words_have_as_many_syllables_and_letters_as_they_say() -> None:
    data = load("english-words", data_folder())
    assert (len(data.train), len(data.held_out)) == (6000, 1500)
    assert distinct(data) == 7500
    for part, usual in ((data.train, 2000), (data.held_out, 500)):
        assert part.groups is not None
        lengths = np.array([len(word) for word in spelled(part)])
        assert set(lengths[part.groups == 0]) == {5, 6}
        assert set(lengths[part.groups == 1]) == {8, 9}
        cells = [int(((part.labels == a) & (part.groups == b)).sum()) for a in (0, 1) for b in (0, 1)]
        assert cells == [usual, usual // 2, usual // 2, usual]
    known = dict(zip(spelled(data.train), data.train.labels.tolist(), strict=True))
    assert {"fallis": 0, "megawatt": 1, "albeit": 1}.items() <= known.items()


Written = Callable[[list[str]], str]
EMAIL = ",".join(["0.5"] * 57)
STRETCH = ",".join("ACGT" * 15)


def emails(*changed: str) -> str:
    """A table of the right size with these rows first."""
    rows = [",".join(map(str, [row / 10, *[0.0] * 56, row % 2])) for row in range(spam_emails.ROWS)]
    return "\n".join([*changed, *rows[len(changed) :]]) + "\n"


def stretches(*changed: str) -> str:
    """A table of the right size with these rows first, of two stretches."""
    rows = [f"{STRETCH},N", f"{STRETCH[::-1]},EI"] * (splice_junctions.ROWS // 2)
    return "\n".join([*changed, *rows[len(changed) :]]) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("spam-emails", emails(EMAIL), r"spambase.dat:1: expected 58 columns, got 57$"),
        ("spam-emails", emails()[:-1].rpartition("\n")[0], r"spambase.dat: expected 4,597 rows, got 4,596$"),
        ("spam-emails", emails(f"x{EMAIL},1"), r"spambase.dat: ValueError: could not convert string to float: 'x0.5'"),
        ("spam-emails", emails(f"-{EMAIL},1"), r"expected numbers from 0, and 0 or 1 in the last column$"),
        ("spam-emails", emails(f"nan{EMAIL[3:]},1"), r"expected numbers from 0, and 0 or 1 in the last column$"),
        ("spam-emails", emails(f"{EMAIL},2"), r"expected numbers from 0, and 0 or 1 in the last column$"),
        ("splice-junctions", stretches(f"{STRETCH}"), r"splice.dat:1: expected 61 columns, got 60$"),
        ("splice-junctions", stretches(f"{STRETCH},N", f"{STRETCH},X"), r"splice.dat:2: 'X' is none of EI, IE, N$"),
        ("splice-junctions", stretches() + "\n", r"splice.dat:3191: expected 61 columns, got 1$"),
        (
            "english-words",
            "aback AH0 B AE1 K\n!bad line\n",
            r"cmudict.dict:2: expected a word and its sounds, got '!bad",
        ),
        ("english-words", "aback AH0 B AE1 K\n", r"cmudict.dict: 1 words of 2 syllables and \(5, 6\) letters$"),
        ("english-words", "b\xe9b\xe9 B EH1 B EY1\n", r"cmudict.dict:1: not UTF-8 text"),
    ],
)
def test_another_file_than_the_published_one_is_named(name: str, content: str, message: str, tmp_path: Path) -> None:
    (file,) = DATASETS[name].files
    (tmp_path / file).write_text(content, encoding="latin-1")
    with pytest.raises(DataError, match=message):
        DATASETS[name].load(tmp_path)


def test_copies_of_an_email_and_stretches_with_unknown_bases_are_left_out(tmp_path: Path) -> None:
    first = ",".join(["0.5"] * spam_emails.WORDS)
    copies = [f"{first}," + ",".join([str(number)] * 9) + ",1" for number in (1, 2)]
    (tmp_path / spam_emails.FILE).write_text(emails(*copies))
    data = DATASETS["spam-emails"].load(tmp_path)
    assert len(data.train) + len(data.held_out) == spam_emails.ROWS - 1
    (tmp_path / splice_junctions.FILE).write_text(stretches(f"N{STRETCH[1:]},N", f"{STRETCH},EI"))
    data = DATASETS["splice-junctions"].load(tmp_path)
    found = [*data.train.labels, *data.held_out.labels]
    assert found == [0, 0]  # of each stretch the first


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
