"""Pretrained text encoders: any Hugging Face encoder or decoder, by name or folder, with a linear head on one token.

In: what a family says of itself in one literal. Out: the family; its network has the taps `layers.0`, `layers.1`, ...
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn

from registry import DataError, ModelFamily, Tap, TokensAs, Training, Weights, folder_of
from registry._transformers import pretrained_encoder, tokenizer_in
from registry.errors import in_short
from registry.families._callers import caller_folder
from registry.families._decoders import check_reading, is_decoder_folder
from registry.tokens import at_tokens
from registry.words import check_word

FILES = dict.fromkeys(("config.json", "tokenizer.json", "tokenizer_config.json", "*.safetensors"))
EXTRA = ("special_tokens_map.json", "added_tokens.json")  # they change tokens if they are there
TRAINING = Training(
    optimizer="adamw",
    learning_rate=5e-5,
    weight_decay=0.01,
    batch_size=16,
    max_epochs=50,
    stop_loss=0.075,
    patience=3,
    warmup_steps=100,
)
_REPOSITORY = re.compile(r"(?:[A-Za-z0-9][\w.-]*/)?[A-Za-z0-9][\w.-]*")


class TokenClassifier(nn.Module):
    """An encoder with a linear head on its first token, its last token or their mean.

    A network that was fine-tuned under another head holds that one, with its encoder, as `whole` in place of the head.

    Attributes:
        read: Which token the head reads.
        layers: The encoder's own stack of layers, which taps read.
        encoder: The Hugging Face encoder.
        whole: The network whose logits are given in place of the head's, if there is one.
    """

    def __init__(
        self,
        encoder: nn.Module,
        layers: nn.ModuleList,
        width: int,
        dropout: float,
        num_classes: int,
        read: TokensAs = "first-token",
    ) -> None:
        super().__init__()
        self.read = read
        self.layers = layers  # before the encoder, so that this is the name by which they are tapped
        self.encoder: Any = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, num_classes)
        self.whole: nn.Module | None = None

    def hold(self, whole: Any) -> None:
        """From now on give the logits of another network with such an encoder, which takes this one's mode and device.

        Args:
            whole: A `WholeClassifier`. Its word embeddings are frozen if those of this network are.
        """
        frozen = not self.encoder.get_input_embeddings().weight.requires_grad
        whole.encoder.get_input_embeddings().weight.requires_grad_(not frozen)
        whole.to(self.head.weight.device).train(self.training)
        self.layers, self.encoder, self.whole = whole.layers, whole.encoder, whole
        del self.dropout, self.head

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Logits of texts.

        Args:
            input_ids: (B, T) token ids.
            attention_mask: (B, T), not 0 where a token is no padding.

        Returns:
            (B, num_classes).
        """
        if self.whole is not None:
            return self.whole(input_ids, attention_mask)  # type: ignore[no-any-return]
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        return self.head(self.dropout(at_tokens(hidden, attention_mask, self.read)))  # type: ignore[no-any-return]


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
    read: TokensAs | None = None,
) -> ModelFamily:
    """A family of the first layers of a pretrained encoder, with a linear head.

    Weights are read from safetensors only.

    Args:
        name: The family's name.
        encoder: A folder with config.json, tokenizer.json and model.safetensors; a name on the Hugging Face hub, which
            `memorank fetch` with the family's name gets; or `Weights`, as of another family. A relative folder is one
            beside the Python file that calls this function, wherever the command runs. "./x", "../x" and "~/x" are
            never names on the hub.
        layers: How many of its layers the network has, each of which is tapped.
        reference: Who described it.
        revision: The commit on the hub that is fetched.
        licence: Under which terms the weights were published.
        size: How much there is to download, in words.
        freeze_embeddings: Whether the embeddings of words stay as they were pretrained.
        training: How it is trained unless a plan says otherwise; by default as BERT is usually fine-tuned.
        version: Raise it when a change moves numbers.
        read: The token that the head reads and that is tapped after every layer, or "mean-of-tokens". Without it, that
            is the first token, but the last one of a decoder in a folder (GPT-2, Llama, ...), whose tokens see only
            those before them. A decoder by name needs read="last-token".

    Returns:
        The family. Building its network raises DataError if the folder is not whole, has fewer layers, or is a decoder
        that is to be read at its first token.

    Raises:
        ValueError: `encoder` is neither a folder that is there nor a name, or `read` is no such word.
    """
    if read is not None:
        check_word("read", read, TokensAs)
    if isinstance(encoder, Weights):
        weights = encoder
    else:
        folder, fetch = _source(encoder, revision, caller_folder())
        weights = Weights(
            name=name,
            files=FILES,
            reference=reference,
            licence=licence,
            size=size,
            fetch=fetch,
            folder=folder,
            extra=EXTRA,
        )

    token = read or ("last-token" if weights.folder and is_decoder_folder(weights.folder) else "first-token")

    def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
        return classifier(folder_of(weights), layers, num_classes, freeze_embeddings, token)

    def tokenizer() -> Any:
        return tokenizer_in(folder_of(weights))

    return ModelFamily(
        name=name,
        modality="text",
        build=build,
        taps=tuple(Tap(f"layers.{layer}", token) for layer in range(layers)),
        reference=reference,
        version=version,
        training=training,
        tokenizer=tokenizer,
        weights=weights,
    )


