"""Transforms of a suite's inputs: those that keep its task, and those that destroy it.

In: inputs, and a generator. Out: as many inputs of the same shape. A network that has learned the task keeps its answer
under the first, and loses it under the second.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from registry.fields import a_function, a_mapping, make_plain
from registry.words import Modality

# in quotation marks: numpy loads its random numbers when they are first named, which takes 5 ms of every command
Transform: TypeAlias = Callable[[NDArray[Any], "np.random.Generator"], NDArray[Any]]
"""Takes inputs (S, ...) and a seeded generator; returns inputs of the same shape and type, and leaves those given."""

SHIFTS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}  # rows and columns, in pixels
DRAWS = 3  # of what is drawn anew for each example
_STOP_WORDS = """
a about all also am an and any are as at be been but by can did do does for from had has have he her here him his i if
in into is it its just me more my no of on one or our out own she so some than that the their them then there these
they this those to too up us very was we were what when which who will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True)
class Transforms:
    """The transforms of a suite by name.

    Attributes:
        keeping: Those that keep its task: what a person would label as before.
        destroying: Those that destroy it: nobody could tell the label any more.

    Raises:
        ValueError: One of them is no function.
    """

    keeping: Mapping[str, Transform] = field(default_factory=dict)
    destroying: Mapping[str, Transform] = field(default_factory=dict)

    def __post_init__(self) -> None:
        functions = a_mapping(a_function, '{"shift-up": shift_up}')
        make_plain(self, "transforms", keeping=functions, destroying=functions)


def shifted(inputs: NDArray[Any], generator: "np.random.Generator", by: tuple[int, int]) -> NDArray[Any]:
    """Images (S, C, H, W) moved by rows and columns of pixels; what moves in is 0.

    >>> shifted(np.arange(4.0).reshape(1, 1, 2, 2), np.random.default_rng(0), (1, 0)).tolist()
    [[[[0.0, 0.0], [0.0, 1.0]]]]
    """
    result = np.zeros_like(inputs)
    height, width = inputs.shape[2:]
    (down, right), (rows, columns) = by, (height - abs(by[0]), width - abs(by[1]))
    from_row, from_column = max(-down, 0), max(-right, 0)
    to_row, to_column = max(down, 0), max(right, 0)
    moved = inputs[:, :, from_row : from_row + rows, from_column : from_column + columns]
    result[:, :, to_row : to_row + rows, to_column : to_column + columns] = moved
    return result


def shuffled_pixels(inputs: NDArray[Any], generator: "np.random.Generator") -> NDArray[Any]:
    """Images (S, C, H, W) with their pixels in a random order, another for each image, and one for all its channels."""
    flat = inputs.reshape(*inputs.shape[:2], -1)
    orders = generator.permuted(np.tile(np.arange(flat.shape[2]), (len(flat), 1)), axis=1)
    return np.take_along_axis(flat, orders[:, None], axis=2).reshape(inputs.shape)


def shuffled_patches(inputs: NDArray[Any], generator: "np.random.Generator", side: int) -> NDArray[Any]:
    """Images (S, C, H, W) cut into squares of so many pixels, which stand in a random order, another for each image.

    Height and width are multiples of `side`.
    """
    samples, channels, height, width = inputs.shape
    down, across = height // side, width // side
    cut = inputs.reshape(samples, channels, down, side, across, side).transpose(0, 2, 4, 1, 3, 5)
    patches = cut.reshape(samples, down * across, channels, side, side)
    orders = generator.permuted(np.tile(np.arange(down * across), (samples, 1)), axis=1)
    patches = np.take_along_axis(patches, orders[:, :, None, None, None], axis=1)
    back = patches.reshape(samples, down, across, channels, side, side).transpose(0, 3, 1, 4, 2, 5)
    return np.ascontiguousarray(back.reshape(inputs.shape))


def without_a_stop_word(inputs: NDArray[Any], generator: "np.random.Generator") -> NDArray[Any]:
    """Texts (S,) each without one of its English stop words, drawn anew; one that has none stays as it is.

    >>> texts = np.array(["the cat", "cats"], dtype=np.dtypes.StringDType())
    >>> without_a_stop_word(texts, np.random.default_rng(0)).tolist()
    ['cat', 'cats']
    """

    def one(text: str, share: float) -> str:
        words = text.split()
        places = [place for place, word in enumerate(words) if word.casefold().strip(".,;:!?\"'") in STOP_WORDS]
        if not places or len(words) == 1:
            return text
        del words[places[int(share * len(places))]]
        return " ".join(words)

    return _texts(one(str(text), share) for text, share in zip(inputs, generator.random(len(inputs)), strict=True))


def shuffled_words(inputs: NDArray[Any], generator: "np.random.Generator") -> NDArray[Any]:
    """Texts (S,) with their words in a random order, another for each text."""
    return _texts(" ".join(generator.permutation(str(text).split()).tolist()) or str(text) for text in inputs)


def usual_transforms(modality: Modality) -> Transforms:
    """The transforms of a suite that declares none.

    Args:
        modality: Of its examples.

    Returns:
        Of images four shifts by one pixel, and three shuffles of the pixels; of texts three drop-outs of a stop word,
        and three shuffles of the words; of vectors none.

    >>> list(usual_transforms("image").keeping)
    ['shift-up', 'shift-down', 'shift-left', 'shift-right']
    """
    if modality == "image":
        return Transforms(
            {f"shift-{word}": partial(shifted, by=by) for word, by in SHIFTS.items()},
            {f"shuffled-pixels-{draw}": shuffled_pixels for draw in range(1, DRAWS + 1)},
        )
    if modality == "text":
        return Transforms(
            {f"without-a-stop-word-{draw}": without_a_stop_word for draw in range(1, DRAWS + 1)},
            {f"shuffled-words-{draw}": shuffled_words for draw in range(1, DRAWS + 1)},
        )
    return Transforms()


def _texts(made: Any) -> NDArray[Any]:
    return np.array(list(made), dtype=np.dtypes.StringDType())
