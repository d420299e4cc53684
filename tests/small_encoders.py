"""Encoders small enough for every test, in the folders that Hugging Face writes."""

from pathlib import Path
from typing import Any

import torch

from registry import ModelFamily, Training, Weights
from registry._transformers import import_transformers
from registry.families import toy_encoder
from registry.families._encoders import encoder_family

LEARNS = Training(optimizer="adamw", learning_rate=3e-3, batch_size=16, warmup_steps=10, patience=2)
WORDS = len(toy_encoder.WORDS)
ARCHITECTURES: dict[str, dict[str, Any]] = {
    "BertModel": {"hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 32},
    "RobertaModel": {"hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 32},
    "DistilBertModel": {"dim": 16, "n_layers": 3, "n_heads": 2, "hidden_dim": 32},
    "ElectraModel": {"hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 32},
}
DECODERS: dict[str, dict[str, Any]] = {
    "GPT2Model": {"n_embd": 16, "n_layer": 3, "n_head": 2, "n_positions": 512},
    "LlamaModel": {**ARCHITECTURES["BertModel"], "max_position_embeddings": 512},
}


def saved(folder: Path, architecture: str = "BertModel") -> Path:
    """A small encoder or decoder with random weights in Hugging Face's format, its head's pooler too."""
    transformers = import_transformers()
    torch.manual_seed(0)
    model = getattr(transformers, architecture)
    size = (ARCHITECTURES | DECODERS)[architecture]
    model(model.config_class(vocab_size=WORDS, **size)).save_pretrained(folder)
    toy_encoder.tokenizer().save_pretrained(folder)
    return folder


def small_gemma(both_ways: bool) -> Any:
    """A small Gemma far from where weights begin: a decoder, or as EmbeddingGemma one whose tokens see all others."""
    transformers = import_transformers()
    torch.manual_seed(0)
    size = {**ARCHITECTURES["BertModel"], "num_key_value_heads": 1, "head_dim": 8}
    config = transformers.Gemma3TextConfig(
        vocab_size=WORDS, pad_token_id=0, use_bidirectional_attention=both_ways, bos_token_id=1, eos_token_id=2, **size
    )
    network = transformers.Gemma3TextModel(config).eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight += 0.2 * torch.randn_like(weight)
    return network


def saved_classifier(folder: Path, architecture: str, classes: int, **config: Any) -> Any:
    """A small sequence classifier of Hugging Face, far from where weights begin, and its folder; ids are padded by 0.

    `architecture` is that of its encoder.
    """
    transformers = import_transformers()
    torch.manual_seed(1)
    kind = getattr(transformers, architecture.removesuffix("Model") + "ForSequenceClassification")
    size = {"vocab_size": WORDS, "pad_token_id": 0, "num_labels": classes, **(ARCHITECTURES | DECODERS)[architecture]}
    model = kind(kind.config_class(**size | config)).eval()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    model.save_pretrained(folder)
    toy_encoder.tokenizer().save_pretrained(folder)
    return model


def family(encoder: str | Weights, layers: int = 3, **other: Any) -> ModelFamily:
    return encoder_family(name="small", encoder=encoder, layers=layers, reference="none: made for a test", **other)
