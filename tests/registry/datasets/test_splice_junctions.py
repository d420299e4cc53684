"""Splice junctions: stretches of DNA, of which each counts once, and any other table is named."""

from pathlib import Path

import numpy as np
import pytest

from benchmark.data.loading import load
from registry import DATASETS, DataError, data_folder
from registry.datasets import splice_junctions

STRETCH = ",".join("ACGT" * 15)


def stretches(*changed: str) -> str:
    """A table of the right size with these rows first, of two stretches."""
    rows = [f"{STRETCH},N", f"{STRETCH[::-1]},EI"] * (splice_junctions.ROWS // 2)
    return "\n".join([*changed, *rows[len(changed) :]]) + "\n"


def test_stretches_have_the_letters_of_splice_junctions_in_the_middle() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("splice-junctions", data_folder())
    assert (len(data.train), len(data.held_out)) == (1990, 1000)
    assert len(np.unique(np.concatenate([data.train.inputs, data.held_out.inputs]), axis=0)) == 2990
    for part in (data.train, data.held_out):
        assert part.inputs.shape[1:] == (60,)
        assert set(np.unique(part.inputs)) == {0, 1, 2, 3}
        begins = ["".join("ACGT"[base] for base in row[30:32]) for row in part.inputs[part.labels == 0]]
        ends = ["".join("ACGT"[base] for base in row[28:30]) for row in part.inputs[part.labels == 1]]
        assert begins.count("GT") > 0.98 * len(begins)  # an intron begins with GT and ends with AG
        assert ends.count("AG") > 0.98 * len(ends)
        assert 0.5 < (part.labels == 2).mean() < 0.6  # about half are neither


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (stretches(f"{STRETCH}"), r"splice.dat:1: expected 61 columns, got 60$"),
        (stretches(f"{STRETCH},N", f"{STRETCH},X"), r"splice.dat:2: 'X' is none of EI, IE, N$"),
        (stretches() + "\n", r"splice.dat:3191: expected 61 columns, got 1$"),
    ],
)
def test_another_table_than_the_published_one_is_named(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / splice_junctions.FILE).write_text(content)
    with pytest.raises(DataError, match=message):
        DATASETS["splice-junctions"].load(tmp_path)


def test_stretches_with_unknown_bases_are_left_out_and_each_counts_once(tmp_path: Path) -> None:
    (tmp_path / splice_junctions.FILE).write_text(stretches(f"N{STRETCH[1:]},N", f"{STRETCH},EI"))
    data = DATASETS["splice-junctions"].load(tmp_path)
    found = [*data.train.labels, *data.held_out.labels]
    assert found == [0, 0]  # of each stretch the first
