"""Images as a network sees them in training where a plan asks for it: mirrored and moved, each in its own way.

In: a batch on the device and the word of the plan. Out: a batch of the same shape, drawn by torch's generator.
"""

from functools import lru_cache
from typing import Any

import torch

from registry._torchvision import import_torchvision


def augmented(images: torch.Tensor, how: str) -> torch.Tensor:
    """A batch of images as a network is trained on it.

    Args:
        images: (B, channels, height, width).
        how: "none" gives the batch itself, "mirror-and-crop" a new one.
    """
    if how == "none":
        return images
    moved = _mirror_and_crop(*images.shape[2:])
    return torch.stack([moved(image) for image in images])


@lru_cache
def _mirror_and_crop(height: int, width: int) -> Any:
    """Mirror half of the images, and move each by up to an eighth of its sides; the gap is filled by reflection."""
    transforms: Any = import_torchvision().transforms
    return transforms.Compose(
        [
            transforms.RandomHorizontalFlip(),
            transforms.RandomCrop((height, width), padding=(width // 8, height // 8), padding_mode="reflect"),
        ]
    )
