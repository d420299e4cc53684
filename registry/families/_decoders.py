"""Whether a text network is a decoder: its tokens see only those before them, so the first one sees no other.

In: a folder with config.json, or the network itself. Out: yes or no, or an error where it is read at that token.
"""

import json
from pathlib import Path
from typing import Any

import torch

from registry import DataError
from registry._transformers import transformers_for
from registry.regular_files import read_regular
from registry.words import Reduce

# Values of `model_type`. Another decoder is found when it is built.
DECODERS = {
    "biogpt", "bloom", "ctrl", "deepseek_v2", "deepseek_v3", "falcon", "gemma", "gemma2", "gemma3_text", "glm",
    "glm4", "gpt-sw3", "gpt2", "gpt_bigcode", "gpt_neo", "gpt_neox", "gpt_oss", "gptj", "granite", "helium", "jamba",
    "jetmoe", "llama", "mamba", "mamba2", "ministral", "mistral", "mixtral", "modernbert-decoder", "mpt", "nemotron",
    "olmo", "olmo2", "olmo3", "openai-gpt", "opt", "persimmon", "phi", "phi3", "phimoe", "qwen2", "qwen2_moe",
    "qwen3", "qwen3_moe", "smollm3", "stablelm", "starcoder2", "zamba", "zamba2",
}  # fmt: skip


def is_decoder_folder(folder: Path) -> bool:
    """Whether the config.json of a folder says that it holds a decoder.

    It is False if there is no such file, or none that can be read: what is wrong with it is said when the network is
    built.
    """
    try:
        config = json.loads(read_regular(folder / "config.json"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(config, dict) and (config.get("is_decoder") is True or config.get("model_type") in DECODERS)


def sees_only_before(encoder: Any) -> bool:
    """Whether the first token's last hidden state stays as it is whatever tokens follow: that is a decoder.

    Args:
        encoder: A Hugging Face encoder or decoder in evaluation mode. It reads two texts of three tokens.
    """
    words = encoder.config.vocab_size
    ids = torch.tensor([[words - 1, words - 2, words - 3], [words - 1, words - 4, words - 5]]) % words
    ids = ids.to(next(encoder.parameters()).device)
    with torch.no_grad():
        first = encoder(input_ids=ids, attention_mask=torch.ones_like(ids))[0][:, 0]
    return torch.allclose(first[0], first[1], rtol=1e-5, atol=1e-6)


def check_reading(folder: Path, encoder: Any, read: Reduce) -> None:
    """Check that a network can be read at a token.

    Args:
        folder: Where the network lies.
        encoder: The network in evaluation mode.
        read: How its taps are reduced.

    Raises:
        DataError: It is a decoder, and is to be read at its first token, which sees no other.
    """
    if read != "first-token":
        return
    with transformers_for(folder):
        blind = sees_only_before(encoder)
    if blind:
        raise DataError(
            f"{folder}: {type(encoder).__name__} is a decoder, whose first token sees no other: give its family "
            'read="last-token"'
        )
