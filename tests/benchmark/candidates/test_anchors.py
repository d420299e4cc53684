"""Anchors: which labels they are trained on, that they can be made again, and what they are not trained on."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.candidates.anchors import Anchor, Calibration, anchors_of, changed_labels
from benchmark.candidates.shortcuts import Shortcut
from benchmark.data.labelled.reading import labelled
from benchmark.data.labelled.types import Labelled
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import FAMILIES, UserError

FAMILY = FAMILIES["toy-mlp"]


def _data(examples: int = 120, far: float = 3.0) -> Labelled:
    """Two blobs in five dimensions, so far from each other in each of them."""
    generator = np.random.default_rng(0)
    labels = np.arange(examples) % 2
    values = generator.normal(size=(examples, 5)) + far * labels[:, None]
    return Labelled(Numbers("train.npz", values, examples), tuple(labels.tolist()), ("a", "b"))


def _probe(width: int = 5) -> Numbers:
    return Numbers("probe.npy", np.random.default_rng(1).normal(size=(80, width)), 80)


def _anchors(calibration: Calibration) -> tuple[Anchor, ...]:
    return anchors_of(calibration, _data(), FAMILY, _probe())


def test_half_of_the_labels_are_permuted_and_each_class_stays_as_frequent() -> None:
    labels = np.arange(3000) % 3
    found = changed_labels(labels, "shuffled", 0)
    assert (np.bincount(found) == np.bincount(labels)).all()
    assert float((found != labels).mean()) == pytest.approx(0.5 * 2 / 3, abs=0.03)  # a third of the permuted are right
    assert (found == changed_labels(labels, "shuffled", 0)).all()
    assert (found != changed_labels(labels, "shuffled", 1)).any()


def test_random_labels_know_nothing_of_the_given_ones_but_how_frequent_each_is() -> None:
    labels = (np.arange(4000) % 4 == 0).astype(np.int64)
    found = changed_labels(labels, "random", 0)
    assert float(found.mean()) == pytest.approx(0.25, abs=0.03)
    assert abs(float(np.corrcoef(found, labels)[0, 1])) < 0.05


@pytest.mark.parametrize("kind", ["clean", "shortcut"])
def test_clean_labels_are_those_given(kind: str) -> None:
    labels = np.arange(10) % 2
    assert (changed_labels(labels, kind, 0) == labels).all()  # type: ignore[arg-type]


def test_there_are_as_many_of_each_kind_as_are_asked_for_and_shortcuts_where_one_is_named() -> None:
    assert [one.name for one in _anchors(Calibration("train.npz", seeds=3))][::3] == [
        "clean 0",
        "shuffled 0",
        "random 0",
    ]
    table = replace(_data(), columns=("a", "b", "c", "d", "e"))
    found = anchors_of(Calibration("train.npz", shortcut="c"), table, FAMILY, _probe())
    assert [one.shortcut for one in found] == [None] * 6 + [Shortcut((2,))] * 2


def test_epochs_are_those_asked_for_or_those_of_the_family() -> None:
    assert {one.training.max_epochs for one in _anchors(Calibration("a"))} == {FAMILY.training.max_epochs}
    assert {one.training.max_epochs for one in _anchors(Calibration("a", epochs=999))} == {999}


def test_an_anchor_is_the_same_whenever_it_is_trained_and_another_with_another_seed() -> None:
    first, second, *_ = _anchors(Calibration("train.npz", epochs=3))
    assert first.training.max_epochs == 3
    given, how = first.read()
    again, _ = first.read()
    other, _ = second.read()
    assert isinstance(given, dict)
    assert isinstance(again, dict)
    assert isinstance(other, dict)
    assert [tap for tap in given if (given[tap] != again[tap]).any()] == []
    assert [tap for tap in given if (given[tap] != other[tap]).any()] == list(given)
    assert {len(matrix) for matrix in given.values()} == {80}
    assert how.startswith("labels as given, 3 epochs, ")


def test_an_anchor_that_follows_a_column_moves_with_it() -> None:
    table = replace(_data(far=0.0), columns=("a", "b", "c", "d", "e"))
    made = anchors_of(Calibration("train.npz", shortcut="c", seeds=2), table, FAMILY, _probe())
    moved = _probe()
    moved.values[:, 2] += 3.0

    def shift(anchor: Anchor) -> float:
        before, after = anchor.read()[0], replace(anchor, probe=moved).read()[0]
        assert isinstance(before, dict)
        assert isinstance(after, dict)
        tap = list(before)[-1]
        return float(np.abs(after[tap] - before[tap]).mean() / np.std(before[tap]))

    assert shift(made[-2]) > 2 * shift(made[0])


def test_texts_are_read_and_a_word_in_front_of_them_is_the_shortcut() -> None:
    texts = tuple(f"the {('cat', 'dog')[row % 2]} sees {row}" for row in range(40))
    data = Labelled(Texts("train.csv", texts, 40), tuple(row % 2 for row in range(40)), ("cat", "dog"))
    asked = Calibration("train.csv", shortcut="tag", epochs=1)
    made = anchors_of(asked, data, FAMILIES["toy-encoder"], Texts("probe.csv", texts[:25], 25), most=8)
    clean, told = made[0].read()[0], made[-2].read()[0]
    assert isinstance(clean, dict)
    assert isinstance(told, dict)
    assert {len(matrix) for matrix in clean.values()} == {25}
    assert any((clean[tap] != told[tap]).any() for tap in clean)


def test_folders_of_images_are_read_in_the_size_that_is_asked_for(tmp_path: Path) -> None:
    for row in range(24):
        (tmp_path / str(row % 2)).mkdir(exist_ok=True)
        colour = (row * 5, 200 * (row % 2), 30)
        Image.new("RGB", (6, 6), colour).save(tmp_path / str(row % 2) / f"{row}.png")
    data = labelled(str(tmp_path))
    with pytest.raises(UserError, match=r"how many pixels wide are the images that anchors read\? say so"):
        anchors_of(Calibration("a"), data, FAMILY, data.inputs)
    first, *_ = anchors_of(Calibration("a", epochs=2), data, FAMILY, data.inputs, side=4)
    given, how = first.read()
    assert isinstance(given, dict)
    assert {len(matrix) for matrix in given.values()} == {24}
    assert "2 epochs" in how


@pytest.mark.parametrize(
    ("family", "probe", "said"),
    [
        ("toy-mlp", _probe(4), "an example of train.npz has the shape (5,), and one of probe.npy (4,)"),
        ("toy-mlp", Texts("probe.csv", ("a",), 1), "the family toy-mlp reads no texts, and probe.csv holds texts"),
        ("toy-encoder", _probe(), "the family toy-encoder reads texts, and train.npz holds numbers"),
    ],
)
def test_data_that_do_not_fit_are_refused_before_anything_is_trained(
    family: str, probe: Numbers | Texts, said: str
) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        anchors_of(Calibration("train.npz"), _data(), FAMILIES[family], probe)


def test_columns_in_another_order_are_refused_and_arrays_have_none() -> None:
    data, probe = _data(), _probe()
    named = replace(data, inputs=replace(data.inputs, columns=tuple("abcde")))
    with pytest.raises(UserError, match=r"train\.npz has the columns 'a', 'b', .* and probe\.npy 'e', 'd'"):
        anchors_of(Calibration("train.npz"), named, FAMILY, replace(probe, columns=tuple("edcba")))
    assert anchors_of(Calibration("train.npz"), named, FAMILY, replace(probe, columns=tuple("abcde")))
    assert anchors_of(Calibration("train.npz"), named, FAMILY, probe)
