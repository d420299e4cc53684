"""Networks fine-tuned elsewhere: a state dict of an encoder and its classifier, put into a network of a family.

In: a network of a text family and a file, safetensors or a torch pickle of tensors alone. Out: the same network with
the weights of the file and the logits that they had. No other pickle is read.
"""

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from registry import DataError
from registry._transformers import MADE_ANEW, silent_transformers
from registry.families._encoders import TokenClassifier
from registry.families._whole_classifiers import WholeClassifier
from registry.state_dicts import read_state_dict


def load_fine_tuned(network: nn.Module, file: str | Path) -> None:
    """Give a network of a text family the weights of a state dict, and the logits that they had.

    The encoder's keys may have any prefix (`roberta.`, `model.roberta.`, ...). Beside them stands one of

    - all that Hugging Face's sequence classifier of this architecture has, under its names (for RoBERTa
      `classifier.dense` and `classifier.out_proj`, for BERT `bert.pooler` and `classifier`): the network then computes
      what that class does;
    - one linear classifier, a matrix (num_classes, width) and a vector (num_classes,), of the token that the family
      reads. A pooler may be there that Hugging Face's classifier of this architecture does without.

    Args:
        network: What the `build` of an encoder's or a classifier's family has returned.
        file: A file of safetensors, or a torch pickle of tensors alone. No other pickle is read.

    Raises:
        DataError: What is missing, has another shape, or would be left out, as a further layer or head, is named; the
            network stays as it was.

    >>> from memorank import FAMILIES, load_fine_tuned                       # doctest: +SKIP
    >>> network = FAMILIES["roberta"].build((128,), 28)                      # doctest: +SKIP
    >>> load_fine_tuned(network, "finetuned.pt")                             # doctest: +SKIP
    """
    if not isinstance(network, TokenClassifier | WholeClassifier):
        raise DataError(f"{type(network).__name__} is no network of an encoder family, such as roberta")
    path = Path(file)
    wanted = network.encoder.state_dict()
    given = read_state_dict(path)
    if given.keys() == network.state_dict().keys():  # saved from such a network itself
        _load(network, {name: name for name in given}, given, path)
        return
    prefix = _prefix(given, wanted, path)
    read = [name for name in given if name.removeprefix(prefix) in wanted or not name.endswith(MADE_ANEW)]
    given = {name: given[name] for name in read}
    own = _places(network, prefix.removesuffix("encoder."))
    if own.keys() == given.keys():  # such a network's too, under another prefix
        _load(network, own, given, path)
    elif isinstance(network, WholeClassifier):
        _load(network.model, _places(network.model, _before(prefix, network.model) or ""), given, path)
    elif network.whole is not None:
        raise DataError(f"{path}: the network holds a fine-tuned classifier already: build a new one")
    else:
        _load_classifier(network, given, prefix, path)


def _load_classifier(network: TokenClassifier, given: Mapping[str, Tensor], prefix: str, path: Path) -> None:
    """Load Hugging Face's classifier of this architecture where the file has all of it, else a linear one."""
    whole = _hugging_face(network.encoder, network.head.out_features, path)
    beside = _beside_encoder(whole) if whole else []
    before = _before(prefix, whole) if whole else None
    if before is not None and all(before + name in given for name in beside):
        _load(whole, _places(whole, before), given, path)
        network.hold(WholeClassifier(whole, path))
        return
    places = {prefix + name: f"encoder.{name}" for name in network.encoder.state_dict()}
    pooler = {name for name in given if name.startswith(f"{prefix}pooler.")}
    parts = tuple(f"{prefix}{name.partition('.')[0]}." for name in network.encoder.state_dict())
    others = {name: given[name] for name in given.keys() - pooler if not name.startswith(parts)}
    weight, bias = _linear(others, network, path)
    places |= {weight: "head.weight", bias: "head.bias"}
    unread = set() if any(".pooler." in name for name in beside) else pooler
    _load(network, places, {name: given[name] for name in given.keys() - unread}, path)


