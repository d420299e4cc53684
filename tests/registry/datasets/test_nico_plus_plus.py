"""NICO++ from a folder of photographs: what is read, what counts once, and what is wrong is named."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from photographs import BAD, FIRST, cmyk, grey, photographs, transparent
from PIL import Image

from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from registry import DATASETS, DataError
from registry.datasets.nico_plus_plus import read_image


@pytest.mark.parametrize("make", [grey, cmyk, transparent])
def test_images_of_other_colours_are_read_and_named(
    make: Callable[[Path], Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = photographs(tmp_path / "nico-plus-plus")
    made = make(root / FIRST)
    data = load("nico-plus-plus", tmp_path)
    assert len(data.train) + len(data.held_out) == 36 * 4 + 1
    assert data.train.inputs.shape[1:] == (3, 64, 64)
    assert f"{made}: mode" in caplog.text


def test_what_is_no_image_is_named_and_left_out_only_when_that_is_asked_for(tmp_path: Path) -> None:
    root = photographs(tmp_path / "nico-plus-plus")
    prints = [fingerprint(DATASETS["nico-plus-plus"], tmp_path)]
    lines = {f"{FIRST}/{make(root / FIRST).name}  # {why}" for make, why in BAD.items()}
    prints.append(fingerprint(DATASETS["nico-plus-plus"], tmp_path))
    with pytest.raises(DataError) as error:
        load("nico-plus-plus", tmp_path)
    first, *said = str(error.value).splitlines()
    assert first == f"to leave out what cannot be used, add to {root / 'skip.txt'}:"
    assert set(said) == lines
    (root / "skip.txt").write_text("\n".join(said))
    data = load("nico-plus-plus", tmp_path)
    assert len(data.train) + len(data.held_out) == 36 * 4
    prints.append(fingerprint(DATASETS["nico-plus-plus"], tmp_path))
    assert len(set(prints)) == 3


def test_the_same_photograph_in_two_places_counts_once_and_is_never_on_both_sides(tmp_path: Path) -> None:
    root = photographs(tmp_path / "nico-plus-plus")
    content = (root / FIRST / "bear_0.jpg").read_bytes()
    for number in range(6):
        (root / "with_context" / "train" / "rock" / "cat" / f"again_{number}.jpg").write_bytes(content)
    data = load("nico-plus-plus", tmp_path)
    assert len(data.train) + len(data.held_out) == 36 * 4


def test_resizing_averages_and_keeps_proportions(tmp_path: Path) -> None:
    """A fine chequerboard becomes grey, a disc stays round."""
    root = photographs(tmp_path / "nico-plus-plus")
    board = np.indices((256, 512)).sum(axis=0) % 2 * 255
    Image.fromarray(np.repeat(board[:, :, None], 3, axis=2).astype(np.uint8)).save(root / FIRST / "board.png")
    assert np.abs(read_image(root / FIRST / "board.png").astype(int) - 127).max() < 12
    y, x = np.indices((200, 400))
    disc = ((y - 100) ** 2 + (x - 200) ** 2 < 80**2) * 255
    Image.fromarray(np.repeat(disc[:, :, None], 3, axis=2).astype(np.uint8)).save(root / FIRST / "disc.png")
    found = read_image(root / FIRST / "disc.png")[0] > 127
    assert abs(found.any(axis=0).sum() - found.any(axis=1).sum()) <= 1
