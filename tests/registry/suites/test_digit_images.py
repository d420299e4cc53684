"""Small images of digits: every second pixel, from 0 to 1."""

import numpy as np

from registry.suites._digit_images import small_images


def test_every_second_pixel_is_kept_in_its_place_and_scaled() -> None:
    images = np.zeros((2, 28, 28), np.uint8)
    images[1, 6, 10] = 255
    images[1, 0, 0] = 51
    images[:, 1::2] = 200  # the rows and columns that are left out
    images[:, :, 1::2] = 200
    found = small_images(images)
    assert (found.shape, found.dtype) == ((2, 14, 14), np.float32)
    assert (found[1, 3, 5], found[1, 0, 0]) == (1.0, np.float32(0.2))
    assert found.sum(dtype=np.float64) == np.float64(1.0) + np.float32(0.2)