def _hugging_face(encoder: Any, classes: int, path: Path) -> Any:
    """Hugging Face's untrained sequence classifier of an encoder's architecture; None if there is none."""
    config = deepcopy(encoder.config)
    config.num_labels = classes
    with silent_transformers(path) as transformers, torch.random.fork_rng():
        if type(config) not in transformers.MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING:
            return None
        whole = transformers.AutoModelForSequenceClassification.from_config(
            config, trust_remote_code=False, dtype=torch.float32
        )
    return whole if type(whole.base_model) is type(encoder) else None


def _beside_encoder(whole: Any) -> list[str]:
    """What a Hugging Face classifier has beside the encoder of a family: its head, and a pooler if it has one."""
    base = f"{whole.base_model_prefix}."
    return [name for name in whole.state_dict() if not name.startswith(base) or name.startswith(f"{base}pooler.")]


def _before(prefix: str, whole: Any) -> str | None:
    """What stands before the names of a Hugging Face classifier; None if the encoder has another name there."""
    own = f"{whole.base_model_prefix}."
    before = prefix.removesuffix(own)
    return before if prefix.endswith(own) and (not before or before.endswith(".")) else None


def _places(module: nn.Module, before: str) -> dict[str, str]:
    """For each weight, its own name by the name that it has in a file, where `before` stands before all of them."""
    return {before + name: name for name in module.state_dict()}


def _load(module: nn.Module, places: Mapping[str, str], given: Mapping[str, Tensor], path: Path) -> None:
    """Put every weight in its place.

    Raises:
        DataError: Weights and places do not match; nothing has been changed then.
    """
    missing = [name for name in places if name not in given]
    if missing:
        raise DataError(f"{path}: {missing[0]} is missing ({len(missing)} of {len(places)} of the network)")
    own = module.state_dict()
    for name, place in places.items():
        if given[name].shape != own[place].shape:
            raise DataError(
                f"{path}: {name} has shape {tuple(given[name].shape)}, the network's {tuple(own[place].shape)}"
            )
        if given[name].is_floating_point() != own[place].is_floating_point():
            raise DataError(f"{path}: {name} is of {given[name].dtype}, the network's of {own[place].dtype}")
    left = sorted(given.keys() - places.keys())
    if left:
        raise DataError(
            f"{path}: {left[0]} ({len(left)} such) has no place in the network, whose logits would not be the file's: "
            "build a family of all its layers, name its keys as Hugging Face's class does, drop what no logit needs"
        )
    module.load_state_dict({place: given[name] for name, place in places.items()}, strict=False)


def _prefix(given: Mapping[str, Tensor], wanted: Mapping[str, Tensor], path: Path) -> str:
    """What stands before the encoder's own names in a file.

    Raises:
        DataError: No name of the file ends as the encoder's first one.
    """
    first = next(iter(wanted))
    found = sorted((name.removesuffix(first) for name in given if name.endswith(first)), key=len)
    if not found:
        raise DataError(f"{path}: no weights of this encoder: {first} is not in it, nor under any prefix")
    return found[0]


def _linear(others: Mapping[str, Tensor], network: TokenClassifier, path: Path) -> tuple[str, str]:
    """The names of weight and bias of the one linear layer that fits the head.

    Raises:
        DataError: None fits, or several do.
    """
    wanted = network.head.weight.shape
    pairs = [
        (name, name.removesuffix("weight") + "bias")
        for name, tensor in others.items()
        if name.endswith("weight") and tensor.ndim == 2 and name.removesuffix("weight") + "bias" in others
    ]
    fitting = [pair for pair in pairs if others[pair[0]].shape == wanted]
    if len(fitting) != 1:
        shapes = ", ".join(str(tuple(others[weight].shape)) for weight, _ in pairs) or "none"
        raise DataError(f"{path}: expected one linear classifier of shape {tuple(wanted)}, found: {shapes}")
    return fitting[0]
