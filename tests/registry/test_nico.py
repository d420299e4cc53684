"""Animals in contexts: what is rendered, what a degree draws, and what is wrong in a folder of photographs."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from photographs import BAD, FIRST, cmyk, grey, photographs, random_animals, transparent
from PIL import Image

from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from benchmark.data.splits import make_splits, splits_of
from registry import DATASETS, SUITES, Data, DataError, Examples, data_folder
from registry.datasets import animal_contexts
from registry.datasets._contexts import SIZE, rendered, sheets
from registry.datasets._nico import CONTEXTS
from registry.datasets.nico_plus_plus import read_image
from registry.suites.nico import own_share

SUITE = SUITES["nico"]


def silhouettes(count: int) -> np.ndarray:
    """Squares of many sizes on nothing."""
    made = np.zeros((count, 28, 28), np.uint8)
    for row in range(count):
        made[row, 4 : 10 + row % 14, 6:22] = 255
    return made


@pytest.mark.parametrize("context", CONTEXTS)
def test_rendering_is_the_same_every_time_and_the_animal_stands_out(context: str) -> None:
    made = []
    for _ in range(2):
        generator = np.random.default_rng(0)
        made.append(rendered(silhouettes(20), sheets(context, generator), generator))
    assert (made[0] == made[1]).all()
    assert made[0].shape == (20, 3, SIZE, SIZE)
    assert len({image.tobytes() for image in made[0]}) == 20
    generator = np.random.default_rng(0)
    nothing = rendered(np.zeros((20, 28, 28), np.uint8), sheets(context, generator), generator)
    changed = np.abs(made[0].astype(int) - nothing).mean(axis=1)  # the same places, with and without an animal
    assert (changed.max(axis=(1, 2)) > 50).all()


@pytest.mark.parametrize("alpha", [0.0, 0.2, 0.5, 1.0])
def test_a_degree_is_a_share_of_own_contexts_and_moves_nothing_else(alpha: float) -> None:
    splits = make_splits(SUITE, random_animals(), alpha, 0)
    for examples in (splits.train, splits.in_distribution):
        assert examples.groups is not None
        own = examples.groups == examples.labels
        assert own.mean() == pytest.approx(own_share(alpha), abs=0.01)
        assert (np.bincount(examples.labels) == 60).all()
        others = [((examples.labels == a) & (examples.groups == c)).sum() for a in range(6) for c in range(6) if a != c]
        assert max(others) - min(others) <= 1
    other = make_splits(SUITE, random_animals(), alpha, 1)
    assert np.array_equal(other.train.inputs, splits.train.inputs) == (alpha == 1)  # then all that there are
    assert np.array_equal(other.in_distribution.inputs, splits.in_distribution.inputs)  # that of all seeds
    evaluation = splits.evaluation
    assert evaluation.groups is not None
    assert (np.bincount(evaluation.labels * 6 + evaluation.groups) == 12).all()
    assert evaluation.inputs.dtype == np.float32
    assert abs(evaluation.inputs).max() < 2.1


def test_without_images_in_a_context_or_without_contexts_the_suite_says_so() -> None:
    data = random_animals()
    gone = (data.train.labels == 2) & (data.train.groups == 3)
    with pytest.raises(DataError, match="animal 2 has no images in context 3"):
        SUITE.make(Data(data.train.at(np.flatnonzero(~gone)), data.held_out), 0.0, 0)
    with pytest.raises(DataError, match="no contexts"):
        SUITE.make(Data(Examples(data.train.inputs, data.train.labels), data.held_out), 0.0, 0)


def test_animal_contexts_are_six_thousand_images_to_the_byte() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("animal-contexts", data_folder())
    assert (len(data.train), len(data.held_out)) == (6000, 3000)
    found = fingerprint(DATASETS["animal-contexts"], data_folder())
    network = {"suite": "nico", "data": "animal-contexts", "condition": 1.0, "seed": 0, "data_fingerprint": found}
    splits = splits_of(network, data_folder())
    assert (len(splits.train), len(splits.evaluation)) == (3000, 1800)
    digest = hashlib.sha256(data.train.inputs.tobytes() + data.held_out.inputs.tobytes()).hexdigest()
    assert digest.startswith("123fa09d3567f941")


def test_no_silhouette_is_both_trained_on_and_held_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A silhouette that stands in the package twice is one."""
    generator = np.random.default_rng(0)
    own = generator.integers(0, 256, (10, 600, 28, 28), dtype=np.uint8)
    shapes = np.concatenate([own, own[:, :400]], axis=1).reshape(-1, 28, 28)
    arrays = iter([shapes, np.repeat(np.arange(10), 1000)])
    monkeypatch.setattr(animal_contexts, "_array", lambda file: next(arrays))
    seen: list[set[bytes]] = []

    def remember(silhouettes: np.ndarray, backgrounds: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        seen.append({one.tobytes() for one in silhouettes})
        return np.zeros((len(silhouettes), 3, SIZE, SIZE), np.uint8)

    monkeypatch.setattr(animal_contexts, "rendered", remember)
    animal_contexts.load(tmp_path)
    for animal in range(6):  # six contexts to train on, then six held out
        calls = seen[12 * animal : 12 * animal + 12]
        assert not set.union(*calls[:6]) & set.union(*calls[6:])
        assert (len(set.union(*calls[:6])), len(set.union(*calls[6:]))) == (350, 250)


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
