"""Networks fine-tuned elsewhere: a state dict of an encoder and a linear classifier, put into a network of a family.

In: an untrained network of an encoder family and a file, safetensors or a torch pickle of tensors alone. Out: the same
network with the weights of the file. No other pickle is read.
"""

import pickle
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from registry import DataError
from registry.errors import in_short
from registry.families._encoders import TokenClassifier

CONVERT = "if you trust it, load it yourself and save its state dict by safetensors.torch.save_file"
WRAPPERS = ("state_dict", "model_state_dict", "model")  # what training scripts keep a state dict under


def load_fine_tuned(network: nn.Module, file: str | Path) -> None:
    """Give a network that a text family built the weights of a state dict.

    The encoder's keys may have any prefix (`roberta.`, `model.roberta.`, ...); the classifier is the one other pair of
    a matrix (num_classes, width) and a vector (num_classes,). Weights that the family leaves out, as those of a pooler
    and of further layers, may be there. Raises DataError that names what is missing or has another shape.

    >>> from memorank import FAMILIES, load_fine_tuned                       # doctest: +SKIP
    >>> network = FAMILIES["roberta"].build((128,), 28)                      # doctest: +SKIP
    >>> load_fine_tuned(network, "finetuned.pt")                             # doctest: +SKIP
    """
    if not isinstance(network, TokenClassifier):
        raise DataError(f"{type(network).__name__} is no network of an encoder family, such as roberta")
    path = Path(file)
    given = _state_dict(path)
    wanted = network.encoder.state_dict()
    prefix = _prefix(given, wanted, path)
    missing = [name for name in wanted if prefix + name not in given]
    if missing:
        raise DataError(f"{path}: {prefix + missing[0]} is missing ({len(missing)} of {len(wanted)} of the encoder)")
    own_parts = tuple(f"{prefix}{part}." for part in {"pooler", *(name.partition(".")[0] for name in wanted)})
    others = {name: tensor for name, tensor in given.items() if not name.startswith(own_parts)}
    weight, bias = _classifier(others, network, path)
    state = {f"encoder.{name}": given[prefix + name] for name in wanted} | {"head.weight": weight, "head.bias": bias}
    own = network.state_dict()
    for name, tensor in state.items():
        if tensor.shape != own[name].shape:
            raise DataError(f"{path}: {name} has shape {tuple(tensor.shape)}, the network's {tuple(own[name].shape)}")
        if tensor.is_floating_point() != own[name].is_floating_point():
            raise DataError(f"{path}: {name} is of {tensor.dtype}, the network's of {own[name].dtype}")
    network.load_state_dict(state, strict=False)  # the layers stand in it a second time, as what is tapped


def _state_dict(path: Path) -> Mapping[str, Tensor]:
    """The tensors of a file by name."""
    try:
        found = load_file(path) if path.suffix == ".safetensors" else torch.load(path, "cpu", weights_only=True)
    except FileNotFoundError as error:
        raise DataError(f"{path}: no such file") from error
    except pickle.UnpicklingError as error:
        raise DataError(
            f"{path}: a pickle that holds more than tensors: refused, nothing of it was run; {CONVERT}"
        ) from error
    except Exception as error:  # a damaged file is told by many kinds, a header's words among them
        raise DataError(f"{path}: not a state dict ({in_short(error)})") from error
    for name in WRAPPERS:
        if isinstance(found, Mapping) and isinstance(found.get(name), Mapping):
            found = found[name]
    if not isinstance(found, Mapping) or not all(isinstance(tensor, Tensor) for tensor in found.values()):
        raise DataError(f"{path}: not a state dict: expected tensors by name")
    return found


def _prefix(given: Mapping[str, Tensor], wanted: Mapping[str, Tensor], path: Path) -> str:
    """What stands before the encoder's own names."""
    first = next(iter(wanted))
    found = sorted((name.removesuffix(first) for name in given if name.endswith(first)), key=len)
    if not found:
        raise DataError(f"{path}: no weights of this encoder: {first} is not in it, nor under any prefix")
    return found[0]


def _classifier(others: Mapping[str, Tensor], network: TokenClassifier, path: Path) -> tuple[Tensor, Tensor]:
    """The one linear layer that fits the head."""
    classes, width = network.head.weight.shape
    pairs = [
        (others[name], others[name.removesuffix("weight") + "bias"])
        for name, tensor in others.items()
        if name.endswith("weight") and tensor.ndim == 2 and name.removesuffix("weight") + "bias" in others
    ]
    fitting = [pair for pair in pairs if pair[0].shape == (classes, width)]
    if len(fitting) != 1:
        shapes = ", ".join(str(tuple(weight.shape)) for weight, _ in pairs) or "none"
        raise DataError(f"{path}: expected one linear classifier of shape {(classes, width)}, found: {shapes}")
    return fitting[0]
