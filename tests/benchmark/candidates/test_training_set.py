"""What the training set of anchors shares with the examples that networks are read on, and other scales, are told."""

from pathlib import Path

import numpy as np
import pytest

from benchmark.candidates.training_set import beside
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts, Unlabelled

VALUES = np.random.default_rng(0).normal(size=(50, 4))


def numbers(values: np.ndarray, source: str = "new.npy") -> Numbers:
    return Numbers(source, values, len(values))


def pictures(folder: Path, **contents: bytes) -> Pictures:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return Pictures(str(folder), tuple(folder / name for name in contents), len(contents))


def test_shared_texts_numbers_and_pictures_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    both: list[tuple[Unlabelled, Unlabelled]] = [
        (Texts("train.csv", ("a", "b", "c"), 3), Texts("new.csv", ("d", "c", "a"), 3)),
        (numbers(VALUES[:20], "train.npy"), numbers(np.r_[VALUES[18:20], VALUES[40:41]].astype(np.float32))),
        (pictures(tmp_path / "a", x=b"1", y=b"2", z=b"3"), pictures(tmp_path / "b", p=b"3", q=b"4", r=b"2")),
    ]
    for training, probe in both:
        (said,) = beside(training, probe)
        assert said.startswith(f"2 of the 3 examples of {probe.source} are in {training.source}, on which the anchors")


@pytest.mark.parametrize(
    ("values", "odd"),
    [(VALUES[:25] * 255, True), (VALUES[:25] / 10, True), (VALUES[:25] + 20, True), (VALUES[:25] * 2 + 1, False)],
)
def test_numbers_of_another_scale_are_told(values: np.ndarray, odd: bool) -> None:
    found = beside(numbers(VALUES[25:], "train.npy"), numbers(values))
    assert len(found) == odd
    assert all("are they scaled alike?" in said and "train.npy" in said and "new.npy" in said for said in found)


def test_nothing_is_said_of_other_examples_of_one_scale() -> None:
    assert beside(numbers(VALUES[:25]), numbers(VALUES[25:])) == []
    assert beside(Texts("a", ("x",), 1), Texts("b", ("y",), 1)) == []
