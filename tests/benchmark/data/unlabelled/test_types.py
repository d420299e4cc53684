"""Pictures are opened one by one, as they are asked for; those that cannot be read are named."""

import re
from pathlib import Path

import numpy as np
import pytest
from bad_photographs import bomb, pipe
from PIL import Image
from unlabelled_files import pictures

from benchmark.data.unlabelled.types import Pictures
from registry import DataError, UserError


def of(folder: Path, *names: str) -> Pictures:
    return Pictures(str(folder), tuple(folder / name for name in names), len(names))


def test_the_pictures_of_some_places_are_opened_in_their_order(tmp_path: Path) -> None:
    names = ["0.png", "1.png", "2.png", "3.png"]
    found = of(pictures(tmp_path, names), *names)
    assert len(found) == 4
    assert [image.getpixel((0, 0))[0] for image in found.opened(slice(1, 3))] == [1, 2]  # type: ignore[index]
    assert [image.getpixel((0, 0))[0] for image in found.opened([3, 0])] == [3, 0]  # type: ignore[index]
    assert {(image.mode, image.size) for image in found.opened()} == {("RGB", (8, 6))}


def test_nothing_is_opened_before_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"no picture")
    assert len(of(pictures(tmp_path, ["a.png"]), "a.png", "b.png").opened([0])) == 1


def test_an_array_holds_the_middle_of_each(tmp_path: Path) -> None:
    """Of a picture that is white at both ends, where nothing is resized."""
    image = np.zeros((4, 10, 3), np.uint8)
    image[:, :3] = image[:, 7:] = 255
    image[:, 4] = (1, 2, 3)
    Image.fromarray(image).save(tmp_path / "a.png")
    found = of(tmp_path, "a.png", "a.png").array(4)
    assert found.shape == (2, 3, 4, 4)
    assert found.dtype == np.uint8
    assert np.array_equal(found[1], image[:, 3:7].transpose(2, 0, 1))


def test_a_size_is_one_pixel_or_more(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="a picture has 0 pixels a side: it needs one or more"):
        of(tmp_path).array(0)


def cut(folder: Path) -> Path:
    """Half of a picture."""
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)).save(folder / "whole.png")
    (folder / "cut.png").write_bytes((folder / "whole.png").read_bytes()[:6000])
    return folder / "cut.png"


BAD = {
    "cut": (cut, r"no picture that can be read \(OSError: image file is truncated\)"),
    "a pipe": (pipe, "no file: a pipe"),
    "a bomb": (bomb(50_000, 50_000), "too many pixels: at most 100,000,000 are read"),
    "half a bomb": (bomb(11_000, 11_000), "11000 x 11000 pixels are too many: at most 100,000,000 are read"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_picture_that_cannot_be_read_is_named_with_the_reason(name: str, tmp_path: Path) -> None:
    make, why = BAD[name]
    file = make(tmp_path)
    for read in (lambda found: found.opened(), lambda found: found.array(4)):
        with pytest.raises(DataError) as caught:
            read(of(tmp_path, file.name))
        assert re.fullmatch(f"{re.escape(str(file))}: {why}; take what is broken out of the folder", str(caught.value))


def test_of_several_the_first_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    pictures(tmp_path, ["a.png"])
    for name in ("b.png", "c.png", "d.png"):
        (tmp_path / name).write_text("a text")
    with pytest.raises(DataError) as caught:
        of(tmp_path, "a.png", "b.png", "c.png", "d.png").array(4)
    assert str(caught.value) == (
        f"{tmp_path / 'b.png'}: no picture of JPEG, PNG, WEBP, GIF, BMP or TIFF; 2 more of 4 cannot be read either; "
        "take what is broken out of the folder"
    )


@pytest.mark.parametrize("form", ["EPS", "PDF", "PPM"])
def test_a_form_for_which_pillow_might_start_a_program_is_not_opened(form: str, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png", format=form)
    with pytest.raises(DataError, match="no picture of JPEG"):
        of(tmp_path, "a.png").opened()


def test_a_picture_that_changes_is_not_read_for_the_next_network(tmp_path: Path) -> None:
    from PIL import Image

    file = tmp_path / "a.png"
    Image.new("RGB", (20, 20)).save(file)
    pictures = Pictures("p", (file,), 1)
    assert pictures.array(8).shape == (1, 3, 8, 8)
    Image.new("RGB", (30, 20), "white").save(file)
    with pytest.raises(DataError, match=r"a\.png: it changed meanwhile"):
        pictures.array(8)
