"""A trained network at hand, and what the readings of a score cell take from it.

In: a score cell whose measures need readings, and its network's weights; or, where they are gone and it is allowed, its
training once more. Out: what each reading has taken, or why it takes nothing from such inputs.
"""

from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmark.data import splits as data
from benchmark.data.judging import judged_examples
from benchmark.identity import TrainIdentity
from benchmark.networks import activations, training
from benchmark.networks.building import family_in
from benchmark.networks.inputs import as_inputs
from benchmark.networks.readings import READINGS
from benchmark.networks.weights import facts_in
from benchmark.plain.keeping import kept
from benchmark.plan.resolved import Cell
from benchmark.process.costs import costing
from benchmark.reading import AtHand, Read, take
from benchmark.record import of_network
from benchmark.run.stored_networks import stored_network, weights_of
from benchmark.run.trained import random_labels, seed_of, trained
from benchmark.run_folder import outputs, store
from benchmark.run_folder.store import WEIGHTS
from benchmark.seeding import seeded
from benchmark.types import Taken
from registry import SUITES, Examples, Splits, data_folder_is
from registry.opened import OWN

MOST_TRAINING = 1000  # examples of the training set that readings see
SAME = 1e-3  # of the largest logit, up to which a network that was trained again is the one that it was


@dataclass(frozen=True, eq=False)
class _Network:
    """A trained network in evaluation mode; `shape` is that of the examples that it reads, (tokens,) for texts."""

    network: nn.Module
    shape: tuple[int, ...]
    numbers: str


def readings_of(
    cell: Cell,
    own: TrainIdentity,
    run: Path,
    root: Path,
    threads: int,
    rows: NDArray[np.int64],
    retrain: bool,
    names: Collection[str] | None = None,
) -> dict[str, Taken | str]:
    """What the readings of a score cell take from its network.

    Args:
        cell: A score cell.
        own: The identity of its network.
        run: The run folder.
        root: The data folder.
        threads: How many threads torch may use.
        rows: (S,) of the examples that are measured.
        retrain: Whether a network whose weights are gone may be trained again.
        names: Of the readings, None for all that stand in the cell's identity.

    Returns:
        By the name of the reading; a text where such inputs have no such reading, which says why.

    Raises:
        ValueError: A reading fails, or does not give what its `axis` says; or the network that was trained again is
            another one.
        UserError: Its weights are gone, or are not what they were.
    """
    wanted = cell.score_identity.get("readings", {}) if names is None else names
    splits = _splits(own, root)
    read_on = splits if cell.read_on is None else data.splits_of({**own, "condition": cell.read_on}, root)
    examples = read_on.evaluation if cell.inputs == "evaluation" else read_on.in_distribution
    seed = seed_of(own)
    with seeded(seed, threads):
        found = _network(run, cell.train, root, threads, retrain)
    at_hand = _at_hand(found, own, root, splits, examples.inputs[rows], threads)
    return {name: _taken(name, at_hand, seed, threads) for name in wanted}


def _taken(name: str, at_hand: AtHand, seed: int, threads: int) -> Taken | str:
    """Each reading draws from the seed anew: what it takes depends on no other reading that a plan asks for."""
    reading = READINGS[name]
    own = str(getattr(reading.compute, "__module__", "")).partition(".")[0] in OWN
    given = at_hand if own else _copied(at_hand)
    with costing(f"reading {name}"), seeded(seed, threads):
        return take(reading, given)


def _copied(at_hand: AtHand) -> AtHand:
    """All that code from outside could change, as copies: whatever it does to them changes no other number."""
    network = deepcopy(at_hand.network)
    parts = {name: deepcopy(getattr(at_hand, name)) for name in ("inputs", "training", "held_out")}
    return replace(at_hand, network=network, **parts)


