"""The paper's network for the circles of Figure 1: two hidden layers of 16."""

from torch import nn

from registry import ModelFamily, Training
from registry.families._perceptron import hidden_taps, perceptron, taps_of_equal_layers


def build(
    input_shape: tuple[int, ...], num_classes: int, width: int = 16, depth: int = 2, drop_out: float = 0.0
) -> nn.Module:
    """A perceptron of two hidden layers of 16, or of others, from flat inputs (B, N) to logits (B, num_classes)."""
    return perceptron(input_shape, (width,) * depth, num_classes, drop_out)


FAMILY = ModelFamily(
    name="mlp-16-16",
    modality="vector",
    build=build,
    taps=hidden_taps(2),
    reference="Bansal, Pruthi, Belinkov 2022, Figure 1",
    training=Training(learning_rate=1e-2, max_epochs=200, stop_loss=0.01),
    options={"width": 16, "depth": 2, "drop_out": 0.0},
    taps_of=taps_of_equal_layers,
)
