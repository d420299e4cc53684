"""Weights that somebody has saved: tensors by name, from safetensors or from a torch pickle that holds nothing else.

In: a file. Out: its tensors. Nothing in it is run.
"""

import pickle
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from registry.errors import DataError, in_short
from registry.folders import why_no_file

CONVERT = "if you trust it, load it yourself and save its state dict by safetensors.torch.save_file"
WRAPPERS = ("state_dict", "model_state_dict", "model")  # what training scripts keep a state dict under


def read_state_dict(path: Path) -> Mapping[str, Tensor]:
    """The tensors of a file by name.

    Raises:
        DataError: The file is not there, is a pickle of more than tensors, or holds no state dict.
    """
    if path.exists() and (reason := why_no_file(path)):
        raise DataError(f"{path}: {reason}")
    try:
        found = load_file(path) if path.suffix == ".safetensors" else torch.load(path, "cpu", weights_only=True)
    except FileNotFoundError as error:
        raise DataError(f"{path}: no such file") from error
    except pickle.UnpicklingError as error:
        raise DataError(
            f"{path}: a pickle that holds more than tensors: refused, nothing of it was run; {CONVERT}"
        ) from error
    except Exception as error:  # errors of many kinds tell of a damaged file, with words of its header
        raise DataError(f"{path}: not a state dict ({in_short(error)})") from error
    while isinstance(found, Mapping) and (inner := [name for name in WRAPPERS if isinstance(found.get(name), Mapping)]):
        if len(inner) > 1:
            raise DataError(f"{path}: it holds {' and '.join(inner)}: save the state dict of the one that is meant")
        found = found[inner[0]]
    if not isinstance(found, Mapping) or not all(
        isinstance(name, str) and isinstance(tensor, Tensor) for name, tensor in found.items()
    ):
        raise DataError(f"{path}: not a state dict: expected tensors by name")
    for name, tensor in found.items():
        if tensor.layout != torch.strided or tensor.is_meta or tensor.is_nested:
            raise DataError(f"{path}: {name} is no plain tensor: save it dense, with its numbers")
    return found
