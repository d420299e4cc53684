"""The paper's network for the MNIST suites: three hidden layers of 256."""

from torch import nn

from registry import ModelFamily
from registry.families._perceptron import hidden_taps, perceptron


def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
    """A perceptron of three hidden layers of 256, from flat inputs (B, N) to logits (B, num_classes)."""
    return perceptron(input_shape, (256, 256, 256), num_classes)


FAMILY = ModelFamily(
    name="mlp",
    modality="vector",
    build=build,
    taps=hidden_taps(3),
    reference="Bansal, Pruthi, Belinkov 2022, section 4 (Colored MNIST, Shuffled MNIST)",
)
