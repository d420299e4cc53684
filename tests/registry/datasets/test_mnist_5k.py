"""Five thousand digits from a packed table: so many of each class, and any other table is named."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from benchmark.data.loading import load
from registry import DATASETS, DataError, data_folder


def test_mnist_5k_is_five_thousand_real_digits() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("mnist-5k", data_folder())
    assert (len(data.train), len(data.held_out)) == (4000, 1000)
    for part, each in ((data.train, 400), (data.held_out, 100)):
        assert np.bincount(part.labels).tolist() == [each] * 10
        assert part.inputs.shape[1:] == (28, 28)
    flat = np.concatenate([data.train.inputs, data.held_out.inputs]).reshape(5000, -1)
    assert len(np.unique(flat, axis=0)) == 5000


def table(labels: list[int], pixels: int = 784) -> bytes:
    return "".join(",".join(["0"] * pixels + [str(label)]) + "\n" for label in labels).encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (table([0]), r"expected 5,000 rows of 785 numbers"),
        (table([0])[:-2] + b"x\n", r"mnist_5k.csv.gz: ValueError: could not convert string 'x'"),
        (table([n % 9 for n in range(5000)]), r"not each of the labels 0 to 9 in 500 rows"),
    ],
)
def test_another_table_than_the_published_one_is_named(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "mnist_5k.csv.gz").write_bytes(gzip.compress(content, 1))
    with pytest.raises(DataError, match=message):
        DATASETS["mnist-5k"].load(tmp_path)
