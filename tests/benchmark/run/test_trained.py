"""A network from its identity: its seed, what is held back, random labels, and data that have a seed of their own."""

import numpy as np
import pytest
import torch
from several_networks import ROOT, SPURIOUS, entry, of_work, planned

from benchmark.data.splits import splits_of
from benchmark.identity import TrainIdentity
from benchmark.networks.inputs import Tensors
from benchmark.plan.resolved import Cell
from benchmark.run.trained import held_apart, random_labels, seed_of, trained
from benchmark.seeding import seeded
from registry import DataError, Examples, Training

LABELS = torch.arange(64) % 2
SUITE = entry(SPURIOUS, "conditions: [0.5, 1.0]")


@pytest.fixture(scope="module")
def cells() -> list[Cell]:
    return of_work(planned(SUITE), "train")


def weights(identity: TrainIdentity, epochs: list[int] | None = None) -> dict[str, torch.Tensor]:
    """Of the network when it is trained."""

    def count(network: torch.nn.Module) -> None:
        assert network.training
        (epochs if epochs is not None else []).append(1)

    with seeded(seed_of(identity), 1):
        made = trained(identity, splits_of(identity, ROOT).train, after_epoch=count)
    return made.network.state_dict()


def same(one: dict[str, torch.Tensor], two: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(one[name], two[name]) for name in one)


def test_a_network_is_the_same_one_each_time_and_tells_of_each_epoch(cells: list[Cell]) -> None:
    epochs: list[int] = []
    first, again = weights(cells[0].train_identity, epochs), weights(cells[0].train_identity)
    assert same(first, again)
    assert len(epochs) == 2
    assert not same(first, weights(cells[1].train_identity))


def test_with_a_seed_of_the_data_two_seeds_train_on_the_same_and_are_two_networks() -> None:
    """alpha = 0.5 draws which examples have the shortcut: by the network's seed, or by that of the data."""
    one, two, *_ = (cell.train_identity for cell in of_work(planned(SUITE), "train"))
    with pytest.raises(AssertionError):
        np.testing.assert_array_equal(splits_of(one, ROOT).train.inputs, splits_of(two, ROOT).train.inputs)
    three, four, *_ = (cell.train_identity for cell in of_work(planned(SUITE, "data_seed=7"), "train"))
    for part in ("train", "evaluation", "in_distribution"):
        made, other = (vars(splits_of(identity, ROOT))[part] for identity in (three, four))
        np.testing.assert_array_equal(made.inputs, other.inputs)
        np.testing.assert_array_equal(made.labels, other.labels)
    assert not same(weights(three), weights(four))
    # the data are those that a network of that seed has by itself
    seventh = of_work(planned(SUITE, "seeds=[7]"), "train")[0].train_identity
    np.testing.assert_array_equal(splits_of(three, ROOT).train.inputs, splits_of(seventh, ROOT).train.inputs)


def test_a_seed_of_the_data_is_part_of_a_key_and_leaves_other_plans_theirs() -> None:
    keys = [cell.key for cell in planned(SUITE)]
    assert [cell.key for cell in planned(SUITE, "data_seed=null")] == keys
    others = [planned(SUITE, f"data_seed={seed}") for seed in (0, 1)]
    assert len({key for made in (*others,) for key in (cell.key for cell in made)} | set(keys)) == 3 * len(keys)
    assert all("data_seed" not in cell.identity for cell in planned(SUITE))
    assert {cell.identity["data_seed"] for cell in of_work(others[1], "train")} == {1}


def test_a_seed_is_that_of_the_network_and_of_no_version_of_its_record(cells: list[Cell]) -> None:
    identity = cells[0].train_identity
    assert seed_of({**identity, "training_version": 99}) == seed_of(identity)
    assert seed_of(dict(reversed(identity.items()))) == seed_of(identity)
    others = [seed_of({**identity, "seed": number}) for number in range(20)]
    assert len({*others, seed_of({**identity, "condition": 0.25})}) == 21
    assert all(0 <= seed < 2**56 for seed in others)


def test_labels_at_random_are_of_all_classes_and_depend_on_the_seed() -> None:
    examples = Examples(np.zeros((3000, 1), np.float32), np.zeros(3000, np.int64))
    drawn = random_labels(examples, 3, 5).labels
    # Each class is drawn with chance 1/3: 1000 of 3000, with a standard deviation of sqrt(3000 * 2/9) = 26.
    assert np.abs(np.bincount(drawn) - 1000).max() < 5 * 26
    assert np.array_equal(drawn, random_labels(examples, 3, 5).labels)
    assert not np.array_equal(drawn, random_labels(examples, 3, 6).labels)


def test_a_tenth_is_held_apart_only_for_a_rule_that_needs_it() -> None:
    inputs = Tensors(torch.arange(64.0)[:, None])
    (kept, labels), none = held_apart(inputs, LABELS, Training())
    assert (len(kept), len(labels), none) == (64, 64, None)
    torch.manual_seed(0)
    (kept, labels), back = held_apart(inputs, LABELS, Training(patience=1))
    assert back is not None
    assert (len(kept), len(back[0])) == (58, 6)
    both = torch.cat([kept.tensor, back[0].tensor]).flatten().long()
    assert sorted(both.tolist()) == list(range(64))
    assert torch.equal(torch.cat([labels, back[1]]), LABELS[both])


@pytest.mark.parametrize(("examples", "enough"), [(2, False), (3, True)])
def test_two_examples_are_left_where_one_is_held_back(examples: int, enough: bool) -> None:
    given = Tensors(torch.randn(examples, 2)), torch.zeros(examples, dtype=torch.long), Training(patience=1)
    if not enough:
        with pytest.raises(DataError, match="holds one of 2 training examples back: 3 or more are needed"):
            held_apart(*given)
        return
    (kept, _), back = held_apart(*given)
    assert back is not None
    assert (len(kept), len(back[0])) == (2, 1)
