"""From one train cell to one trained network.

In: a module, labelled examples, the training setting, a seed. Out: the same module trained, and its history. A change
here that moves numbers raises `cells.TRAINING_VERSION`.
"""

import logging
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import torch
from torch import nn

from benchmark.networks.activations import evaluation_mode
from benchmark.networks.augmentation import augmented
from benchmark.networks.checkpoints import Checkpoint
from benchmark.networks.frozen_layers import Beginning, beginning_above
from benchmark.networks.inputs import Inputs, batches_of
from benchmark.networks.optimizers import OPTIMIZERS
from benchmark.networks.precision import computing_in, precision
from benchmark.types import History, Stopped
from registry import Training

LOG = logging.getLogger(__name__)


def device() -> torch.device:
    """The accelerator if there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def train(
    network: nn.Module,
    inputs: Inputs,
    labels: torch.Tensor,
    training: Training,
    checkpoint: Checkpoint | None = None,
    held_back: tuple[Inputs, torch.Tensor] | None = None,
    at: Beginning | None = None,
    after_epoch: Callable[[nn.Module], None] | None = None,
) -> History:
    """Minimize cross-entropy on S inputs and labels (S,) until the epoch's mean loss is below `stop_loss`.

    If `patience` > 0, training continues from there until the loss on what is held back has not fallen for `patience`
    epochs. Batches are drawn anew each epoch by torch's generator. A loss that is not finite ends the training
    ("diverged").

    Args:
        network: Gives logits (B, K); it is trained in place.
        inputs: S examples.
        labels: (S,) below K.
        training: How it is trained.
        checkpoint: Where the state is kept. Training continues after the last step that was kept, and ends as it would
            have without interruption.
        held_back: Inputs and labels for `patience`, None without one.
        at: Where a step on these inputs begins; it is made here if it is not given.
        after_epoch: Is called with the network after each epoch whose loss was finite. It leaves the network, its mode
            and torch's generators as they are.
    """
    optimizer = OPTIMIZERS[training.optimizer](
        network.parameters(), lr=training.learning_rate, weight_decay=training.weight_decay
    )
    kept = checkpoint.restore(network, optimizer) if checkpoint else None
    done = Done(**cast(dict[str, Any], kept)) if kept else Done()
    numbers = precision(training, inputs.device)
    at = at or beginning_above(network, inputs, training.freeze_layers, numbers)
    at_held_back = beginning_above(network, held_back[0], training.freeze_layers, numbers) if held_back else at
    network.train()
    while True:
        if not done.left:
            done.left, done.total = list(inputs.epoch(training.batch_size)), 0.0
        total = torch.tensor(done.total, dtype=torch.float64, device=inputs.device)
        while done.left:
            batch = done.left.pop(0)
            _set_rate(optimizer, training, done.steps, len(inputs))
            with computing_in(numbers, inputs.device), at(batch):
                seen = (augmented(part, training.augmentation) for part in inputs.arguments(batch))
                loss = nn.functional.cross_entropy(network(*seen), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(batch)
            done.steps += 1
            if checkpoint and done.left and checkpoint.due():
                done.total = float(total)
                checkpoint.save(network, optimizer, vars(done))
        stopped = _end_of_epoch(
            network, float(total) / len(inputs), training, done, held_back and (*held_back, at_held_back)
        )
        if after_epoch and stopped != "diverged":
            after_epoch(network)
        if stopped:
            return History(done.steps, tuple(done.losses), tuple(done.weight_norms), stopped)
        if checkpoint and checkpoint.due():
            checkpoint.save(network, optimizer, vars(done))


@dataclass
class Done:
    """How far a training is: plain data and tensors, kept in checkpoints.

    `left` are the batches of the epoch that are still to come, `total` the sum of its losses so far; `best` is the
    lowest loss on what is held back since training reached its threshold, `waited` for how many epochs it has stood.
    """

    losses: list[float] = field(default_factory=list)
    weight_norms: list[float] = field(default_factory=list)
    steps: int = 0
    left: list[torch.Tensor] = field(default_factory=list)
    total: float = 0.0
    best: float | None = None
    waited: int = 0


def _end_of_epoch(
    network: nn.Module,
    mean_loss: float,
    training: Training,
    done: Done,
    held_back: tuple[Inputs, torch.Tensor, Beginning] | None,
) -> Stopped | None:
    """Count the epoch; why training stops after it, None where it goes on."""
    weight_norm = _weight_norm(network)
    if not (math.isfinite(mean_loss) and math.isfinite(weight_norm)):
        return "diverged"
    LOG.info("epoch %d: loss %.6g, weight norm %.6g", len(done.losses) + 1, mean_loss, weight_norm)
    done.losses.append(mean_loss)
    done.weight_norms.append(weight_norm)
    if held_back is None:
        if mean_loss < training.stop_loss:
            return "loss"
    elif done.best is not None or mean_loss < training.stop_loss:
        loss = _mean_loss(network, *held_back, training)
        LOG.info("held back: loss %.6g", loss)
        done.best, done.waited = (loss, 0) if done.best is None or loss < done.best else (done.best, done.waited + 1)
        if done.waited >= training.patience:
            return "patience"
    return "max-epochs" if len(done.losses) == training.max_epochs else None


def _set_rate(optimizer: torch.optim.Optimizer, training: Training, steps: int, examples: int) -> None:
    """The learning rate of the next step: on its linear way up, then level or along a cosine."""
    rate, rise = training.learning_rate, training.warmup_steps
    if rise:
        rate = rate * min(steps + 1, rise) / rise
    if training.schedule == "cosine" and steps >= rise:
        last = training.max_epochs * batches_of(examples, training.batch_size)
        rate *= (1 + math.cos(math.pi * (steps - rise) / max(1, last - rise))) / 2
    for group in optimizer.param_groups:
        group["lr"] = rate


def accuracy(network: nn.Module, inputs: Inputs, labels: torch.Tensor, training: Training, at: Beginning) -> float:
    """The share of S inputs whose label (S,) has the largest logit, in evaluation mode; `at` as `train` takes it."""
    right = (int((logits.argmax(1) == labels[batch]).sum()) for batch, logits in _read(network, inputs, training, at))
    return sum(right) / len(inputs)


def _mean_loss(network: nn.Module, inputs: Inputs, labels: torch.Tensor, at: Beginning, training: Training) -> float:
    losses = (
        float(nn.functional.cross_entropy(logits, labels[batch], reduction="sum"))
        for batch, logits in _read(network, inputs, training, at)
    )
    return sum(losses) / len(inputs)


def _read(
    network: nn.Module, inputs: Inputs, training: Training, at: Beginning
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Rows (B,) and their logits (B, K), batch by batch in evaluation mode."""
    numbers = precision(training, inputs.device)
    with evaluation_mode(network), torch.no_grad(), computing_in(numbers, inputs.device):
        for batch in inputs.reading():
            with at(batch):
                logits = network(*inputs.arguments(batch))
            yield batch, logits


def _weight_norm(network: nn.Module) -> float:
    with torch.no_grad():
        copies = (parameter.to(torch.float64, copy=True) for parameter in network.parameters())  # squared in place
        return math.sqrt(sum(float(copy.square_().sum()) for copy in copies))
