"""Anybody's batches as inputs of a network: arrays, tensors, token ids, or an iterable of batches of these.

In: what a user has at hand. Out: `Inputs`. Labels that stand in a batch are not looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from benchmark.networks.inputs import Tensors, Tokens
from benchmark.networks.own_draws import drawing_apart
from benchmark.networks.own_tokens import matrix, tokens_of
from benchmark.networks.pictures import PictureInputs
from benchmark.networks.reductions import first_of
from registry import UserError

OwnInputs: TypeAlias = Tensors | Tokens | PictureInputs
EXAMPLES = 2500  # that are taken of batches, as many as measures read


def inputs_of(given: object, examples: int, device: torch.device, network: nn.Module | None = None) -> OwnInputs:
    """Inputs of any form on a device, so many at most; whole numbers (S, T) are ids of words where `network` has any.

    Raises UserError for those that cannot be used.
    """
    words = hasattr(getattr(network, "config", None), "vocab_size")
    if isinstance(given, OwnInputs):
        return given
    if isinstance(given, Mapping):
        return tokens_of([given], examples, device, network)
    if isinstance(given, np.ma.MaskedArray):
        raise UserError("inputs are a masked array: fill what is masked, or leave it out")
    if isinstance(given, np.ndarray | Tensor):
        whole = torch.as_tensor(given)
        if words and whole.ndim == 2 and not whole.is_floating_point():
            return tokens_of([{"input_ids": whole}], examples, device, network)
        return _tensors([given], examples, device)
    if isinstance(given, tuple) and all(isinstance(part, np.ndarray | Tensor) for part in given):
        raise UserError("inputs are a tuple of arrays, as a batch with its labels is: give its first part alone")
    if not isinstance(given, Iterable) and hasattr(given, "__getitem__") and hasattr(given, "__len__"):
        given = _texts(given, examples)
    if not isinstance(given, Iterable) or isinstance(given, str | bytes):
        raise UserError(
            f"inputs are an array, a tensor, a mapping with input_ids, or batches, not {type(given).__name__}"
        )
    batches = [first_of(batch) for batch in _drawn(given, examples)]
    if not batches:
        raise UserError("the inputs hold no batch")
    if any(isinstance(batch, str | bytes) for batch in batches):
        raise UserError("inputs are texts: give their tokens, as tokenizer(texts, padding=True, return_tensors='pt')")
    if all(isinstance(batch, Mapping) for batch in batches):
        return tokens_of(batches, examples, device, network)
    return _tensors(batches, examples, device)


def drawn_once(given: object, examples: int = EXAMPLES) -> object:
    """The same inputs, of which batches are a list that can be gone through again, with so many examples or more."""
    if isinstance(given, Mapping | np.ndarray | Tensor | str | bytes | tuple) or not isinstance(given, Iterable):
        return given
    with drawing_apart(torch.device("cpu"), given):  # a DataLoader draws a seed
        return _drawn(given, examples)


def _drawn(given: Iterable[Any], examples: int) -> list[Any]:
    """Batches as they come, until they hold so many examples or there are no more."""
    batches, count = [], 0
    for batch in given:
        batches.append(batch)
        first = first_of(batch)
        count += len(matrix(first["input_ids"])) if isinstance(first, Mapping) and "input_ids" in first else len(first)
        if count >= examples:
            break
    return batches


def _texts(data_set: Any, examples: int) -> list[Any]:
    """The first rows of a data set as torch has them, which are single examples: texts alone say so themselves."""
    rows = [data_set[row] for row in range(min(len(data_set), examples))]
    if not all(isinstance(row, Mapping) for row in rows):
        raise UserError(
            f"inputs are a data set, {type(data_set).__name__}, of single examples: give it in batches, as in "
            "torch.utils.data.DataLoader(data, batch_size=64)"
        )
    return rows


def _tensors(batches: Sequence[Any], examples: int, device: torch.device) -> Tensors:
    parts = [torch.as_tensor(batch) for batch in batches]
    shapes = {tuple(part.shape[1:]) for part in parts}
    if len(shapes) > 1 or any(part.ndim < 2 for part in parts):
        raise UserError(f"batches are (B, ...) of one shape, not {', '.join(str(tuple(p.shape)) for p in parts[:3])}")
    whole = torch.cat(parts)[:examples]
    return Tensors((whole.float() if whole.dtype == torch.float64 else whole).to(device))