def _splits(own: TrainIdentity, root: Path) -> Splits:
    """The splits of a network as it was trained on them: an anchor's labels are at random."""
    splits = data.splits_of(own, root)
    if not own.get("anchor"):
        return splits
    return replace(splits, train=random_labels(splits.train, SUITES[own["suite"]].num_classes, seed_of(own)))


@kept(most=1)
def _network(run: Path, key: str, root: Path, threads: int, retrain: bool) -> _Network:
    """The trained network of a cell, kept for the score cells that follow."""
    record = of_network(store.read_record(run, key))
    if record is not None and WEIGHTS not in record["files"] and retrain:
        return _trained_again(run, key, record["identity"], root, threads)  # type: ignore[arg-type]
    network, identity = stored_network(run, key, root)
    facts = facts_in(weights_of(run, key)[0])
    shape = SUITES[identity["suite"]].input_shape if facts["tokens"] is None else (facts["tokens"],)
    numbers = "float32" if record is None else record.get("precision", "float32")
    return _Network(network.to(training.device()), shape, numbers)


def _trained_again(run: Path, key: str, identity: TrainIdentity, root: Path, threads: int) -> _Network:
    """The network of a cell whose weights are gone.

    Raises:
        ValueError: Its logits are not those of the network that was scored before.
    """
    with seeded(seed_of(identity), threads), data_folder_is(root):
        splits = _splits(identity, root)
        made = trained(identity, splits.train)
        found = _Network(made.network.eval(), made.shape, made.numbers)
        logits = _reader(found.shape, found.numbers, identity)(found.network, splits.evaluation.inputs)[1]
    before = outputs.read(run, key)["evaluation"].logits
    off = float(np.abs(logits - before).max())
    if not off <= SAME * max(1.0, float(np.abs(before).max())):
        raise ValueError(
            f"trained again it is another network, off by {off:.3g} in a logit: the machine or the versions are others"
        )
    return found


def _reader(shape: tuple[int, ...], numbers: str, own: TrainIdentity) -> Callable[[nn.Module, NDArray[Any]], Read]:
    """What reads inputs (B, ...) by a network: activations by tap and logits."""
    family = family_in(own)

    def read_by(network: nn.Module, inputs: NDArray[Any]) -> Read:
        made = as_inputs(family, _unlabelled(inputs), shape, training.device())
        return activations.read(network, family.taps, made, numbers)

    return read_by


def _at_hand(
    found: _Network, own: TrainIdentity, root: Path, splits: Splits, inputs: NDArray[Any], threads: int
) -> AtHand:
    suite, family = SUITES[own["suite"]], family_in(own)
    free = np.flatnonzero(judged_examples(splits)[1])

    def arguments(given: NDArray[Any]) -> tuple[torch.Tensor, ...]:
        made = as_inputs(family, _unlabelled(given), found.shape, training.device())
        return made.arguments(torch.arange(len(made), device=made.device))

    def train_again(after_epoch: Callable[[nn.Module], None]) -> None:
        with seeded(seed_of(own), threads), data_folder_is(root):
            trained(own, splits.train, None, after_epoch)

    def train_on(examples: Examples) -> nn.Module:
        with seeded(seed_of(own), threads), data_folder_is(root):
            return trained(own, examples).network.eval()

    return AtHand(
        network=found.network,
        inputs=inputs,
        read_by=_reader(found.shape, found.numbers, own),
        arguments=arguments,
        training=_some(splits.train),
        held_out=splits.in_distribution.at(free),
        transforms=suite.own_transforms,
        num_classes=suite.num_classes,
        train_again=train_again,
        train_on=train_on,
    )


def _some(examples: Examples) -> Examples:
    """At most a thousand seeded training examples, in their order."""
    if len(examples) <= MOST_TRAINING:
        return examples
    return examples.at(np.sort(np.random.default_rng(0).permutation(len(examples))[:MOST_TRAINING]))


def _unlabelled(inputs: NDArray[Any]) -> Examples:
    return Examples(inputs, np.zeros(len(inputs), dtype=np.int64))
