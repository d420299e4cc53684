"""What stands in the way of a path is found where it stands: a link to nothing, a circle, a file on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.process.blocked_paths import LongName, first_missing, in_the_way, long_name
from benchmark.process.files import write_file
from benchmark.process.obstacles import obstacle

Damage = Callable[[Path], object]


def touch(place: Path) -> None:
    place.touch()


def dangle(place: Path) -> None:
    place.symlink_to("/nonexistent/disk")


def circle(place: Path) -> None:
    place.symlink_to(place)


def folder(place: Path) -> None:
    (place / "x").mkdir(parents=True)


NOWHERE = "it is a link to /nonexistent/disk, which is not there: mend or remove it, or choose another --out"
CIRCLE = "it is a link that leads in a circle: remove it, or choose another --out"
NO_FOLDER = "a file stands where a folder is needed: move it, or choose another --out"
NO_FILE = "a folder stands where a file is needed: move it, or choose another --out"


def make_folder(place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)


def make_below(place: Path) -> None:
    (place / "deep" / "deeper").mkdir(parents=True, exist_ok=True)


def rename_onto(place: Path) -> None:
    (place.parent / "built").mkdir()
    (place.parent / "built").rename(place)


def write(place: Path) -> None:
    write_file(place, b"x")


@pytest.mark.parametrize(
    ("damage", "act", "cure"),
    [
        (touch, make_folder, NO_FOLDER),
        (touch, make_below, NO_FOLDER),
        (touch, rename_onto, NO_FOLDER),
        (dangle, make_folder, NOWHERE),
        (dangle, make_below, NOWHERE),
        (dangle, rename_onto, NOWHERE),
        (circle, make_folder, CIRCLE),
        (circle, make_below, CIRCLE),
        (folder, write, NO_FILE),
    ],
)
def test_what_is_in_the_way_is_named_and_not_to_be_run_again(
    damage: Damage, act: Damage, cure: str, tmp_path: Path
) -> None:
    place = tmp_path / "in the way"
    damage(place)
    with pytest.raises(OSError, match="in the way") as caught:
        act(place)
    line = obstacle(caught.value, "run")
    assert line.startswith(f"{place}: ")
    assert line.endswith(f"; {cure}")


def test_where_nothing_is_in_the_way_nothing_is_said(tmp_path: Path) -> None:
    assert in_the_way(tmp_path / "a" / "b") is None
    assert first_missing(tmp_path / "a" / "b") == tmp_path / "a"
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    assert in_the_way(tmp_path / "link" / "b") is None
    assert long_name(tmp_path / "link" / "b") is None


def test_a_name_that_is_too_long_is_told_with_what_is_allowed_and_cut(tmp_path: Path) -> None:
    place = tmp_path / ("é" * 200) / "record.json"
    assert long_name(place) == LongName(400, 255)
    with pytest.raises(OSError, match="too long") as caught:
        place.parent.mkdir()
    line = obstacle(caught.value, "run")
    assert "a name there may have 255 bytes, and this one has 400: choose another --out" in line
    assert line.count("é") == 60
