"""Unlabelled data as the inputs of one network: texts by its own tokenizer, pictures in its size and colours, numbers.

In: what `benchmark.data.unlabelled` has read, and what the network wants. Out: `Inputs`, with what was done in words.
"""

from typing import Any

import numpy as np
import torch
from torch import nn

from benchmark.candidates.preparations import Preparation
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts, Unlabelled
from benchmark.networks.inputs import Inputs, Tensors, Tokens
from benchmark.networks.pictures import PictureInputs
from benchmark.networks.room import room
from benchmark.networks.tokenizing import padding_of, token_rows
from registry import ModelFamily, UserError

UNKNOWN = 0.9  # of the tokens: a tokenizer that has lost its vocabulary knows none


def token_inputs(data: Unlabelled, network: nn.Module, tokenizer: Any, most: int, who: str) -> tuple[Tokens, str]:
    """Texts as token ids.

    Args:
        data: What is read.
        network: Takes input_ids and attention_mask, on the processor.
        tokenizer: Its own.
        most: So many tokens of a text are read at most; fewer where the network has no room for them.
        who: Whose tokenizer it is, for messages.

    Returns:
        The tokens, and in words how many there are and how many texts were cut.

    Raises:
        UserError: The data are no texts, or the tokenizer or the network cannot read them.
    """
    if not isinstance(data, Texts):
        raise UserError(f"{who} reads texts, and {data.source} holds {in_words(data)}")
    longest = room(network, tokenizer, most) or most
    rows = token_rows(tokenizer, data.texts, longest, f"the tokenizer of {who}")
    lengths = torch.tensor([len(row) for row in rows])
    if not lengths.all():
        row = int(lengths.argmin())
        raise UserError(f"the tokenizer of {who} makes no token of text {row}, {data.texts[row]!r}")
    tokens = Tokens(torch.from_numpy(np.concatenate(rows)), lengths, padding_of(tokenizer))
    words = getattr(getattr(network, "config", None), "vocab_size", None)
    if words is not None and (largest := int(tokens.ids.max())) >= words:
        raise UserError(
            f"the tokenizer of {who} gives the token {largest}, and the network knows {words}: it is another one's"
        )
    if (share := _unknown(tokens, tokenizer)) > UNKNOWN:
        raise UserError(
            f"the tokenizer of {who} does not know {share:.0%} of the tokens of {data.source}: is it whole?"
        )
    full = [data.texts[row] for row in torch.nonzero(lengths == longest).flatten().tolist()]
    cut = sum(len(ids) > longest for ids in tokenizer(full, verbose=False)["input_ids"]) if full else 0
    some_cut = f", {cut} of {len(rows)} texts cut to {longest}" if cut else ""
    return tokens, f"{len(tokens.ids):,} tokens{some_cut}"


def _unknown(tokens: Tokens, tokenizer: Any) -> float:
    """The share of the tokens that stand for what the tokenizer does not know, of all that stand for a text's own."""
    unknown, special = (getattr(tokenizer, name, None) for name in ("unk_token_id", "all_special_ids"))
    if unknown is None:
        return 0.0
    none = int((tokens.ids == unknown).sum())
    set_there = torch.isin(tokens.ids, torch.tensor([token for token in special or [] if token != unknown]))
    return none / max(int((~set_there).sum()), 1)


def picture_inputs(data: Unlabelled, how: Preparation, who: str) -> tuple[Inputs, str]:
    """Pictures of one size in the colours that a network was trained on; numbers as they are.

    Args:
        data: What is read.
        how: Its pictures are made.
        who: Which network, for messages.

    Returns:
        The inputs, and in words how they were made.

    Raises:
        UserError: The data are texts, or pictures that cannot be opened.
    """
    if isinstance(data, Texts):
        raise UserError(f"{who} reads images, and {data.source} holds texts")
    if isinstance(data, Numbers):
        return number_inputs(data), ""
    found = torch.from_numpy(data.made(how.made))
    words = how.words.format(size=f"{found.shape[2]} x {found.shape[3]}")
    if found.is_floating_point():
        return Tensors(found), words
    mean, deviation = (torch.tensor(colours, dtype=torch.float32) for colours in (how.mean, how.deviation))
    return PictureInputs(found, mean, deviation), words


def number_inputs(data: Unlabelled, who: str = "the network") -> Tensors:
    """Numbers (S, ...) in float32, as they are. Raises UserError for other data."""
    if not isinstance(data, Numbers):
        raise UserError(f"{who} reads numbers, and {data.source} holds {in_words(data)}")
    return Tensors(torch.from_numpy(np.require(data.values, np.float32, ["C", "W"])))


def family_tensors(family: ModelFamily, data: Unlabelled, side: int | None, what: str) -> Tensors:
    """Numbers as they are, pictures from 0 to 1, as a family reads them: flat for one of vectors.

    Args:
        family: Of images, of tables or of vectors.
        data: What is read.
        side: Pixels of a side, for pictures.
        what: Which family it is, for messages.

    Raises:
        UserError: The data are texts, or pictures of which nobody says how wide they are.
    """
    if isinstance(data, Pictures):
        if side is None:
            raise UserError(f"how many pixels wide are the images that {what} reads? say so, as by --image-size 32")
        data = Numbers(data.source, data.array(side).astype("float32") / 255, data.of)
    inputs = number_inputs(data, what)
    return Tensors(inputs.tensor.flatten(1)) if family.modality == "vector" else inputs


def in_words(data: Unlabelled) -> str:
    """What data are."""
    return {Texts: "texts", Pictures: "images", Numbers: "numbers"}[type(data)]
