"""Rendered contexts: each is the same every time, and the animal stands out."""

import numpy as np
import pytest

from registry.datasets._contexts import SIZE, rendered, sheets
from registry.datasets._nico import CONTEXTS


def silhouettes(count: int) -> np.ndarray:
    """Squares of many sizes on nothing."""
    made = np.zeros((count, 28, 28), np.uint8)
    for row in range(count):
        made[row, 4 : 10 + row % 14, 6:22] = 255
    return made


@pytest.mark.parametrize("context", CONTEXTS)
def test_rendering_is_the_same_every_time_and_the_animal_stands_out(context: str) -> None:
    made = []
    for _ in range(2):
        generator = np.random.default_rng(0)
        made.append(rendered(silhouettes(20), sheets(context, generator), generator))
    assert (made[0] == made[1]).all()
    assert made[0].shape == (20, 3, SIZE, SIZE)
    assert len({image.tobytes() for image in made[0]}) == 20
    generator = np.random.default_rng(0)
    nothing = rendered(np.zeros((20, 28, 28), np.uint8), sheets(context, generator), generator)
    changed = np.abs(made[0].astype(int) - nothing).mean(axis=1)  # the same places, with and without an animal
    assert (changed.max(axis=(1, 2)) > 50).all()
