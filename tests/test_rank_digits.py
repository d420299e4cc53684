"""The example with digits: what the pages say of it, on fewer epochs."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rank_digits", ROOT / "docs" / "rank_digits.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_wrong_labels_are_seen_without_labels(example: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(example, "SHARES", (0.0, 0.4, 0.8))
    assert example.agreement("example-level", 0, epochs=30) == 1.0


def test_a_shortcut_is_seen_where_it_tells_and_backwards_where_not(
    example: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example, "SHARES", (0.0, 0.4, 0.8))
    assert example.agreement("heuristic", 0, told=True, epochs=30) == 1.0
    assert example.agreement("heuristic", 0, told=False, epochs=30) == -1.0


def test_ten_pixels_tell_the_label_in_the_share_that_is_asked_for(example: ModuleType) -> None:
    x, y, _, _ = example.split()
    images, labels = example.with_shortcut(x, y, 1.0)
    assert (images[:, :10].argmax(1) == labels).all()
    images, labels = example.with_shortcut(x, y, 0.0)
    assert 0.05 < float((images[:, :10].argmax(1) == labels).float().mean()) < 0.16
    _, redrawn = example.with_wrong_labels(x, y, 0.5)
    assert 0.38 < float((redrawn != y).float().mean()) < 0.52
