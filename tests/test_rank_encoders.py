"""The example with encoders: what it shuffles, and that its networks are saved as `memorank rank` reads them."""

from types import ModuleType

import pytest
import torch
from doc_scripts import loaded


@pytest.fixture(scope="module")
def example() -> ModuleType:
    return loaded("rank_encoders")


@pytest.mark.parametrize(("share", "moved"), [(0.0, 0.0), (0.25, 0.125), (0.5, 0.25), (1.0, 0.5)])
def test_a_share_of_the_labels_is_permuted_among_itself(example: ModuleType, share: float, moved: float) -> None:
    torch.manual_seed(0)
    labels = torch.arange(1000) % 2
    drawn = [example.shuffled(labels, share) for _ in range(30)]
    assert {int(found.sum()) for found in drawn} == {500}
    changed = [float((found != labels).float().mean()) for found in drawn]
    assert sum(changed) / 30 == pytest.approx(moved, abs=0.015)  # of those that are chosen half fall on their own label
    assert labels.tolist() == [row % 2 for row in range(1000)]


def test_it_trains_on_other_sentences_than_it_measures_on(example: ModuleType) -> None:
    train, train_y, test, test_y = example.sentences()
    assert (len(train), len(train_y), len(test)) == (example.TRAINED, example.TRAINED, len(test_y))
    assert not set(train) & set(test)
    assert 0.3 < float(train_y.float().mean()) < 0.7
