"""Whole text classifiers: any Hugging Face sequence classifier, by name or folder, with the head that it has.

In: what a family says of itself in one literal. Out: the family; its network has the taps `layers.0`, `layers.1`, ...
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import torch
from torch import nn

from registry import DataError, ModelFamily, TokensAs, Training, Weights, folder_of
from registry._transformers import pretrained
from registry.families._decoders import check_reading, sees_only_before
from registry.families._encoders import TRAINING, encoder_family, layers_of


class WholeClassifier(nn.Module):
    """A Hugging Face sequence classifier, with the head that it has.

    Attributes:
        layers: The classifier's own stack of layers, which taps read.
        model: The Hugging Face network.
        padding: The id of the token that stands for padding, if its configuration has one.

    Raises:
        DataError: It is a decoder without padding, which takes no batches; `place`, where it lies on disk, is named.
    """

    def __init__(self, model: Any, place: Path) -> None:
        super().__init__()
        self.layers = layers_of(model)  # before the model, so that this is the name by which they are tapped
        self.model = model
        self.padding: int | None = model.config.pad_token_id
        if self.padding is None and sees_only_before(self.encoder):
            kind = type(model).__name__
            raise DataError(
                f"{place}: {kind} takes no batches without a pad_token_id: put that of the tokenizer into config.json"
            )

    @property
    def encoder(self) -> Any:
        """The part of the network under its head."""
        return self.model.base_model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Logits of texts.

        Args:
            input_ids: (B, T) token ids.
            attention_mask: (B, T), 0 where a token is padding.

        Returns:
            (B, num_classes).
        """
        if self.padding is not None:  # a decoder's head looks for it, and the tokenizer may pad with another token
            input_ids = input_ids.masked_fill(attention_mask == 0, self.padding)
        return self.model(input_ids=input_ids, attention_mask=attention_mask).logits  # type: ignore[no-any-return]


def classifier_family(
    name: str,
    classifier: str | Weights,
    layers: int,
    reference: str,
    revision: str | None = None,
    licence: str = "that of the classifier",
    size: str = "as large as the classifier",
    freeze_embeddings: bool = False,
    training: Training = TRAINING,
    version: int = 1,
    read: TokensAs | None = None,
) -> ModelFamily:
    """A family of a fine-tuned Hugging Face sequence classifier, head included: before training it gives its logits.

    Args:
        name: The family's name.
        classifier: A name on the hub, a folder or `Weights`, as the encoder of `encoder_family`.
        layers: How many layers it has. It is taken whole, and each of them is tapped.
        reference: Who described it.
        revision: The commit on the hub that is fetched.
        licence: Under which terms the weights were published.
        size: How much there is to download, in words.
        freeze_embeddings: Whether the embeddings of words stay as they are.
        training: How it is trained further unless a plan says otherwise.
        version: Raise it when a change moves numbers.
        read: The token that is tapped after every layer: by default the first, but the last of a decoder in a folder.

    Returns:
        The family. Building its network raises DataError for another number of layers or classes, and for a folder
        whose weights are not, name by name, those of the classifier that its config.json describes.

    Raises:
        ValueError: `classifier` is neither a folder that is there nor a name, or `read` is no such word.
    """
    family = encoder_family(
        name, classifier, layers, reference, revision, licence, size, freeze_embeddings, training, version, read
    )
    weights = cast(Weights, family.weights)

    def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
        folder = folder_of(weights)
        network = _from_folder(folder, layers, num_classes)
        check_reading(folder, network.encoder, family.taps[0].reduce)
        network.encoder.get_input_embeddings().weight.requires_grad_(not freeze_embeddings)
        return network

    return replace(family, build=build)


def _from_folder(folder: Path, layers: int, num_classes: int) -> WholeClassifier:
    """The classifier in a folder.

    Raises:
        DataError: Weights are missing or left over, or there are other layers or classes than were asked for.
    """
    model, loaded = pretrained(folder, "AutoModelForSequenceClassification")
    kind, config = type(model).__name__, model.config
    for word, names in (
        ("lack some of", loaded["missing_keys"]),
        ("hold more than those of", loaded["unexpected_keys"]),
    ):
        if names:
            raise DataError(f"{folder}: its weights {word} a {kind}: {min(names)} ({len(names)} such)")
    if config.num_hidden_layers != layers:
        raise DataError(f"{folder}: this {kind} has {config.num_hidden_layers} layers, not {layers}; it is taken whole")
    config.use_cache = False  # a decoder keeps it for tokens that it would go on to write
    whole = WholeClassifier(model, folder)
    if config.num_labels != num_classes:
        raise DataError(f"{folder}: this {kind} tells {config.num_labels} classes apart, not {num_classes}")
    return whole
