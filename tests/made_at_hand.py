"""Small trained networks at hand, made by hand: of 4 x 4 images with two channels, and of texts by their lengths."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmark.networks.activations import evaluation_mode
from benchmark.reading import AtHand, Read
from registry import Examples
from registry.transforms import Transforms, usual_transforms

SHAPE, CLASSES = (2, 4, 4), 3
GENERATOR = np.random.default_rng(5)
INPUTS = GENERATOR.normal(size=(20, *SHAPE)).astype(np.float32)
TRAINING = Examples(GENERATOR.normal(size=(15, *SHAPE)).astype(np.float32), np.arange(15) % CLASSES)
HELD_OUT = Examples(GENERATOR.normal(size=(11, *SHAPE)).astype(np.float32), np.arange(11) % CLASSES)


def network(seed: int = 0, dropout: float = 0.0) -> nn.Sequential:
    """A perceptron in evaluation mode, whose first tap is its first linear map."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        layers = nn.Flatten(), nn.Linear(32, 8), nn.ReLU(), nn.Dropout(dropout), nn.Linear(8, CLASSES)
        return nn.Sequential(*layers).eval()


def tensors(inputs: NDArray[Any]) -> tuple[torch.Tensor, ...]:
    return (torch.from_numpy(np.ascontiguousarray(inputs)),)


def read_by(model: nn.Module, inputs: NDArray[Any]) -> Read:
    """By hand: the first linear map, and the logits."""
    assert isinstance(model, nn.Sequential)
    with evaluation_mode(model), torch.no_grad():
        first = model[:2](*tensors(inputs))
        return {"1": first.numpy()}, model(*tensors(inputs)).numpy()


def at_hand(model: nn.Module | None = None, **changes: Any) -> AtHand:
    made = AtHand(
        network=model or network(),
        inputs=INPUTS,
        read_by=read_by,
        arguments=tensors,
        training=TRAINING,
        held_out=HELD_OUT,
        transforms=usual_transforms("image"),
        num_classes=CLASSES,
        train_again=trainer(),
        train_on=train_on,
    )
    return replace(made, **changes)


def trainer(epochs: int = 4, trained: list[nn.Module] | None = None) -> Callable[[Callable[[nn.Module], None]], None]:
    """What trains a network with dropout for some epochs by batches in random order, and appends it to `trained`."""

    def train_again(after_epoch: Callable[[nn.Module], None]) -> None:
        with torch.random.fork_rng():
            model = network(1, dropout=0.5).train()
            torch.manual_seed(2)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
            inputs, labels = tensors(TRAINING.inputs)[0], torch.from_numpy(TRAINING.labels)
            for _ in range(epochs):
                for batch in torch.randperm(len(labels)).split(4):
                    optimizer.zero_grad()
                    nn.functional.cross_entropy(model(inputs[batch]), labels[batch]).backward()
                    optimizer.step()
                after_epoch(model)
            if trained is not None:
                trained.append(model)

    return train_again


def train_on(examples: Examples) -> nn.Module:
    """A network that was trained for twenty steps of gradient descent on all examples at once."""
    model = network(1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(20):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(*tensors(examples.inputs)), torch.from_numpy(examples.labels)).backward()
        optimizer.step()
    return model


TEXTS = np.array(["the cat sat on the mat", "no", "a dog and a cow", "of it"] * 4, dtype=np.dtypes.StringDType())


def texts_at_hand(**changes: Any) -> AtHand:
    """A linear map of how many letters and words a text has."""

    def counts(texts: NDArray[Any]) -> tuple[torch.Tensor, ...]:
        return (torch.tensor([[len(text), len(text.split())] for text in map(str, texts)], dtype=torch.float32),)

    def read_texts(model: nn.Module, texts: NDArray[Any]) -> Read:
        with torch.no_grad():
            return {"": counts(texts)[0].numpy()}, model(*counts(texts)).numpy()

    with torch.random.fork_rng():
        torch.manual_seed(3)
        model = nn.Linear(2, 2).eval()
    examples = Examples(TEXTS[:8], np.arange(8) % 2)
    made = AtHand(
        model,
        TEXTS,
        read_texts,
        counts,
        examples,
        examples,
        usual_transforms("text"),
        num_classes=2,
        train_again=lambda after_epoch: None,
        train_on=lambda given: model,
    )
    return replace(made, **changes)


NO_TRANSFORMS = Transforms()
