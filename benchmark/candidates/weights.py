"""Weights of somebody's file, put into a network that is built for them: the number of its classes is that of the file.

In: a file and what builds an untrained network. Out: the network with the weights, all of them, in float32.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from torch import Tensor, nn

from registry import UserError
from registry.state_dicts import read_state_dict

CLASSES = 2  # of the network that is built to see which weights are those of its classes


def with_weights(path: Path, what: str, build: Callable[[int], nn.Module]) -> nn.Module:
    """A network with the weights of a file.

    Args:
        path: Of safetensors, or of a torch pickle that holds tensors alone. Names may stand behind a common prefix, as
            `module.`.
        what: Of which architecture the network is, for messages.
        build: Makes an untrained network of so many classes.

    Raises:
        UserError: The file cannot be read, or its weights are not those of such a network.
    """
    given = read_state_dict(path)
    small = build(CLASSES)
    own = small.state_dict()
    given = _without_prefix(path, given, own)
    missing, left = [name for name in own if name not in given], [name for name in given if name not in own]
    if missing or left:
        found = f"{missing[0]} is missing" if missing else f"{left[0]} has no place there"
        raise UserError(f"{path}: not the weights of {what}: {found} ({len(missing) + len(left)} such)")
    classes = _classes(path, what, given, own)
    network = small if classes == CLASSES else build(classes)
    wanted = network.state_dict()
    for name, tensor in given.items():
        if tensor.shape != wanted[name].shape:
            shapes = f"{tuple(tensor.shape)}, not {tuple(wanted[name].shape)}"
            raise UserError(f"{path}: not the weights of {what}: {name} has the shape {shapes}")
        if tensor.is_floating_point() != wanted[name].is_floating_point():
            raise UserError(f"{path}: {name} is of {tensor.dtype}: quantized weights are not read")
    network.load_state_dict(dict(given))
    return network.float()


def _without_prefix(path: Path, given: Mapping[str, Tensor], own: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors by the network's own names where they stand behind one prefix, else as they are."""
    first = next(iter(own), "")
    prefixes = [name.removesuffix(first) for name in given if name.endswith(first)]
    fitting = [prefix for prefix in prefixes if all(prefix + name in given for name in own)]
    prefix = min(fitting, key=len, default="")
    found = {name.removeprefix(prefix): tensor for name, tensor in given.items()}
    if len(found) < len(given):
        twice = next(name for name in given if not name.startswith(prefix) and prefix + name in given)
        raise UserError(f"{path}: {twice} stands there twice, with {prefix!r} before it and without: keep one of them")
    return found


def _classes(path: Path, what: str, given: Mapping[str, Tensor], own: Mapping[str, Tensor]) -> int:
    """How many classes the file's network has: the weights that differ in their first axis alone say so."""
    found = {
        tensor.shape[0]
        for name, tensor in given.items()
        if tensor.shape != own[name].shape
        and tensor.ndim
        and tensor.shape[1:] == own[name].shape[1:]
        and own[name].shape[0] == CLASSES
    }
    if len(found) > 1:
        raise UserError(f"{path}: not the weights of {what}: heads of {' and '.join(map(str, sorted(found)))} classes")
    return found.pop() if found else CLASSES
