"""Families that each break one promise, and what they are made of."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import nn

from registry import (
    FAMILIES,
    ModelFamily,
    Tap,
)
from registry._transformers import import_transformers
from registry.families.toy_encoder import WORDS
from registry.tokens import at_tokens


def family(build: Callable[[tuple[int, ...], int], nn.Module], *taps: str, reference: str = "a test") -> ModelFamily:
    return ModelFamily(
        name="broken",
        modality="vector",
        build=build,
        taps=tuple(Tap(t) for t in taps or ("0",)),
        reference=reference,
        training=FAMILIES["toy-mlp"].training,
    )


class Network(nn.Module):
    """A hidden layer and an output layer; `forward` and what is built are for the broken ones to change."""

    def __init__(self, shape: tuple[int, ...], classes: int) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(shape[0], 8), nn.Linear(8, classes)
        self.unused = nn.Identity()

    def forward(self, x: torch.Tensor) -> Any:
        return self.out(torch.relu(self.hidden(x)))


class Twice(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return self.out(torch.relu(self.hidden(x) + self.hidden(x)))


class Tuple(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x), x


class Detached(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return self.out(torch.relu(self.hidden(x)).detach())


class Random(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x) + 0.1 * torch.randn(len(x), 1)


class Flat(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x) * 0


class Normed(Network):
    """Its logits stay finite however large its weights are, for a normalization behind them."""

    def forward(self, x: torch.Tensor) -> Any:
        return nn.functional.normalize(self.hidden(x))[:, : self.out.out_features] + 0 * self.out.bias


class Wide(Network):
    """One whose forward pass changes the whole process."""

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        torch.set_default_dtype(torch.float64)
        return super().forward(inputs)


class Hollow(Network):
    """One with a tap that gives no number."""

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        self.none(inputs)
        return super().forward(inputs)

    def __init__(self, shape: tuple[int, ...], classes: int) -> None:
        super().__init__(shape, classes)
        self.none = nn.AdaptiveAvgPool1d(0)


class Roomy(Network):
    """One with room for forty examples, where a run reads all that are held out."""

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        return super().forward(inputs) + torch.zeros(40, 1)[: len(inputs)]


class Squeezing(Network):
    def forward(self, x: torch.Tensor) -> Any:
        return super().forward(x).squeeze(0)


SHARED = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))


def drawing(generator: Callable[[], np.random.Generator]) -> Callable[[tuple[int, ...], int], nn.Module]:
    """Initial weights from a generator of numpy's that nobody has seeded, or that is always the same."""

    def build(shape: tuple[int, ...], classes: int) -> nn.Module:
        network, generated = Network(shape, classes), generator()
        for parameter in network.parameters():
            parameter.data = torch.from_numpy(generated.normal(size=parameter.shape, scale=0.3).astype(np.float32))
        return network

    return build


def mixing(shape: tuple[int, ...], classes: int) -> nn.Module:
    norm = nn.BatchNorm1d(8, track_running_stats=False)
    return nn.Sequential(nn.Linear(shape[0], 8), norm, nn.ReLU(), nn.Linear(8, classes))


def in_place(shape: tuple[int, ...], classes: int) -> nn.Module:
    return nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(inplace=True), nn.Linear(8, classes))


def frozen(shape: tuple[int, ...], classes: int) -> nn.Module:
    return Network(shape, classes).requires_grad_(False)


def zeroed(module: nn.Module) -> None:
    for parameter in module.parameters():
        nn.init.zeros_(parameter)


def raising(shape: tuple[int, ...], classes: int) -> nn.Module:
    raise RuntimeError("no such layer")


class Decoder(nn.Module):
    """GPT-2 under a head on the last token of each row, padding or not, where `padded`."""

    def __init__(self, shape: tuple[int, ...], classes: int, padded: bool) -> None:
        super().__init__()
        transformers, size = import_transformers(), {"n_embd": 16, "n_layer": 1, "n_head": 2, "n_positions": shape[0]}
        self.model = transformers.GPT2Model(transformers.GPT2Config(vocab_size=len(WORDS), **size))
        self.norm, self.head, self.padded = nn.LayerNorm(16), nn.Linear(16, classes), padded

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        states = self.norm(self.model(input_ids=input_ids, attention_mask=attention_mask)[0])
        return self.head(states[:, -1] if self.padded else at_tokens(states, attention_mask, "last-token"))


def decoder(tap: Tap, padded: bool = False) -> ModelFamily:
    build = partial(Decoder, padded=padded)
    return replace(FAMILIES["toy-encoder"], name="broken", build=build, taps=(tap,))
