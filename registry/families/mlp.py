"""The paper's network for the MNIST suites: three hidden layers of 256."""

from torch import nn

from registry import ModelFamily
from registry.families._perceptron import hidden_taps, perceptron, taps_of_equal_layers


def build(
    input_shape: tuple[int, ...], num_classes: int, width: int = 256, depth: int = 3, drop_out: float = 0.0
) -> nn.Module:
    """A perceptron of three hidden layers of 256, or of others, from flat inputs (B, N) to logits (B, num_classes)."""
    return perceptron(input_shape, (width,) * depth, num_classes, drop_out)


FAMILY = ModelFamily(
    name="mlp",
    modality="vector",
    build=build,
    taps=hidden_taps(3),
    reference="Bansal, Pruthi, Belinkov 2022, section 4 (Colored MNIST, Shuffled MNIST)",
    options={"width": 256, "depth": 3, "drop_out": 0.0},
    taps_of=taps_of_equal_layers,
)
