"""Images mirrored and moved: drawn by torch, each in its own way, of the values that were there."""

import torch

from benchmark.networks.augmentation import augmented
from benchmark.seeding import seeded


def test_images_are_mirrored_and_moved_only_where_that_is_asked_for() -> None:
    images = torch.arange(2 * 3 * 16 * 16, dtype=torch.float32).reshape(2, 3, 16, 16)
    assert augmented(images, "none") is images
    with seeded(0, 1):
        drawn = [augmented(images, "mirror-and-crop") for _ in range(20)]
    with seeded(0, 1):
        assert torch.equal(augmented(images, "mirror-and-crop"), drawn[0])
    assert {tuple(made.shape) for made in drawn} == {(2, 3, 16, 16)}
    middles = torch.stack(drawn)[:, 0, 0, 8]  # one row of one image
    rising = (middles.diff(dim=1)[:, 2:-2] > 0).all(dim=1)
    assert 0 < rising.sum() < 20  # else it is mirrored
    assert len({float(made[0, 0, 8, 8]) for made in drawn}) > 10
    assert any(not torch.equal(made[0] + 3 * 256, made[1]) for made in drawn)  # each image in its own way
    assert all(set(made.flatten().tolist()) <= set(images.flatten().tolist()) for made in drawn)


def test_no_image_moves_by_more_than_an_eighth_of_its_side() -> None:
    side = 16
    image = torch.zeros(1, 1, side, side)
    image[0, 0, side // 2, side // 2] = 1.0
    with seeded(0, 1):
        places = [augmented(image, "mirror-and-crop")[0, 0].nonzero()[0].tolist() for _ in range(200)]
    rows, columns = ({place[axis] for place in places} for axis in (0, 1))
    assert rows == set(range(side // 2 - side // 8, side // 2 + side // 8 + 1))
    assert columns == {column - mirrored for column in rows for mirrored in (0, 1)}  # 8 becomes 7 in the mirror
