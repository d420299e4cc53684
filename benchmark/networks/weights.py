"""The weights of a trained network as one safetensors file, and back into a network of the same family.

In: a trained network and what is said of it. Out: bytes; and a state dict that `load_state_dict` takes. The file's head
has one entry, `memorank`, a JSON text: with several safetensors would write them in another order each time.
"""

import json
from collections.abc import Mapping
from typing import NotRequired, cast

import torch
from pydantic import TypeAdapter
from safetensors.torch import load, save
from torch import Tensor, nn
from typing_extensions import TypedDict

from benchmark.plain.canonical import canonical
from benchmark.plain.shapes import shape, shape_problem
from benchmark.plain.strict_json import read_json

ENTRY = "memorank"  # of the head of the file
_HEAD = 8  # bytes that say how long the head is


@shape
class WeightsFacts(TypedDict):
    """What a file of weights says of its network.

    `shape` and `num_classes` are what its family built it from, `seed` is that of the generators at that time. `tokens`
    is the most tokens of a text that it reads, None where it reads no texts. `version` is memorank's. `options` are
    those of its family that are not what they are by default.
    """

    key: str
    family: str
    family_version: int
    shape: list[int]
    num_classes: int
    seed: int
    tokens: int | None
    version: str
    options: NotRequired[dict[str, int | float]]


@shape
class _Said(WeightsFacts):
    """The whole of what the file says: also which tensor stands in the file for each one that is left out."""

    aliases: dict[str, str]


_SAID: TypeAdapter[object] = TypeAdapter(_Said)


def distinct(network: nn.Module) -> tuple[dict[str, Tensor], dict[str, str]]:
    """The tensors of a network's state, each once.

    Returns:
        Tensors by name; and for each name that shares all of its memory with one before it, as tied weights do, the
        name of that one.

    Raises:
        TypeError: The state holds something that is no tensor.
    """
    kept: dict[str, Tensor] = {}
    aliases: dict[str, str] = {}
    places: dict[tuple[object, ...], str] = {}
    for name, value in network.state_dict().items():
        if not isinstance(value, Tensor):
            raise TypeError(f"{name} of its state is a {type(value).__name__}, not a tensor")
        place = (value.data_ptr(), value.shape, value.stride(), value.dtype, value.device)
        first = places.setdefault(place, name) if value.numel() else name
        if first == name:
            kept[name] = value.detach()
        else:
            aliases[name] = first
    return kept, aliases


def size_of(network: nn.Module) -> int:
    """The bytes of a network's state, tensors that share their memory counted once. Raises TypeError as `distinct`."""
    return sum(tensor.nbytes for tensor in distinct(network)[0].values())


def packed(network: nn.Module, facts: WeightsFacts) -> bytes:
    """The file of a trained network. Raises TypeError as `distinct` does, and what safetensors raises."""
    kept, aliases = distinct(network)
    own = {name: tensor.to("cpu", copy=True).contiguous() for name, tensor in kept.items()}  # no part of another
    return save(own, {ENTRY: canonical({**facts, "aliases": aliases})})


def facts_in(content: bytes) -> WeightsFacts:
    """What a file says of its network. Raises ValueError for bytes that are no file of `packed`."""
    return _said(content)


def state_in(content: bytes) -> dict[str, Tensor]:
    """The whole state dict of a file, those tensors too that share their memory. Raises ValueError as `facts_in`."""
    said = _said(content)
    try:
        kept = load(content)
    except Exception as error:  # SafetensorError is no ValueError
        raise ValueError(str(error)) from error
    if missing := sorted(set(said["aliases"].values()) - kept.keys()):
        raise ValueError(f"it does not hold {missing[0]!r}")
    return {**kept, **{alias: kept[name] for alias, name in said["aliases"].items()}}


def aliases_in(content: bytes) -> Mapping[str, str]:
    """For each tensor that the file leaves out the one that stands for it. Raises ValueError as `facts_in`."""
    return _said(content)["aliases"]


def put_into(network: nn.Module, content: bytes) -> nn.Module:
    """The network itself, with the weights of a file, in evaluation mode.

    Raises:
        ValueError: The file is none, or is of a network with other tensors.
    """
    try:
        with torch.no_grad():
            network.load_state_dict(state_in(content), strict=True)
    except RuntimeError as error:  # what torch says of missing names and of other shapes
        raise ValueError(" ".join(str(error).split())) from error
    return network.eval()


def _said(content: bytes) -> _Said:
    length = int.from_bytes(content[:_HEAD], "little")
    try:
        head = json.loads(content[_HEAD : _HEAD + length])
        said = read_json(head["__metadata__"][ENTRY].encode())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("it is no file of weights that memorank has written") from error
    if problem := shape_problem(_SAID, said):
        raise ValueError(f"what its head says of its network has no usable {problem}")
    return cast(_Said, said)
