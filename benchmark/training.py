"""From one train cell to one trained network.

In: a module, labelled examples, the training setting, a seed. Out: the same module trained, and its history. A change
here that moves numbers raises `cells.TRAINING_VERSION`.
"""

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import nn

from benchmark.checkpoints import Checkpoint
from benchmark.types import History
from registry import Examples, ModelFamily, Training

LOG = logging.getLogger(__name__)
OPTIMIZERS: dict[str, type[torch.optim.Adam]] = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}


def device() -> torch.device:
    """The accelerator where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@contextmanager
def seeded(seed: int, threads: int) -> Iterator[None]:
    """torch drawing from this seed with so many threads for a while, then as before."""
    threads_before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            yield
    finally:
        torch.set_num_threads(threads_before)


def as_tensor(family: ModelFamily, examples: Examples) -> torch.Tensor:
    """Inputs (S, ...) as the family reads them, on the device: a vector family gets them flat."""
    inputs = torch.from_numpy(np.ascontiguousarray(examples.inputs))
    return (inputs.flatten(1) if family.modality == "vector" else inputs).to(device())


def train(
    network: nn.Module,
    inputs: torch.Tensor,
    labels: torch.Tensor,
    training: Training,
    checkpoint: Checkpoint | None = None,
) -> History:
    """Minimize cross-entropy on inputs (S, ...) and labels (S,) until the epoch's mean loss is below `stop_loss`.

    Batches are drawn anew each epoch by torch's generator. A loss that is not finite ends the training: "diverged".
    With a checkpoint it goes on after the last epoch that was kept, and ends as it would have without interruption.
    """
    optimizer = OPTIMIZERS[training.optimizer](
        network.parameters(), lr=training.learning_rate, weight_decay=training.weight_decay, fused=True
    )
    kept = checkpoint.restore(network, optimizer) if checkpoint else None
    counted = kept or {"losses": [], "weight_norms": [], "steps": 0}
    losses, weight_norms, steps = counted["losses"], counted["weight_norms"], counted["steps"]
    network.train()
    while True:
        total = torch.zeros((), dtype=torch.float64, device=inputs.device)
        for batch in torch.randperm(len(inputs)).to(inputs.device).split(training.batch_size):
            loss = nn.functional.cross_entropy(network(inputs[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(batch)
            steps += 1
        mean_loss, weight_norm = float(total) / len(inputs), _weight_norm(network)
        if not (math.isfinite(mean_loss) and math.isfinite(weight_norm)):
            return History(steps, tuple(losses), tuple(weight_norms), "diverged")
        LOG.info("epoch %d: loss %.6g, weight norm %.6g", len(losses) + 1, mean_loss, weight_norm)
        losses.append(mean_loss)
        weight_norms.append(weight_norm)
        if losses[-1] < training.stop_loss:
            return History(steps, tuple(losses), tuple(weight_norms), "loss")
        if len(losses) == training.max_epochs:
            return History(steps, tuple(losses), tuple(weight_norms), "max-epochs")
        if checkpoint:
            checkpoint.save_if_due(network, optimizer, {"losses": losses, "weight_norms": weight_norms, "steps": steps})


def _weight_norm(network: nn.Module) -> float:
    with torch.no_grad():
        return math.sqrt(sum(float(parameter.double().square().sum()) for parameter in network.parameters()))
