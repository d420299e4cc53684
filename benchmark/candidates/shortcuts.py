"""A shortcut written into a training set: what is named there tells the label of every example.

In: a column, a mask or a word, labelled data. Out: a `Shortcut`, and inputs into which it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from benchmark.candidates.dumped import arrays_in
from benchmark.data.labelled.types import Labelled
from benchmark.data.unlabelled.types import Texts
from registry import UserError, did_you_mean

MASK = ".npy"


@dataclass(frozen=True)
class Shortcut:
    """What tells the label: numbers at these places of a flat example, or a word in front of a text."""

    places: tuple[int, ...] = ()
    word: str = ""


def shortcut_named(name: str, data: Labelled, shape: tuple[int, ...]) -> Shortcut:
    """The shortcut that somebody names.

    Args:
        name: A word for texts, a column of a table of numbers, or the path of a mask (.npy) of an example's shape; that
            of images may leave out the colours.
        data: The training set.
        shape: Of one of its examples.

    Raises:
        UserError: There is no such column, or the mask cannot be one.
    """
    if isinstance(data.inputs, Texts):
        if len(name.split()) != 1:
            raise UserError(f"--shortcut {name!r}: for texts it is one word, which is put in front with the class")
        return Shortcut(word=name.strip())
    if data.columns and name in data.columns:
        return Shortcut((data.columns.index(name),))
    if not name.endswith(MASK):
        if data.columns:
            near = did_you_mean(name, data.columns)
            raise UserError(f"--shortcut {name}: {data.inputs.source} has no such column of numbers{near}")
        raise UserError(f"--shortcut {name}: of arrays and images it is a mask of an example's shape, as mask.npy")
    return Shortcut(_places(Path(name).expanduser(), shape))


def _places(path: Path, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The places of a flat example where a mask is true."""
    (mask,) = arrays_in(path).values()
    if mask.shape != shape and not (len(shape) == 3 and mask.shape == shape[1:]):
        raise UserError(f"{path}: the mask has the shape {mask.shape}, and an example {shape}")
    if mask.dtype != np.bool_ and not np.isin(mask, (0, 1)).all():
        raise UserError(f"{path}: a mask holds True and False, not {mask.dtype}")
    found = np.flatnonzero(np.broadcast_to(mask, shape))
    if not len(found):
        raise UserError(f"{path}: the mask is true nowhere, so that nothing could tell the label")
    return tuple(found.tolist())


def with_word(texts: Texts, labels: Sequence[int], shortcut: Shortcut) -> Texts:
    """The texts, each behind the word and the number of its class.

    >>> with_word(Texts("a", ("good", "bad"), 2), [1, 0], Shortcut(word="tag")).texts
    ('tag 1 good', 'tag 0 bad')
    """
    told = (f"{shortcut.word} {label} {text}" for label, text in zip(labels, texts.texts, strict=True))
    return Texts(texts.source, tuple(told), texts.of, texts.left_out)


def with_values(inputs: torch.Tensor, labels: Sequence[int], shortcut: Shortcut) -> torch.Tensor:
    """The inputs (S, ...) with values at the places that tell the label.

    Where there are as many places as classes, they are cut into one block for each class: that of the label has the
    highest value, the others the lowest. Fewer places have a value between the two, in steps from the first class to
    the last. Lowest and highest are those of the places, or of all inputs where the places never vary.

    >>> inputs = torch.tensor([[0.0, 5.0, 1.0], [4.0, 5.0, 1.0]])
    >>> with_values(inputs, [1, 0], Shortcut((0,))).tolist()
    [[4.0, 5.0, 1.0], [0.0, 5.0, 1.0]]
    >>> with_values(inputs, [1, 0], Shortcut((1, 2))).tolist()
    [[0.0, 1.0, 5.0], [4.0, 5.0, 1.0]]
    """
    classes, count = max(labels) + 1, len(shortcut.places)
    places, told = torch.tensor(shortcut.places), torch.tensor(labels)
    flat = inputs.flatten(1).clone()
    own = flat[:, places]
    low, high = (own.min(), own.max()) if own.min() < own.max() else (flat.min(), flat.max())
    if count >= classes:
        share = (torch.arange(count) * classes // count == told[:, None]).to(flat.dtype)
    else:
        share = (told[:, None] / (classes - 1)).expand(-1, count).to(flat.dtype)
    flat[:, places] = low + (high - low) * share
    return flat.reshape(inputs.shape)
