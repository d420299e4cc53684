"""How a picture becomes the input of a network: as torchvision, timm or a folder's own image processor makes it.

In: what a library says of a network's pictures. Out: a `Preparation`. Pictures are kept in bytes where that gives the
library's own numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from registry import UserError
from registry._torchvision import import_torchvision
from registry._transformers import transformers_for

if TYPE_CHECKING:
    from PIL.Image import Image

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's pictures, by torchvision
PROCESSOR = "preprocessor_config.json"
SAME = 1e-4  # of an input: what rounding may move one by

Made: TypeAlias = "NDArray[np.uint8] | NDArray[np.float32]"


@dataclass(frozen=True)
class Preparation:
    """How pictures become inputs.

    Attributes:
        made: Makes of a picture in RGB either bytes (3, H, W), whose colours follow, or floats as the network reads
            them.
        words: The same in words, "{size}" for the pixels; they tell one preparation from another.
        mean: Of the three colours, from 0 to 1, which is subtracted from bytes.
        deviation: By which they are divided.
    """

    made: "Callable[[Image], Made]"
    words: str
    mean: tuple[float, ...] = MEAN
    deviation: tuple[float, ...] = DEVIATION


def square_of(side: int, colours: Preparation | None = None) -> Preparation:
    """The largest square about the centre of a picture, resized.

    Args:
        side: Pixels of a side.
        colours: Whose colours these are, by default those of ImageNet.
    """
    from registry.pictures import square

    if side < 1:
        raise UserError(f"--image-size {side}: a picture has one pixel a side or more")
    mean, deviation = (colours.mean, colours.deviation) if colours else (MEAN, DEVIATION)
    return Preparation(lambda picture: square(picture, side), "images cut to {size} pixels", mean, deviation)


def of_torchvision(name: str) -> Preparation:
    """As torchvision prepares pictures for its own weights of this architecture."""
    library = import_torchvision()
    own = library.models.get_model_weights(name).DEFAULT.transforms()
    functional = library.transforms.functional

    def made(picture: "Image") -> NDArray[np.uint8]:
        resized = functional.resize(picture, own.resize_size, interpolation=own.interpolation, antialias=own.antialias)
        return _channels_first(functional.center_crop(resized, own.crop_size))

    words = f"images resized to {own.resize_size[0]} and cut to {{size}} pixels"
    return Preparation(made, words, tuple(own.mean), tuple(own.std))


def of_timm(timm: Any, name: str) -> Preparation:
    """As timm prepares pictures for the first weights that it knows of this architecture."""
    known = timm.get_pretrained_cfg(name)
    config = timm.data.resolve_data_config({}, pretrained_cfg=known.to_dict() if known else {})
    transform = timm.data.create_transform(**config, normalize=False)
    return Preparation(
        lambda picture: np.asarray(transform(picture)),
        f"images made {{size}} pixels as timm does (crop_pct {config['crop_pct']:g}, {config['interpolation']})",
        tuple(config["mean"]),
        tuple(config["std"]),
    )


def of_folder(folder: Path) -> Preparation:
    """As the preprocessor_config.json of a folder makes them, whatever it asks for.

    Raises:
        DataError: It asks for a processor that transformers has not, or cannot be read.
        UserError: Its processor makes more of a picture than one array (3, H, W).
    """
    with transformers_for(folder) as transformers:
        processor = transformers.AutoImageProcessor.from_pretrained(
            str(folder), local_files_only=True, trust_remote_code=False
        )

    def made(picture: "Image", **settings: bool) -> NDArray[Any]:
        given = processor(picture, return_tensors="np", **settings)
        if set(given) != {"pixel_values"} or given["pixel_values"].ndim != 4 or len(given["pixel_values"]) != 1:
            raise UserError(
                f"{folder}: its {PROCESSOR} makes more than one array (3, H, W) of a picture: give arrays of the inputs"
            )
        found: NDArray[Any] = given["pixel_values"][0]
        return found

    def pixels(picture: "Image") -> NDArray[Any]:
        return made(picture, do_rescale=False, do_normalize=False)

    def whole(picture: "Image") -> NDArray[np.float32]:
        return made(picture).astype(np.float32)

    words = f"images made {{size}} pixels by its {PROCESSOR}"
    mean, deviation = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    if getattr(processor, "do_normalize", False):
        mean, deviation = tuple(processor.image_mean), tuple(processor.image_std)
    with transformers_for(folder):  # the processor's own errors in one line
        kept = Preparation(pixels, words, mean, deviation)
        return kept if _gives(kept, whole) else Preparation(whole, words)


def _gives(kept: Preparation, whole: "Callable[[Image], NDArray[np.float32]]") -> bool:
    """Whether bytes and colours are the same as the floats, of a picture of all kinds of colours."""
    from PIL.Image import fromarray

    picture = fromarray(np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8))
    expected = whole(picture)
    try:
        found = kept.made(picture)
    except Exception:  # a processor that cannot leave colours out
        return False
    if found.dtype != np.uint8 or found.shape != expected.shape or len(kept.mean) != len(found):
        return False
    mean, deviation = (np.array(colours)[:, None, None] for colours in (kept.mean, kept.deviation))
    return bool(np.allclose((found / 255 - mean) / deviation, expected, atol=SAME))


def _channels_first(picture: "Image") -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.asarray(picture).transpose(2, 0, 1))
