"""Tiny trainings by Lightning under either of its names, which are made twice: watched and not."""

import importlib
from pathlib import Path
from typing import Any

import torch
from torch import nn
from trained_twice import rows_of

from registry._torchvision import import_torchvision

NAMES = {"lightning": "lightning.pytorch", "pytorch_lightning": "pytorch_lightning"}


def library(name: str) -> Any:
    """The Lightning of a module of `memorank.integrations`."""
    import_torchvision()
    return importlib.import_module(NAMES[name])


def callback(name: str, *given: Any, **options: Any) -> Any:
    return importlib.import_module(f"memorank.integrations.{name}").MonitorCallback(*given, **options)


def module_of(name: str) -> Any:
    """A LightningModule with dropout and batch normalization, which keeps its losses."""

    class Module(library(name).LightningModule):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(0)
            self.net = nn.Sequential(
                nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 8), nn.Linear(8, 2)
            )
            self.losses: list[float] = []

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.net(x)

        def training_step(self, batch: Any, place: int) -> torch.Tensor:
            loss = nn.functional.cross_entropy(self(batch[0]), batch[1])
            self.losses.append(float(loss.detach()))
            return loss

        def validation_step(self, batch: Any, place: int) -> None:
            self.log("held_out", nn.functional.cross_entropy(self(batch[0]), batch[1]))

        def configure_optimizers(self) -> Any:
            return torch.optim.AdamW(self.parameters(), lr=0.01)

    return Module()


def fitted(name: str, folder: Path, *callbacks: Any, resume: Path | None = None, **options: Any) -> tuple[Any, Any]:
    """The trainer and the module after two epochs of 12 batches, with a validation in the middle of each."""
    plain = {
        "max_epochs": 2,
        "accelerator": "cpu",
        "devices": 1,
        "default_root_dir": str(folder),
        "enable_progress_bar": False,
        "enable_model_summary": False,
        "enable_checkpointing": False,
        "logger": False,
        "val_check_interval": 6,
        "num_sanity_val_steps": 1,
    }
    module = module_of(name)
    trainer = library(name).Trainer(callbacks=list(callbacks), **{**plain, **options})
    trainer.fit(module, rows_of(), torch.utils.data.DataLoader(rows_of(4).dataset, batch_size=8), ckpt_path=resume)
    return trainer, module
