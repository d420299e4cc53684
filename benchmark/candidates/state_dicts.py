"""Weights in a file, with the architecture or the family that they are of: built, filled, read and let go.

In: a file of safetensors or a torch pickle of tensors alone, and unlabelled data. Out: activations (S, N) by tap.
"""

from dataclasses import dataclass
from pathlib import Path

from torch import nn

from benchmark.candidates.architectures import Architecture
from benchmark.candidates.inputs import family_tensors, picture_inputs, token_inputs
from benchmark.candidates.read_out import read_out
from benchmark.candidates.weights import with_weights
from benchmark.data.unlabelled.types import Unlabelled
from benchmark.networks.building import build_from
from benchmark.networks.own_networks import AUTO
from benchmark.networks.own_taps import Taps
from benchmark.networks.weights import facts_in, put_into
from benchmark.ranking.given import Given
from registry import ModelFamily, UserError
from registry.regular_files import read_regular
from registry.state_dicts import read_state_dict

CLASSES = 2  # of a network that is built before it is known how many there are
HEADS = tuple(f"{name}.weight" for name in ("head", "classifier", "out_proj", "score", "linear"))  # of the last matrix


@dataclass(frozen=True)
class OfArchitecture:
    """Weights of an architecture of torchvision or timm."""

    name: str
    path: Path
    architecture: Architecture
    data: Unlabelled
    taps: Taps = AUTO

    def read(self) -> tuple[Given, str]:
        """Its activations, and what was read of it. Raises UserError where weights or data cannot be used."""
        what = f"{self.architecture.name} of {self.architecture.library}"
        network = with_weights(self.path, what, self.architecture.build)
        inputs, words = picture_inputs(self.data, self.architecture.preparation, what)
        return read_out(network, inputs, self.taps, what, words)


@dataclass(frozen=True)
class OfFamily:
    """Weights of a family of networks; `side` is that of pictures, and `most` the tokens of a text that are read."""

    name: str
    path: Path
    family: ModelFamily
    data: Unlabelled
    taps: Taps = AUTO
    most: int = 128
    side: int | None = None

    def read(self) -> tuple[Given, str]:
        """Its activations, and what was read of it. Raises UserError where weights or data cannot be used."""
        if self.family.tokenizer is not None:
            network = _text_network(self.family, self.path, self.most)
        else:
            what = f"the family {self.family.name}"
            shape = tuple(family_tensors(self.family, self.data, self.side, what).tensor.shape[1:])
            network = with_weights(self.path, what, lambda classes: self.family.build(shape, classes))
        return read_of_family(self.family, network, self.data, self.taps, self.most, self.side)


@dataclass(frozen=True)
class Exported:
    """A file of weights that `memorank export` has written, which says itself what its network is."""

    name: str
    path: Path
    family: ModelFamily
    data: Unlabelled
    taps: Taps = AUTO
    side: int | None = None

    def read(self) -> tuple[Given, str]:
        """Its activations, and what was read of it. Raises UserError where weights or data cannot be used."""
        content = read_regular(self.path)
        try:
            facts = facts_in(content)
            if facts["family_version"] != self.family.version:
                versions = f"version {facts['family_version']} of {self.family.name}, and here is {self.family.version}"
                raise UserError(f"{self.path}: it was trained with {versions}: use the memorank that trained it")
            family = self.family.with_options(facts.get("options", {}))
            network = build_from(family, tuple(facts["shape"]), facts["num_classes"], facts["seed"])
            put_into(network, content)
        except ValueError as error:
            raise UserError(f"{self.path}: {error}") from error
        return read_of_family(family, network, self.data, self.taps, facts["tokens"] or 0, self.side)


def read_of_family(
    family: ModelFamily, network: nn.Module, data: Unlabelled, taps: Taps, most: int, side: int | None
) -> tuple[Given, str]:
    """Read a network of a family.

    Args:
        family: Says how.
        network: With its weights, on the processor.
        data: What it reads.
        taps: Where; AUTO is where the family says.
        most: So many tokens of a text are read.
        side: Pixels of a side of pictures.

    Raises:
        UserError: The data cannot be used.
    """
    what, places = f"the family {family.name}", family.taps if taps == AUTO else taps
    if family.tokenizer is None:
        return read_out(network, family_tensors(family, data, side, what), places, what)
    tokens, words = token_inputs(data, network, family.tokenizer(), most, what)
    return read_out(network, tokens, places, what, words)


def _text_network(family: ModelFamily, path: Path, most: int) -> nn.Module:
    """A text family's network with the weights of a file, its own or one that was fine-tuned elsewhere."""
    from registry.families._encoders import TokenClassifier
    from registry.families._fine_tuned import load_fine_tuned
    from registry.families._whole_classifiers import WholeClassifier

    network = family.build((most,), CLASSES)
    if not isinstance(network, TokenClassifier | WholeClassifier):
        return with_weights(path, f"the family {family.name}", lambda classes: family.build((most,), classes))
    classes = _classes_of(path)
    if classes != CLASSES:
        network = family.build((most,), classes)
    load_fine_tuned(network, path)
    return network


def _classes_of(path: Path) -> int:
    """How many classes a fine-tuned text network tells apart: the rows of the last matrix of its head."""
    heads = [
        tensor.shape[0] for name, tensor in read_state_dict(path).items() if tensor.ndim == 2 and name.endswith(HEADS)
    ]
    return min(heads, default=CLASSES)
