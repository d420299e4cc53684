"""One of several processes of a training by DistributedDataParallel on processors, watched or not.

`python distributed_training.py FILE RANK WATCHED KIND` meets the others by a file, trains, and prints as JSON a digest
of each weight, which steps were measured here, and which were logged.
"""

import json
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from torch import nn

import memorank

STEPS, RANKS = 6, 2
X = torch.randn(120, 6, generator=torch.Generator().manual_seed(0))


def by_hand(rank: int, watched: bool) -> tuple[nn.Module, list[int], list[int]]:
    """A plain loop, in which every rank asks for a measurement."""
    torch.manual_seed(0)
    inner = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Dropout(0.2), nn.Linear(8, 8), nn.Linear(8, 2))
    net = nn.parallel.DistributedDataParallel(inner)
    monitor = memorank.Monitor(net, X, share=1) if watched else None
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
    for step in range(STEPS):
        rows = X[(20 * step + 10 * rank) % 120 :][:10]
        loss = nn.functional.cross_entropy(net(rows), (rows[:, 0] > 0).long())
        if monitor:
            monitor.measure(step)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return inner, list(map(int, monitor.history.step.unique())) if monitor else [], []


def by_trainer(rank: int, watched: bool) -> tuple[nn.Module, list[int], list[int]]:
    """`transformers.Trainer`, which finds the processes that are there."""
    from trained_twice import Texts, trainer_of

    from memorank.integrations.transformers import MonitorCallback

    trainer = trainer_of(Path(tempfile.mkdtemp()), ddp_backend="gloo", per_device_train_batch_size=4)
    watch = MonitorCallback(trainer, Texts(2), share=1)
    if watched:
        trainer.add_callback(watch)
    trainer.train()
    logged = [row["step"] for row in trainer.state.log_history if "memorank/mean_mi" in row]
    return trainer.model, list(map(int, watch.history.step.unique())) if watched else [], logged


KINDS: Any = {"by hand": by_hand, "by trainer": by_trainer}


def main(file: str, rank: str, watched: str, kind: str) -> None:
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=f"file://{file}", rank=int(rank), world_size=RANKS)
    net, measured, logged = KINDS[kind](int(rank), watched == "watched")
    weights = {name: sha256(value.numpy().tobytes()).hexdigest() for name, value in net.state_dict().items()}
    print(json.dumps({"weights": weights, "measured": measured, "logged": logged}))
    torch.distributed.barrier()
    torch.distributed.destroy_process_group()


if __name__ == "__main__":
    main(*sys.argv[1:])
