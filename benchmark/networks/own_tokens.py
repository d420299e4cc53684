"""Anybody's token ids as inputs of a network, with what else its forward pass takes of each token.

In: mappings with input_ids, as a tokenizer makes them. Out: `OwnTokens`, without their padding, whatever side it is on.
"""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from benchmark.networks.inputs import READ_TOKENS, Tokens
from registry import UserError

_TARGETS = ("label", "labels", "label_ids", "start_positions", "end_positions")
_OF_TOKENIZERS = (
    "special_tokens_mask",
    "offset_mapping",
    "overflow_to_sample_mapping",
    "length",
    "num_truncated_tokens",
)


@dataclass(frozen=True)
class OwnTokens(Tokens):
    """Texts as token ids, with other numbers of each token, (all tokens, ...), by the name of the argument.

    `one_length` reads texts of one length together, so that nothing is padded.
    """

    more: Mapping[str, Tensor] = field(default_factory=dict)
    one_length: bool = False

    @classmethod
    def of(cls, tokens: Tokens) -> "OwnTokens":
        """These tokens, with nothing more where there is nothing."""
        return tokens if isinstance(tokens, cls) else cls(tokens.ids, tokens.lengths, tokens.padding)

    def __getitem__(self, rows: Tensor) -> "OwnTokens":
        places, there = self.places(rows)
        more = {name: values[places[there]] for name, values in self.more.items()}
        return OwnTokens(self.ids[places[there]], self.lengths[rows], self.padding, more, self.one_length)

    def arguments(self, rows: Tensor) -> tuple[Tensor, ...]:
        """input_ids and attention_mask, both (B, T), and what more there is (B, T, ...), which is 0 where padded."""
        places, there = self.places(rows)
        more = []
        for values in self.more.values():
            padded = values[places]
            padded[~there] = 0
            more.append(padded)
        return (*super().arguments(rows), *more)

    def reading(self) -> Sequence[Tensor]:
        """By length, so that little or, of `one_length`, nothing is padded."""
        if not self.one_length:
            return super().reading()
        order = self.lengths.argsort(stable=True)
        _, counts = self.lengths[order].unique_consecutive(return_counts=True)
        groups = order.split(counts.tolist())
        return [part for rows in groups for part in rows.split(max(1, READ_TOKENS // int(self.lengths[rows[0]])))]

    def to(self, device: torch.device) -> "OwnTokens":
        """The same on a device."""
        more = {name: values.to(device) for name, values in self.more.items()}
        return OwnTokens(self.ids.to(device), self.lengths.to(device), self.padding, more, self.one_length)


def tokens_of(
    batches: Sequence[Mapping[str, Any]], examples: int, device: torch.device, network: nn.Module | None
) -> OwnTokens:
    """Token ids without their padding, whatever side it is on, and what else of each token the network takes.

    Raises UserError for those that cannot be used.
    """
    rows: list[Tensor] = []
    padded: list[Tensor] = []
    names = _taken(batches, network)
    more: dict[str, list[Tensor]] = {name: [] for name in names}
    for batch in batches:
        if "input_ids" not in batch:
            raise UserError(f"a batch of texts is a mapping with input_ids, not with {', '.join(map(str, batch))}")
        ids = matrix(batch["input_ids"])
        mask = _mask(batch, ids)
        rows += [own[there] for own, there in zip(ids, mask, strict=True)]
        padded.append(ids[~mask])
        for name in names:
            more[name] += [own[there] for own, there in zip(_per_token(name, batch, ids), mask, strict=True)]
    rows = rows[:examples]
    lengths = torch.tensor([len(row) for row in rows])
    if not lengths.all():
        raise UserError(f"text {int(lengths.argmin())} has no token: its attention_mask is 0 everywhere")
    others = {name: torch.cat(own[:examples]) for name, own in more.items()}
    found = OwnTokens(torch.cat(rows), lengths, _padding(torch.cat(padded), network), others)
    return found.to(device)


def matrix(numbers: Any) -> Tensor:
    """(B, T): of a single text (T,), as a row of a tokenized data set has it, a batch of one."""
    whole = torch.as_tensor(numbers)
    return whole[None] if whole.ndim == 1 else whole


def _mask(batch: Mapping[str, Any], ids: Tensor) -> Tensor:
    """Which tokens are there, (B, T). Raises UserError for a mask of another form, which would be misread."""
    mask = matrix(batch.get("attention_mask", torch.ones_like(ids)))
    if mask.shape != ids.shape or not bool(((mask == 0) | (mask == 1)).all()):
        raise UserError(
            f"attention_mask has the shape {tuple(mask.shape)} and values from {float(mask.min()):g} to "
            f"{float(mask.max()):g}: it is 1 where a token is and 0 where none is, {tuple(ids.shape)}"
        )
    return mask.bool()


def _padding(padded: Tensor, network: nn.Module | None) -> int:
    """The token that stands at the masked places; where none is masked that of the network's config, or 0."""
    if len(padded) and (most := int(padded.mode().values)) >= 0:
        return most
    own = getattr(getattr(network, "config", None), "pad_token_id", None)
    return own if isinstance(own, int) and own >= 0 else 0


def _taken(batches: Sequence[Mapping[str, Any]], network: nn.Module | None) -> list[str]:
    """The names of what the forward pass of a network takes beside ids and mask, no targets, in their order.

    One that takes any name is given whatever there is of each token. Types of tokens that are all 0 are left out.
    """
    if network is None:
        return []
    parameters = inspect.signature(network.forward).parameters
    takes_any = any(one.kind is one.VAR_KEYWORD for one in parameters.values())
    found = []
    for name in dict.fromkeys(name for batch in batches for name in batch if batch[name] is not None):
        target = name in _TARGETS or name.endswith(("_label", "_labels"))
        if name in ("input_ids", "attention_mask") or target or name in _OF_TOKENIZERS:
            continue
        if name == "token_type_ids" and not any(torch.as_tensor(batch.get(name, 0)).any() for batch in batches):
            continue
        if name in parameters or (takes_any and _fits(batches[0].get(name), batches[0].get("input_ids"))):
            found.append(name)
    return found


def _per_token(name: str, batch: Mapping[str, Any], ids: Tensor) -> Tensor:
    """What a batch has of each token under a name, (B, T, ...). Raises UserError where it is of something else."""
    values = batch.get(name)
    if not _fits(values, batch["input_ids"]):
        raise UserError(
            f"the network takes {name!r} too, which is not a number of each token in every batch, and so is not read: "
            "wrap the network in a module that takes input_ids and attention_mask alone, or leave it out of the batch"
        )
    whole = torch.as_tensor(values)
    whole = whole.float() if whole.dtype == torch.float64 else whole
    return whole.reshape(*ids.shape, *whole.shape[torch.as_tensor(batch["input_ids"]).ndim :])


def _fits(values: Any, ids: Any) -> bool:
    """Whether these are numbers of each token."""
    try:
        shape, tokens = torch.as_tensor(values).shape, torch.as_tensor(ids).shape
    except (TypeError, ValueError, RuntimeError):  # words, or rows of unlike lengths
        return False
    return shape[: len(tokens)] == tokens
