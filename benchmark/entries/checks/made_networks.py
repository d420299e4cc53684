"""Networks that nobody trained, at hand for readings, and outputs of networks beside which a measure is checked.

In: what is read, numbers or texts. Out: an `AtHand` whose every part is there.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmark.networks import activations, training
from benchmark.networks.building import build_from
from benchmark.networks.inputs import Inputs, as_inputs
from benchmark.reading import AtHand
from benchmark.seeding import seeded
from registry import FAMILIES, Examples, Training
from registry.families.toy_encoder import FILLERS, OPINIONS
from registry.transforms import usual_transforms

Made = Literal["image", "vector", "text"]
FAMILY = {"image": "toy-mlp", "vector": "toy-mlp", "text": "toy-encoder"}
SHAPE: dict[Made, tuple[int, ...]] = {"image": (2, 4, 4), "vector": (6,), "text": (12,)}
LABELLED = 30  # of each of the labelled sets
SETTING = Training(max_epochs=2, batch_size=8)


def at_hand(made: Made, examples: int, classes: int) -> AtHand:
    """An untrained network of a toy family with so many examples that measures read, the same each time."""
    family, shape, device = FAMILIES[FAMILY[made]], SHAPE[made], training.device()
    generator = np.random.default_rng(classes)
    network = build_from(family, shape, classes, classes).to(device).eval()

    def inputs_of(given: NDArray[Any]) -> Inputs:
        return as_inputs(family, Examples(given, np.zeros(len(given), dtype=np.int64)), shape, device)

    def arguments(given: NDArray[Any]) -> tuple[torch.Tensor, ...]:
        return inputs_of(given).arguments(torch.arange(len(given), device=device))

    def labelled() -> Examples:
        return Examples(_inputs(made, LABELLED, generator), np.arange(LABELLED) % classes)

    own, held_out = labelled(), labelled()

    def train(examples: Examples, after_epoch: Callable[[nn.Module], None] | None = None) -> nn.Module:
        trained, labels = deepcopy(network), torch.from_numpy(examples.labels).to(device)
        with seeded(classes, torch.get_num_threads()):
            training.train(trained, inputs_of(examples.inputs), labels, SETTING, after_epoch=after_epoch)
        return trained.eval()

    def train_again(after_epoch: Callable[[nn.Module], None]) -> None:
        train(own, after_epoch)

    return AtHand(
        network=network,
        inputs=_inputs(made, examples, generator),
        read_by=lambda one, given: activations.read(one, family.taps, inputs_of(given)),
        arguments=arguments,
        training=own,
        held_out=held_out,
        transforms=usual_transforms(made),
        num_classes=classes,
        train_again=train_again,
        train_on=train,
    )


def _inputs(made: Made, examples: int, generator: np.random.Generator) -> NDArray[Any]:
    if made != "text":
        return generator.normal(size=(examples, *SHAPE[made])).astype(np.float32)
    words = generator.choice([*OPINIONS.split(), *FILLERS.split()], (examples, 5))
    return np.array([" ".join(row) for row in words.tolist()], dtype=np.dtypes.StringDType())
