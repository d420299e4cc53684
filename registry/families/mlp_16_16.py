"""The paper's network for the circles of Figure 1: two hidden layers of 16."""

from torch import nn

from registry import ModelFamily, Training
from registry.families._perceptron import hidden_taps, perceptron


def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
    """A perceptron of two hidden layers of 16, from flat inputs (B, N) to logits (B, num_classes)."""
    return perceptron(input_shape, (16, 16), num_classes)


FAMILY = ModelFamily(
    name="mlp-16-16",
    modality="vector",
    build=build,
    taps=hidden_taps(2),
    reference="Bansal, Pruthi, Belinkov 2022, Figure 1",
    training=Training(learning_rate=1e-2, max_epochs=200, stop_loss=0.01),
)
