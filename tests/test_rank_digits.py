"""The example with digits: what the pages say of it, on fewer epochs."""

from types import ModuleType

import pytest
import torch
from doc_scripts import loaded


@pytest.fixture(scope="module")
def example() -> ModuleType:
    return loaded("rank_digits")


@pytest.mark.long
def test_wrong_labels_are_seen_without_labels(example: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(example, "SHARES", (0.0, 0.4, 0.8))
    assert example.agreement("example-level", 0, epochs=30) == 1.0


@pytest.mark.long
def test_a_shortcut_is_seen_where_it_tells_and_backwards_where_not(
    example: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example, "SHARES", (0.0, 0.4, 0.8))
    assert example.agreement("heuristic", 0, told=True, epochs=30) == 1.0
    assert example.agreement("heuristic", 0, told=False, epochs=30) == -1.0


def test_the_colour_tells_the_label_in_the_share_that_is_asked_for(example: ModuleType) -> None:
    x, y, _, _ = example.split()
    hues = example.coloured(torch.ones(10, 64), torch.arange(10)).reshape(10, 3, 64)[:, :, 0]
    assert len(hues.unique(dim=0)) == 10

    def told(images: torch.Tensor) -> torch.Tensor:
        brightest = images.reshape(-1, 3, 64).amax(2)
        return torch.cdist(brightest, hues).argmin(1)

    for share, right in ((1.0, 1.0), (0.5, 0.55), (0.0, 0.1)):
        torch.manual_seed(0)
        images, labels = example.with_colour(x, y, share)
        assert float((told(images) == labels).float().mean()) == pytest.approx(right, abs=0.05)


def test_labels_are_drawn_anew_in_the_share_that_is_asked_for(example: ModuleType) -> None:
    x, y, _, _ = example.split()
    torch.manual_seed(0)
    _, redrawn = example.with_wrong_labels(x, y, 0.5)
    assert 0.38 < float((redrawn != y).float().mean()) < 0.52
