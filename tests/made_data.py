"""Random examples in the shape of the data sets that suites draw from in a way of their own, without a file."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from photographs import random_animals

from registry import Data, Examples


def random_digits(count: int = 600) -> Data:
    """Random images in the shape of MNIST."""
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, size=(count, 28, 28), dtype=np.uint8)
    return _halves(images, generator.integers(0, 10, count))


def random_points(count: int = 600) -> Data:
    """Random points in the plane."""
    generator = np.random.default_rng(0)
    points = generator.normal(size=(count, 2)).astype(np.float32)
    return _halves(points, generator.integers(0, 2, count))


def random_reviews(count: int = 4000) -> Data:
    """Reviews of a filler and an adjective, which tells the label in three of four."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 2, count)
    polarities = np.where(generator.random(count) < 0.75, labels, 1 - labels)
    words = np.array([["Bad", "awful"], ["good", "GREAT"]])[polarities, generator.integers(0, 2, count)]
    return _halves(np.array([f"review {n}: {w}!" for n, w in enumerate(words)], dtype=np.dtypes.StringDType()), labels)


def random_emails(count: int = 600) -> Data:
    """Numbers from 0, skewed, one column of them always 0."""
    generator = np.random.default_rng(0)
    numbers = generator.exponential(5.0, (count, 57)).astype(np.float32)
    numbers[:, 7] = 0.0
    return _halves(numbers, generator.integers(0, 2, count))


def random_stretches(count: int = 600) -> Data:
    """Bases by chance."""
    generator = np.random.default_rng(0)
    return _halves(generator.integers(0, 4, (count, 60), dtype=np.int8), generator.integers(0, 3, count))


def random_words(usual: int = 120, unusual: int = 60) -> Data:
    """Letters by chance, more short words of the first class and more long ones of the second."""
    generator = np.random.default_rng(0)
    parts = []
    for _ in range(2):
        cells = [(a, long) for a in (0, 1) for long in (0, 1) for _ in range(usual if a == long else unusual)]
        labels, groups = np.array(cells, dtype=np.int64).T
        letters = generator.integers(0, 26, (len(cells), 9), dtype=np.int8)
        letters[groups == 0, 6:] = -1
        parts.append(Examples(letters, labels, groups))
    return Data(*parts)


def _halves(inputs: NDArray[Any], labels: NDArray[np.int64]) -> Data:
    half = len(labels) // 2
    return Data(Examples(inputs[:half], labels[:half]), Examples(inputs[half:], labels[half:]))


MADE = {
    "animal-contexts": random_animals,
    "spam-emails": random_emails,
    "splice-junctions": random_stretches,
    "english-words": random_words,
}
