"""The pictures of inputs, made once by docs/input_pictures.py: small, of suites that there are, and in the package."""

import tomllib
from pathlib import Path

import pytest
from PIL import Image

from registry import SUITES

ROOT = Path(__file__).parents[4]
PICTURES = sorted((ROOT / "leaderboard" / "pages" / "web" / "inputs").glob("*"))


def test_every_suite_whose_inputs_can_be_seen_has_one() -> None:
    seen = {name for name in SUITES if SUITES[name].modality != "text"}
    assert {picture.name for picture in PICTURES} == {f"{name}.png" for name in seen}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_a_picture_is_small(picture: Path) -> None:
    assert picture.stat().st_size < 15_000
    with Image.open(picture) as image:
        assert image.format == "PNG"
        assert image.width <= 400
        assert image.height <= 200


def test_the_pictures_are_in_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "pages/web/inputs/*.png" in settings["tool"]["setuptools"]["package-data"]["leaderboard"]
