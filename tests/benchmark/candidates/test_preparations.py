"""Pictures become what the library that knows a network makes of them: its own transform is called beside ours."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from benchmark.candidates.inputs import picture_inputs
from benchmark.candidates.preparations import Preparation, of_folder, of_timm, of_torchvision, square_of
from benchmark.data.unlabelled.types import Pictures
from registry import UserError
from registry._torchvision import import_torchvision
from registry._transformers import import_transformers

LARGE = np.random.default_rng(0).integers(0, 256, (300, 400, 3), dtype=np.uint8)
SMALL = np.random.default_rng(1).integers(0, 256, (50, 30, 3), dtype=np.uint8)


def given(folder: Path, how: Preparation) -> tuple[list[Image.Image], NDArray[Any], str]:
    """Two pictures, what a network gets of them, and that in words."""
    folder.mkdir(exist_ok=True)
    files = (folder / "large.png", folder / "small.png")
    for file, pixels in zip(files, (LARGE, SMALL), strict=True):
        Image.fromarray(pixels).save(file)
    inputs, words = picture_inputs(Pictures("p", files, 2), how, "net")
    return [Image.fromarray(pixels) for pixels in (LARGE, SMALL)], inputs.arguments(torch.arange(2))[0].numpy(), words


@pytest.mark.parametrize(
    ("name", "resized", "side"), [("resnet18", 256, 224), ("resnet50", 232, 224), ("inception_v3", 342, 299)]
)
def test_an_architecture_of_torchvision_gets_what_torchvision_makes(
    tmp_path: Path, name: str, resized: int, side: int
) -> None:
    own = import_torchvision().models.get_model_weights(name).DEFAULT.transforms()
    pictures, found, words = given(tmp_path, of_torchvision(name))
    np.testing.assert_allclose(found, np.stack([own(picture).numpy() for picture in pictures]), atol=1e-5)
    assert words == f"images resized to {resized} and cut to {side} x {side} pixels"


@pytest.mark.parametrize("name", ["resnet18.a1_in1k", "vit_tiny_patch16_224", "mobilenetv3_large_100"])
def test_an_architecture_of_timm_gets_what_timm_makes(tmp_path: Path, name: str) -> None:
    timm = pytest.importorskip("timm")
    config = timm.data.resolve_data_config({}, pretrained_cfg=timm.get_pretrained_cfg(name).to_dict())
    own = timm.data.create_transform(**config)
    pictures, found, words = given(tmp_path, of_timm(timm, name))
    np.testing.assert_allclose(found, np.stack([own(picture).numpy() for picture in pictures]), atol=1e-5)
    assert words == f"images made 224 x 224 pixels as timm does (crop_pct {config['crop_pct']:g}, bicubic)"


PROCESSORS = {
    "square": ("ViTImageProcessor", {"size": {"height": 32, "width": 32}}),
    "oblong": ("ViTImageProcessor", {"size": {"height": 32, "width": 48}}),
    "cut": ("CLIPImageProcessor", {"size": {"shortest_edge": 40}, "crop_size": {"height": 32, "width": 32}}),
    "cut by a share": ("ConvNextImageProcessor", {"size": {"shortest_edge": 32}, "crop_pct": 0.8}),
    "blue first": ("MobileViTImageProcessor", {"size": {"shortest_edge": 40}}),
    "bytes": ("ViTImageProcessor", {"size": {"height": 32, "width": 32}, "do_rescale": False}),
    "no colours": ("ViTImageProcessor", {"size": {"height": 32, "width": 32}, "do_normalize": False}),
    "other scale": ("ViTImageProcessor", {"size": {"height": 32, "width": 32}, "rescale_factor": 1 / 127.5}),
}


@pytest.mark.parametrize("case", PROCESSORS)
def test_a_folder_gets_what_its_own_processor_makes(tmp_path: Path, case: str) -> None:
    kind, settings = PROCESSORS[case]
    processor = getattr(import_transformers(), kind)(**settings)
    processor.save_pretrained(tmp_path)
    (tmp_path / "config.json").write_text('{"model_type": "vit"}')
    pictures, found, words = given(tmp_path / "pictures", of_folder(tmp_path))
    np.testing.assert_allclose(found, processor(pictures, return_tensors="np")["pixel_values"], atol=1e-4)
    assert words == f"images made {found.shape[2]} x {found.shape[3]} pixels by its preprocessor_config.json"
    assert (len(set(found.shape[2:])) == 1) == (case != "oblong")


def test_pictures_are_kept_in_bytes_where_that_is_the_same(tmp_path: Path) -> None:
    transformers = import_transformers()
    (tmp_path / "config.json").write_text('{"model_type": "vit"}')
    kinds = {}
    for case in ("square", "cut", "other scale"):
        kind, settings = PROCESSORS[case]
        getattr(transformers, kind)(**settings).save_pretrained(tmp_path)
        kinds[case] = of_folder(tmp_path).made(Image.fromarray(LARGE)).dtype.name
    assert kinds == {"square": "uint8", "cut": "uint8", "other scale": "float32"}


def test_a_processor_that_gives_a_mask_beside_the_pixels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "vit"}')
    import_transformers().DetrImageProcessor().save_pretrained(tmp_path)
    with pytest.raises(UserError, match=r"makes more than one array .* of a picture: give arrays of the inputs"):
        of_folder(tmp_path)


def test_pictures_that_become_inputs_of_several_sizes_are_refused(tmp_path: Path) -> None:
    how = Preparation(lambda picture: np.asarray(picture).transpose(2, 0, 1), "as they are")
    with pytest.raises(UserError, match=r"small\.png: it becomes \(3, 50, 30\), and others \(3, 300, 400\)"):
        given(tmp_path, how)


def test_a_square_is_the_largest_one_about_the_centre() -> None:
    picture = np.zeros((20, 40, 3), dtype=np.uint8)
    picture[:, 10:30] = 200
    made = square_of(8).made(Image.fromarray(picture))
    assert made.shape == (3, 8, 8)
    assert made.min() > 180  # of all of the picture half would be black
    with pytest.raises(UserError, match="--image-size 0: a picture has one pixel a side or more"):
        square_of(0)
