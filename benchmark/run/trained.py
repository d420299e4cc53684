"""From the identity of a train cell to its trained network.

In: an identity and its splits. Out: the network with all that belongs to its training; the same bit for bit whenever it
is trained on the same kind of machine.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import torch
from torch import nn

from benchmark.data.splits import FEWEST
from benchmark.identity import TrainIdentity
from benchmark.networks import training
from benchmark.networks.building import build, family_in
from benchmark.networks.checkpoints import Checkpoint
from benchmark.networks.frozen_layers import Beginning, beginning_above
from benchmark.networks.inputs import Inputs, Tokens, as_inputs, built_for
from benchmark.networks.precision import precision
from benchmark.networks.room import room, unread_token
from benchmark.plain.canonical import canonical
from benchmark.types import History
from registry import SUITES, DataError, Examples, ModelFamily, Training
from registry.isolation import end_a_copy

LOG = logging.getLogger(__name__)
TENTH = 10
SEEDED_AS = 1  # the training version whose seeds all later ones keep
Labelled: TypeAlias = tuple[Inputs, torch.Tensor]


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained network.

    `shape` is that of the examples that it reads, (tokens,) for texts, and `built_for` the one that its family has
    built it for. `numbers` is what it was trained in. `examples` are those that it was trained on, and `at` is where a
    step on them begins.
    """

    network: nn.Module
    shape: tuple[int, ...]
    built_for: tuple[int, ...]
    numbers: str
    examples: Labelled
    at: Beginning
    history: History


def trained(
    identity: TrainIdentity,
    examples: Examples,
    checkpoint: Checkpoint | None = None,
    after_epoch: Callable[[nn.Module], None] | None = None,
) -> Trained:
    """Build and train a network, with torch's generators as `benchmark.seeding.seeded` has set them to its seed.

    Args:
        identity: Of its cell.
        examples: Its training set; that of an anchor has `random_labels`.
        checkpoint: Where training continues from and is kept meanwhile; None to start anew.
        after_epoch: As `training.train` takes it.
    """
    setting = Training(**identity["training"])
    network, inputs, shape = built(identity, examples)
    labels = torch.from_numpy(examples.labels).to(inputs.device)
    own, held_back = held_apart(inputs, labels, setting)
    numbers = precision(setting, inputs.device)
    at = beginning_above(network, own[0], setting.freeze_layers, numbers)
    history = training.train(network, *own, setting, checkpoint, held_back, at, after_epoch)
    made_for = built_for(inputs, SUITES[identity["suite"]].input_shape)
    return Trained(network, shape, made_for, numbers, own, at, history)


def built(identity: TrainIdentity, examples: Examples) -> tuple[nn.Module, Inputs, tuple[int, ...]]:
    """The untrained network of a train cell, and the examples as it reads them, both on the device.

    Returns:
        The network, the inputs, and their shape: that of the suite, or for texts (tokens,), the most that the network
        has room for. Longer texts are cut.

    Raises:
        DataError: A text has a token that the network has no embedding for.
    """
    suite, family = SUITES[identity["suite"]], family_in(identity)
    shape, device = suite.input_shape, training.device()
    if family.tokenizer is None:
        inputs = as_inputs(family, examples, shape, device)
        network = build(family, built_for(inputs, shape), suite.num_classes)
    else:
        network = build(family, shape, suite.num_classes)
        shape = (_room(network, family, shape[0]),)
        inputs = as_inputs(family, examples, shape, torch.device("cpu"))
        if isinstance(inputs, Tokens) and (problem := unread_token(network, inputs)):
            raise DataError(problem)
        inputs = as_inputs(family, examples, shape, device)  # on a GPU an error would end the process
    end_a_copy()
    return network.to(device), inputs, shape


def _room(network: nn.Module, family: ModelFamily, most: int) -> int:
    """How many tokens a text may have. Where the network cannot read any, `most`: its own error then says why."""
    found = room(network, family.tokenizer() if family.tokenizer else None, most) or most
    if found < most:
        LOG.warning("texts are cut to %d tokens: the network has room for no more", found)
    return found


def held_apart(inputs: Inputs, labels: torch.Tensor, setting: Training) -> tuple[Labelled, Labelled | None]:
    """The training set, and a tenth of it that is held out for the stopping rule, where `patience` needs one.

    Args:
        inputs: All training inputs, S of them.
        labels: Their labels (S,), on the same device.
        setting: The training setting.

    Returns:
        Inputs and labels to train on; and those held out, drawn by torch's generator, None without `patience`.

    Raises:
        DataError: Fewer than two examples would be left to train on.
    """
    if not setting.patience:
        return (inputs, labels), None
    if len(inputs) <= FEWEST:
        raise DataError(
            f"the stopping rule holds one of {len(inputs)} training examples back: {FEWEST + 1} or more are "
            "needed with patience"
        )
    order = torch.randperm(len(inputs)).to(inputs.device)
    back, trained = order.tensor_split([max(1, len(inputs) // TENTH)])
    return (inputs[trained], labels[trained]), (inputs[back], labels[back])


def random_labels(examples: Examples, num_classes: int, seed: int) -> Examples:
    """The same inputs with every label drawn anew, all classes alike (Zhang et al. 2017)."""
    labels = np.random.default_rng(seed).integers(0, num_classes, len(examples))
    return replace(examples, labels=labels)


def seed_of(identity: TrainIdentity) -> int:
    """The seed of a network, from the hash of its identity: it depends neither on the worker nor on the order.

    The training version is left out of the hash. It is raised where the outputs that are written change; the network
    itself stays the same.
    """
    same = {**identity, "training_version": SEEDED_AS}
    return int.from_bytes(hashlib.sha256(canonical(same).encode()).digest()[:7], "big")
