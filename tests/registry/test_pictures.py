"""Pictures in every form that people keep them in: read as Pillow shows them, or refused in words."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from registry.pictures import UnusablePicture, read_picture, square

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
PIXELS = np.random.default_rng(0).integers(0, 256, (30, 20, 3), dtype=np.uint8)


def read(image: Image.Image, path: Path, **words: object) -> np.ndarray:
    image.save(path, **words)  # type: ignore[arg-type]
    return np.asarray(read_picture(path, FORMATS)[0])


@pytest.mark.parametrize("name", ["x.png", "x.webp", "x.bmp", "x.tif"])
def test_what_loses_nothing_is_read_as_it_was(name: str, tmp_path: Path) -> None:
    assert np.array_equal(read(Image.fromarray(PIXELS), tmp_path / name, lossless=True), PIXELS)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["x.tif", "x.png"])
def test_a_picture_is_turned_once(orientation: int, name: str, tmp_path: Path) -> None:
    """Pillow turns a TIFF when it is loaded, and no other format."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    found = read(Image.fromarray(PIXELS), tmp_path / name, exif=tags)
    with Image.open(tmp_path / name) as opened:
        opened.load()
        assert np.array_equal(found, np.asarray(ImageOps.exif_transpose(opened)))


def test_the_first_frame_of_an_animation_is_read(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    assert (read(frames[0], tmp_path / "x.gif", save_all=True, append_images=frames[1:]) == (255, 0, 0)).all()


def test_a_palette_with_a_clear_colour_lies_on_white(tmp_path: Path) -> None:
    image = Image.fromarray(np.array([[0, 1]], np.uint8)).convert("P")
    image.putpalette([200, 0, 0, 10, 20, 30])
    assert read(image, tmp_path / "x.gif", transparency=0).tolist() == [[[255, 255, 255], [10, 20, 30]]]


def test_the_inks_of_a_print_become_colours(tmp_path: Path) -> None:
    """Without ink it is white, with all of the black it is black."""
    inks = Image.fromarray(np.array([[[0, 0, 0, 0], [0, 0, 0, 255]]], np.uint8), mode="CMYK")
    assert read(inks, tmp_path / "x.tif").tolist() == [[[255] * 3, [0] * 3]]


def test_sixteen_bits_keep_black_white_and_the_middle(tmp_path: Path) -> None:
    greys = Image.fromarray(np.array([[0, 128 * 257, 65535]], np.uint16))
    assert read(greys, tmp_path / "x.tif")[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize(
    ("greys", "why"),
    [
        (np.array([[0.0, 1.0]], np.float32), "its greys are floats, and nobody says which of them is white"),
        (np.array([[0, 70000]], np.int32), "its greys are 0 to 70000, and 0 to 65535 are read"),
        (np.array([[-5, 7]], np.int32), "its greys are -5 to 7, and 0 to 65535 are read"),
    ],
)
def test_greys_of_an_unknown_scale_are_refused(greys: np.ndarray, why: str, tmp_path: Path) -> None:
    with pytest.raises(UnusablePicture, match=why):
        read(Image.fromarray(greys), tmp_path / "x.tif")


def test_one_pixel_is_a_picture_unless_more_are_asked_for(tmp_path: Path) -> None:
    assert read(Image.new("RGB", (1, 1), (1, 2, 3)), tmp_path / "x.png").tolist() == [[[1, 2, 3]]]
    with pytest.raises(UnusablePicture, match="1 x 1 pixels are too few"):
        read_picture(tmp_path / "x.png", FORMATS, smallest=2)


def test_a_format_that_is_not_named_is_not_opened(tmp_path: Path) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "x.tif")
    with pytest.raises(OSError, match="cannot identify"):
        read_picture(tmp_path / "x.tif", ("PNG",))


def test_a_square_is_cut_about_the_centre() -> None:
    """Where nothing is resized, the cut is a slice of the array."""
    assert np.array_equal(square(Image.fromarray(PIXELS), 20), PIXELS[5:25].transpose(2, 0, 1))
