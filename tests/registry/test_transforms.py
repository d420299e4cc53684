"""Transforms of inputs: what each of them keeps and what it changes, by hand."""

from collections import Counter
from functools import partial
from typing import Any

import numpy as np
import pytest

from registry import SUITES
from registry.transforms import (
    Transforms,
    shifted,
    shuffled_patches,
    shuffled_pixels,
    shuffled_words,
    usual_transforms,
    without_a_stop_word,
)

IMAGES = np.arange(2 * 3 * 4 * 6, dtype=np.float32).reshape(2, 3, 4, 6) + 1


def drawn() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("by", [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (2, -3), (4, 0)])
def test_a_pixel_comes_from_where_the_shift_says_or_is_0(by: tuple[int, int]) -> None:
    found = shifted(IMAGES, drawn(), by)
    for row in range(4):
        for column in range(6):
            before = row - by[0], column - by[1]
            inside = 0 <= before[0] < 4 and 0 <= before[1] < 6
            expected = IMAGES[:, :, before[0], before[1]] if inside else 0.0
            assert (found[:, :, row, column] == expected).all()


def test_pixels_are_shuffled_in_each_image_by_itself_and_in_all_its_channels_alike() -> None:
    found = shuffled_pixels(IMAGES, drawn())
    before, after = (images.reshape(2, 3, -1).transpose(0, 2, 1) for images in (IMAGES, found))
    for one, other in zip(before, after, strict=True):
        assert sorted(map(tuple, one.tolist())) == sorted(map(tuple, other.tolist()))  # whole pixels, as they were
    assert not np.array_equal(after[0] - IMAGES[0].min(), after[1] - IMAGES[1].min())
    assert not np.array_equal(found, IMAGES)


def test_patches_are_shuffled_as_wholes() -> None:
    found = shuffled_patches(IMAGES, drawn(), 2)

    def patches(image: np.ndarray) -> list[bytes]:
        return [image[:, row : row + 2, column : column + 2].tobytes() for row in (0, 2) for column in (0, 2, 4)]

    for one, other in zip(IMAGES, found, strict=True):
        assert sorted(patches(one)) == sorted(patches(other))
        assert patches(one) != patches(other)
    as_pixels = shuffled_patches(IMAGES, drawn(), 1)
    assert np.array_equal(np.sort(as_pixels, axis=None), np.sort(IMAGES, axis=None))


def texts(*said: str) -> Any:
    return np.array(said, dtype=np.dtypes.StringDType())


def test_one_stop_word_is_left_out_and_what_has_none_stays() -> None:
    said = texts("The cat sat on the mat.", "no stop", "cats purr", "the")
    for seed in range(20):
        found = without_a_stop_word(said, np.random.default_rng(seed)).tolist()
        assert found[0] in {"cat sat on the mat.", "The cat sat the mat.", "The cat sat on mat."}
        assert found[1:] == ["stop", "cats purr", "the"]  # never an empty text
    many = {without_a_stop_word(said, np.random.default_rng(seed))[0] for seed in range(40)}
    assert len(many) == 3


def test_the_words_of_a_text_are_shuffled_and_none_is_lost() -> None:
    said = texts("one two three four five six", "single", " ")
    found = shuffled_words(said, drawn())
    assert Counter(found[0].split()) == Counter(said[0].split())
    assert found[0] != said[0]
    assert found.tolist()[1:] == ["single", " "]
    assert found.dtype == said.dtype


@pytest.mark.parametrize(("modality", "counts"), [("image", (4, 3)), ("text", (3, 3)), ("vector", (0, 0))])
def test_how_many_transforms_a_modality_has(modality: Any, counts: tuple[int, int]) -> None:
    found = usual_transforms(modality)
    assert (len(found.keeping), len(found.destroying)) == counts


@pytest.mark.parametrize("name", [name for name in SUITES if SUITES[name].modality != "text"])
def test_transforms_of_every_suite_keep_shape_and_type_and_leave_their_inputs(name: str) -> None:
    suite = SUITES[name]
    given = np.random.default_rng(1).normal(size=(3, *suite.input_shape)).astype(np.float32)
    before = given.copy()
    for transform in (*suite.own_transforms.keeping.values(), *suite.own_transforms.destroying.values()):
        made = transform(given, drawn())
        assert (made.shape, made.dtype) == (given.shape, given.dtype)
        assert np.array_equal(made, transform(given, drawn()))
        assert not np.array_equal(made, given)
    assert np.array_equal(given, before)


def test_what_is_no_function_is_refused() -> None:
    assert Transforms({"a": partial(shifted, by=(1, 0))}).destroying == {}
    with pytest.raises(ValueError, match="keeping of transforms"):
        Transforms(keeping={"a": 3})  # type: ignore[dict-item]
