"""Texts: each counts once, in the part that it stands in first, and one without a word is named."""

from pathlib import Path

import numpy as np
import pytest

from registry import DataError
from registry.datasets._texts import TEXT, Labelled, read_text, texts


def rows(*words: str, group: int | None = None, names: str | None = None) -> list[Labelled]:
    return [Labelled(word, place, f"file:{place + 1}", group, names) for place, word in enumerate(words)]


def test_a_text_counts_once_and_stays_in_train() -> None:
    data = texts(rows("a", "b", "a"), rows("c", "b", "A", "c"))
    assert (data.train.inputs.tolist(), data.train.labels.tolist()) == (["a", "b"], [0, 1])
    assert (data.held_out.inputs.tolist(), data.held_out.labels.tolist()) == (["c", "A"], [0, 2])
    assert data.train.inputs.dtype == TEXT
    assert data.train.labels.dtype == np.int64


def test_groups_and_names_are_kept_where_the_data_tell() -> None:
    data = texts(rows("a", "b", group=1, names="Ann Lee"), rows("c"))
    assert data.train.groups is not None
    assert data.train.names is not None
    assert (data.train.groups.tolist(), data.train.names.tolist()) == ([1, 1], ["Ann Lee"] * 2)
    assert (data.held_out.groups, data.held_out.names) == (None, None)


@pytest.mark.parametrize("nothing", ["", " ", "\t\n", "\u2003"])
def test_a_text_without_a_word_is_named_by_its_place(nothing: str) -> None:
    with pytest.raises(DataError, match=r"^file:2: the text is empty$"):
        texts(rows("a"), rows("b", nothing))


def test_a_file_is_read_as_utf8_and_another_one_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("é\n日本".encode())
    assert read_text(path) == "é\n日本"
    path.write_bytes(b"fine\nfine\ncaf\xe9\nfine\n")
    with pytest.raises(DataError, match=rf"^{path}:3: not UTF-8 text \(byte 13\)$"):
        read_text(path)
    with pytest.raises(DataError, match=rf"^{tmp_path}: no file: a folder$"):
        read_text(tmp_path)
