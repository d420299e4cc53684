"""What is drawn apart is the same each time, and every generator draws on as if nothing had been drawn."""

import random

import numpy as np
import torch

from benchmark.networks.own_draws import drawing_apart, seed_all

CPU = torch.device("cpu")


class Inputs:
    """Holds a generator of each kind, and itself, as a sampler may hold the data that it is of."""

    def __init__(self) -> None:
        self.torchs, self.pythons = torch.Generator().manual_seed(1), random.Random(1)
        self.numpys, self.old = np.random.default_rng(1), np.random.RandomState(1)
        self.sampler = self

    def drawn(self) -> list[float]:
        own = [
            float(torch.rand(1, generator=self.torchs)),
            self.pythons.random(),
            self.numpys.random(),
            self.old.rand(),
        ]
        return [*own, float(torch.rand(1)), random.random(), np.random.rand()]


def test_generators_of_every_kind_draw_on_as_if_nothing_had_been_drawn() -> None:
    inputs = Inputs()
    seed_all(3)
    with drawing_apart(CPU, inputs):
        inputs.drawn()
    seen = inputs.drawn()
    seed_all(3)
    assert seen == Inputs().drawn()


def test_what_torch_draws_apart_is_the_same_each_time() -> None:
    draws = []
    for _ in range(2):
        with drawing_apart(CPU):
            draws.append(torch.rand(3).tolist())
    assert draws[0] == draws[1]
