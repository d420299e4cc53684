"""What the network learned when: its predictions and losses on training examples after each epoch of its training.

The network is trained once more for it. The arrays are `predictions` (E, T), the predicted classes of at most 1,000
seeded training examples after each of E epochs, `losses` (E, T), their cross-entropies with `labels` (T,) as given, and
`susceptibility` (E,). That is by how much one step of gradient descent on a batch with random labels lowers its loss:
100 of the inputs that measures read, with the same seeded labels after every epoch, and a learning rate of 0.05 for
every recipe. The step is made in evaluation mode by a copy. `disparity` (E,) is the mean distance between the gradients
of the mean loss on two batches, over all pairs of five: 100 of the training examples each, the same after every epoch
and as many for every recipe, and fewer where there are not 500. These gradients are taken in evaluation mode, of every
parameter that takes one, those of frozen layers too.
"""

from copy import deepcopy
from itertools import combinations
from statistics import fmean

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from benchmark.networks.activations import evaluation_mode
from benchmark.networks.own_draws import drawing_apart
from benchmark.reading import Arrays, AtHand, Reading

BATCH = 100
RATE = 0.05
BATCHES = 5  # whose gradients are compared
Batch = tuple[tuple[Tensor, ...], Tensor]  # the arguments of some examples, and their labels


def compute(at_hand: AtHand) -> Arrays:
    """The arrays by name. The training goes on as if nobody looked."""
    labels = at_hand.training.labels
    given, drawn, batches = torch.from_numpy(labels), _random_batch(at_hand), _training_batches(at_hand)
    predictions: list[NDArray[np.int64]] = []
    losses: list[NDArray[np.float32]] = []
    falls: list[float] = []
    disparities: list[float] = []

    def look(network: nn.Module) -> None:
        with drawing_apart(drawn[1].device):
            logits = torch.from_numpy(at_hand.read_by(network, at_hand.training.inputs)[1])
            predictions.append(logits.argmax(1).numpy())
            losses.append(cross_entropy(logits, given, reduction="none").numpy())
            falls.append(_fall(network, *drawn))
            disparities.append(_disparity(network, batches))

    at_hand.train_again(look)
    return {
        "predictions": np.stack(predictions),
        "losses": np.stack(losses),
        "labels": labels,
        "susceptibility": np.array(falls),
        "disparity": np.array(disparities),
    }


def _random_batch(at_hand: AtHand) -> Batch:
    """The arguments of some inputs, and labels drawn for them."""
    generator = np.random.default_rng([*b"susceptibility"])
    rows = np.sort(generator.permutation(len(at_hand.inputs))[:BATCH])
    arguments = at_hand.arguments(at_hand.inputs[rows])
    labels = torch.from_numpy(generator.integers(0, at_hand.num_classes, len(rows)))
    return arguments, labels.to(arguments[0].device)


def _training_batches(at_hand: AtHand) -> list[Batch]:
    """Disjoint batches of training examples with labels as given, as alike in size as can be."""
    examples = at_hand.training
    rows = np.random.default_rng([*b"disparity"]).permutation(len(examples))[: BATCHES * BATCH]
    parts = [np.sort(part) for part in np.array_split(rows, BATCHES) if len(part)]
    arguments = [at_hand.arguments(examples.inputs[part]) for part in parts]
    labels = [torch.from_numpy(examples.labels[part]) for part in parts]
    return [(one, own.to(one[0].device)) for one, own in zip(arguments, labels, strict=True)]


def _disparity(network: nn.Module, batches: list[Batch]) -> float:
    """The mean distance between the gradients on two of the batches."""
    parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
    gradients = []
    with evaluation_mode(network):
        for arguments, labels in batches:
            loss = cross_entropy(network(*arguments), labels)
            parts = torch.autograd.grad(loss, parameters, allow_unused=True, materialize_grads=True)
            gradients.append(torch.cat([part.flatten() for part in parts]))
    return fmean(float((one - other).norm()) for one, other in combinations(gradients, 2))


def _fall(network: nn.Module, arguments: tuple[Tensor, ...], labels: Tensor) -> float:
    """The loss on a batch, less what it is after one step on it."""
    changed = deepcopy(network).requires_grad_()
    changed.zero_grad()
    with evaluation_mode(changed):
        before = cross_entropy(changed(*arguments), labels)
        before.backward()
        torch.optim.SGD(changed.parameters(), lr=RATE).step()
        with torch.no_grad():
            return float(before - cross_entropy(changed(*arguments), labels))


READING = Reading(
    name="epochs",
    axis="network",
    compute=compute,
    reference=(
        "Yuan et al. 2024 (changes of predictions), Forouzesh et al. 2023 (susceptibility to random labels), "
        "Forouzesh, Thiran 2021 (gradient disparity)"
    ),
)
