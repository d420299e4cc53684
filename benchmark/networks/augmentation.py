"""Images as a network sees them in training where a plan asks for it: mirrored and moved, each in its own way.

In: a batch on the device and the word of the plan. Out: a batch of the same shape, drawn by torch's generator.
"""

from functools import lru_cache
from typing import Any

import torch

from registry._torchvision import import_torchvision


def augmented(images: torch.Tensor, how: str) -> torch.Tensor:
    """A batch (B, channels, height, width): itself for "none", else "mirror-and-crop"."""
    if how == "none":
        return images
    moved = _mirror_and_crop(*images.shape[2:])
    return torch.stack([moved(image) for image in images])


@lru_cache
def _mirror_and_crop(height: int, width: int) -> Any:
    """Half of the images mirrored; each moved by up to an eighth of its sides, what is bared filled by reflection."""
    transforms: Any = import_torchvision().transforms
    return transforms.Compose(
        [
            transforms.RandomHorizontalFlip(),
            transforms.RandomCrop((height, width), padding=(width // 8, height // 8), padding_mode="reflect"),
        ]
    )
