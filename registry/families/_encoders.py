"""Pretrained text encoders: any Hugging Face encoder, by name or folder, with a linear head on the first token.

In: what a family says of itself in one literal. Out: the family; its network has the taps `layers.0`, `layers.1`, ...
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn

from registry import DataError, ModelFamily, Tap, Training, Weights, folder_of
from registry._transformers import pretrained_encoder, transformers_for
from registry.errors import in_short

FILES = dict.fromkeys(("config.json", "tokenizer.json", "tokenizer_config.json", "*.safetensors"))
TRAINING = Training(
    optimizer="adamw",
    learning_rate=5e-5,
    weight_decay=0.01,
    batch_size=16,
    max_epochs=50,
    stop_loss=0.075,
    patience=3,
    warmup_steps=100,
    precision="bfloat16",
)
_REPOSITORY = re.compile(r"(?:[A-Za-z0-9][\w.-]*/)?[A-Za-z0-9][\w.-]*")


class FirstTokenClassifier(nn.Module):
    """An encoder and a linear head on its first token; `layers` are the encoder's own."""

    def __init__(self, encoder: nn.Module, layers: nn.ModuleList, width: int, dropout: float, num_classes: int) -> None:
        super().__init__()
        self.layers = layers  # before the encoder, so that this is the name by which they are tapped
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, num_classes)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """(B, T) token ids and their mask to logits (B, num_classes)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        return self.head(self.dropout(hidden[:, 0]))  # type: ignore[no-any-return]


def encoder_family(
    name: str,
    encoder: str | Weights,
    layers: int,
    reference: str,
    revision: str | None = None,
    licence: str = "that of the encoder",
    size: str = "as large as the encoder",
    freeze_embeddings: bool = False,
    training: Training = TRAINING,
    version: int = 1,
) -> ModelFamily:
    """A family of the first `layers` layers of a pretrained encoder.

    `encoder` is a name on the Hugging Face hub (`memorank fetch` with the family's name gets it, at `revision`), a
    folder with config.json, tokenizer.json and model.safetensors, or `Weights`, as of another family. Weights are read
    from safetensors only. With `freeze_embeddings` the embeddings of words stay as they were pretrained. Raises
    ValueError for what is none of these.
    """
    if isinstance(encoder, Weights):
        weights = encoder
    else:
        folder, fetch = _source(encoder, revision)
        weights = Weights(
            name=name, files=FILES, reference=reference, licence=licence, size=size, fetch=fetch, folder=folder
        )

    def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
        return classifier(folder_of(weights), layers, num_classes, freeze_embeddings)

    def tokenizer() -> Any:
        folder = folder_of(weights)
        with transformers_for(folder) as transformers:
            return transformers.AutoTokenizer.from_pretrained(
                str(folder), local_files_only=True, trust_remote_code=False
            )

    return ModelFamily(
        name=name,
        modality="text",
        build=build,
        taps=tuple(Tap(f"layers.{layer}", "first-token") for layer in range(layers)),
        reference=reference,
        version=version,
        training=training,
        tokenizer=tokenizer,
        weights=weights,
    )


def classifier(folder: Path, layers: int, num_classes: int, freeze_embeddings: bool) -> nn.Module:
    """The pretrained network; its head is drawn by torch's generator. Raises DataError for what is no such folder."""
    return cut(pretrained_encoder(folder), layers, num_classes, freeze_embeddings)


def cut(encoder: Any, layers: int, num_classes: int, freeze_embeddings: bool = False) -> nn.Module:
    """The first layers of a Hugging Face encoder under a linear head. Raises DataError where it has fewer."""
    config = encoder.config
    if layers > config.num_hidden_layers:
        raise DataError(f"the encoder has {config.num_hidden_layers} layers, not {layers}")
    stacks = [m for m in encoder.modules() if isinstance(m, nn.ModuleList) and len(m) == config.num_hidden_layers]
    if len(stacks) != 1:
        raise DataError(f"{type(encoder).__name__} has {len(stacks)} stacks of all its layers, not 1")
    del stacks[0][layers:]
    config.num_hidden_layers = layers
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None  # it comes after the last hidden state, which the head reads
    encoder.get_input_embeddings().weight.requires_grad_(not freeze_embeddings)
    dropout = getattr(config, "hidden_dropout_prob", getattr(config, "dropout", 0.1))
    return FirstTokenClassifier(encoder, stacks[0], config.hidden_size, dropout, num_classes)


def _source(encoder: str, revision: str | None) -> tuple[Path | None, Callable[[Path], None] | None]:
    """Where an encoder comes from: the folder where it lies, or how it is fetched by its name."""
    folder = Path(encoder).expanduser()
    if encoder and (folder.is_absolute() or folder.is_dir()):
        return folder.resolve(), None
    if not _REPOSITORY.fullmatch(encoder) or ".." in encoder:
        raise ValueError(f"{encoder!r} is neither a folder nor a name on the Hugging Face hub")
    return None, lambda into: fetch_from_hub(encoder, revision, into)


def fetch_from_hub(encoder: str, revision: str | None, folder: Path) -> None:
    """Raises DataError."""
    from huggingface_hub import snapshot_download

    try:
        snapshot_download(encoder, revision=revision, allow_patterns=list(FILES), local_dir=folder)
    except Exception as error:  # the hub's client raises its own, httpx's and the system's errors
        cure = f"or put {', '.join(FILES)} into {folder}"
        raise DataError(f"cannot download {encoder}: {in_short(error)}; {cure}") from error