def classifier(
    folder: Path, layers: int, num_classes: int, freeze_embeddings: bool, read: TokensAs = "first-token"
) -> nn.Module:
    """The pretrained network, whose head is drawn by torch's generator.

    Args:
        folder: Where config.json and the weights lie.
        layers: How many of the encoder's layers it has.
        num_classes: How many logits it gives.
        freeze_embeddings: Whether the embeddings of words are not trained.
        read: Which token the head reads.

    Raises:
        DataError: The folder is not whole, has fewer layers, or is a decoder that is to be read at its first token.
    """
    encoder = pretrained_encoder(folder)
    check_reading(folder, encoder, read)
    return cut(encoder, layers, num_classes, freeze_embeddings, read)


def cut(
    encoder: Any, layers: int, num_classes: int, freeze_embeddings: bool = False, read: TokensAs = "first-token"
) -> nn.Module:
    """The first layers of a Hugging Face encoder under a linear head.

    Args:
        encoder: The encoder, which loses the layers that are left out, and its pooler.
        layers: How many of its layers stay.
        num_classes: How many logits the network gives.
        freeze_embeddings: Whether the embeddings of words are not trained.
        read: Which token the head reads.

    Raises:
        DataError: The encoder has fewer layers, or no single stack of them.
    """
    config = encoder.config
    if layers > config.num_hidden_layers:
        raise DataError(f"the encoder has {config.num_hidden_layers} layers, not {layers}")
    stack = layers_of(encoder)
    del stack[layers:]
    config.num_hidden_layers = layers
    config.use_cache = False  # a decoder keeps it for tokens that it would go on to write
    if getattr(encoder, "pooler", None) is not None:
        encoder.pooler = None  # it comes after the last hidden state, which the head reads
    encoder.get_input_embeddings().weight.requires_grad_(not freeze_embeddings)
    dropout = getattr(config, "hidden_dropout_prob", getattr(config, "dropout", 0.1))
    return TokenClassifier(encoder, stack, config.hidden_size, dropout, num_classes, read)


def layers_of(encoder: Any) -> nn.ModuleList:
    """The stack of all layers of a Hugging Face network. Raises DataError if there is not exactly one."""
    count = encoder.config.num_hidden_layers
    stacks = [module for module in encoder.modules() if isinstance(module, nn.ModuleList) and len(module) == count]
    if len(stacks) != 1:
        raise DataError(f"{type(encoder).__name__} has {len(stacks)} stacks of all its layers, not 1")
    return stacks[0]


def _source(encoder: str, revision: str | None, beside: Path) -> tuple[Path | None, Callable[[Path], None] | None]:
    """Where an encoder comes from: the folder where it lies, or how it is fetched by its name.

    Raises:
        ValueError: It is neither a folder nor a name on the hub.
    """
    folder = beside / Path(encoder).expanduser()
    if encoder and (Path(encoder).expanduser().is_absolute() or folder.is_dir()):
        return folder.resolve(), None
    if not _REPOSITORY.fullmatch(encoder) or ".." in encoder:
        raise ValueError(f"{encoder!r} is neither a folder in {beside} nor a name on the Hugging Face hub")
    return None, lambda into: fetch_from_hub(encoder, revision, into)


def fetch_from_hub(encoder: str, revision: str | None, folder: Path) -> None:
    """Put an encoder by its name on the Hugging Face hub into a folder, without pickles.

    Raises:
        DataError: The hub does not give it; what else can be done is said.
    """
    from huggingface_hub import snapshot_download

    try:
        snapshot_download(encoder, revision=revision, allow_patterns=list(FILES), local_dir=folder)
    except Exception as error:  # the hub's client raises its own, httpx's and the system's errors
        cure = f"or put {', '.join(FILES)} into {folder}"
        raise DataError(f"cannot download {encoder}: {in_short(error)}; {cure}") from error
