"""How many tokens an encoder has room for: the positions that it has learned.

In: a folder with config.json. Out: their number, None where it reads a text of any length.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import torch

from registry import DataError
from registry._transformers import transformers_for

WORDS = ("position", "wpe")  # of which one is in the name of every table of positions in transformers


def most_tokens(folder: Path) -> int | None:
    """The most tokens that the encoder in a folder can tell the places of; None for rotary and relative places.

    Raises:
        DataError: There is no config.json that can be read.
    """
    try:
        config = (folder / "config.json").read_bytes()
    except OSError as error:
        raise DataError(f"{folder / 'config.json'}: {error.strerror or error}") from error
    return _most_tokens(folder, config)


@lru_cache(maxsize=16)
def _most_tokens(folder: Path, config: bytes) -> int | None:
    """`config` is the content of config.json, so that a folder that has changed is looked at again."""
    with transformers_for(folder) as transformers, torch.device("meta"):  # without a number of its weights
        known = transformers.AutoConfig.from_pretrained(
            str(folder),
            local_files_only=True,
            trust_remote_code=False,
        )
        network = transformers.AutoModel.from_config(
            known,
            trust_remote_code=False,
        )
    rooms = [
        _room(module)
        for path, module in network.named_modules()
        if hasattr(module, "padding_idx") and any(word in path.rpartition(".")[2] for word in WORDS)
    ]
    said = getattr(known, "max_position_embeddings", None)
    return min([*rooms, said] if rooms and isinstance(said, int) else rooms, default=None)


def _room(table: Any) -> int:
    """The rows of a table of positions that tokens have; some begin behind that of padding, or at an offset."""
    before = table.padding_idx + 1 if table.padding_idx is not None else int(getattr(table, "offset", 0))
    return int(table.weight.shape[0]) - before
