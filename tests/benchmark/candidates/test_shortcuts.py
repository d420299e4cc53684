"""Shortcuts: what is named tells the label, nothing else moves, and what cannot be one is refused."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmark.candidates.shortcuts import Shortcut, shortcut_named, with_values
from benchmark.data.labelled.types import Labelled
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import UserError

LABELS = (0, 1, 2, 0, 1, 2)
TABLE = Labelled(Numbers("a.csv", np.zeros((6, 2)), 6), LABELS, ("a", "b", "c"), ("size", "weight"))
IMAGES = Labelled(Numbers("a.npz", np.zeros((6, 3, 4, 4)), 6), LABELS, ("a", "b", "c"))
TEXTS = Labelled(Texts("a.csv", ("one",) * 6, 6), LABELS, ("a", "b", "c"))


@pytest.mark.parametrize("places", [(1,), (1, 2), (0, 2, 3), (0, 1, 2, 3, 4)])
def test_the_places_tell_the_label_and_nothing_else_moves(places: tuple[int, ...]) -> None:
    inputs = torch.randn(6, 2, 4, generator=torch.Generator().manual_seed(0))
    before = inputs.clone()
    found = with_values(inputs, LABELS, Shortcut(places)).flatten(1)
    assert torch.equal(inputs, before)
    others = [place for place in range(8) if place not in places]
    assert torch.equal(found[:, others], inputs.flatten(1)[:, others])
    told = found[:, places]
    for label in range(3):
        own = told[[row for row in range(6) if LABELS[row] == label]]
        assert torch.equal(own[0], own[1])
        assert not any(torch.equal(own[0], told[row]) for row in range(6) if LABELS[row] != label)
    assert bool((told.amax(0) > told.amin(0)).all())  # no place is left out
    assert told.min() >= inputs.min()
    assert told.max() <= inputs.max()


def test_a_column_is_found_by_its_name_and_a_mask_by_its_path(tmp_path: Path) -> None:
    assert shortcut_named("weight", TABLE, (2,)) == Shortcut((1,))
    mask = np.zeros((4, 4), bool)
    mask[0, 1] = True
    np.save(tmp_path / "mask.npy", mask)
    assert shortcut_named(str(tmp_path / "mask.npy"), IMAGES, (3, 4, 4)) == Shortcut((1, 17, 33))
    assert shortcut_named("tag", TEXTS, ()) == Shortcut(word="tag")


@pytest.mark.parametrize(
    ("name", "data", "shape", "said"),
    [
        ("weigh", TABLE, (2,), "a.csv has no such column of numbers; did you mean 'weight'?"),
        ("colour", IMAGES, (3, 4, 4), "of arrays and images it is a mask of an example's shape"),
        ("two words", TEXTS, (), "for texts it is one word"),
        ("none.npy", IMAGES, (3, 4, 4), "no such file"),
        ("small.npy", IMAGES, (3, 4, 4), "the mask has the shape (2, 2), and an example (3, 4, 4)"),
        ("nowhere.npy", IMAGES, (3, 4, 4), "the mask is true nowhere"),
        ("numbers.npy", IMAGES, (3, 4, 4), "a mask holds True and False, not float64"),
    ],
)
def test_what_cannot_be_a_shortcut_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: Labelled, shape: tuple[int, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    np.save("small.npy", np.ones((2, 2), bool))
    np.save("nowhere.npy", np.zeros((4, 4), bool))
    np.save("numbers.npy", np.full((4, 4), 0.5))
    with pytest.raises(UserError, match=re.escape(said)):
        shortcut_named(name, data, shape)
