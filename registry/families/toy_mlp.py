"""A perceptron small enough for every test."""

from torch import nn

from registry import ModelFamily, Training
from registry.families._perceptron import hidden_taps, perceptron


def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
    """A perceptron of two hidden layers of 8, from flat inputs (B, N) to logits (B, num_classes)."""
    return perceptron(input_shape, (8, 8), num_classes)


FAMILY = ModelFamily(
    name="toy-mlp",
    modality="vector",
    build=build,
    taps=hidden_taps(2),
    reference="none: made for tests and first steps",
    training=Training(learning_rate=1e-2, batch_size=32, max_epochs=20, stop_loss=0.05),
)
