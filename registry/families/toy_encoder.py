"""A transformer small enough for every test, with random weights and a word for a token: no file, no download."""

from typing import Any

from torch import nn

from registry import ModelFamily, Tap, Training
from registry._transformers import import_transformers
from registry.families._encoders import cut

FILLERS = "the film a story actor scene music is was and with its in ending"
OPINIONS = "hated asleep leave waste loved laughed again awake bad dull weak good fresh strong"
WORDS = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", *OPINIONS.split(), *FILLERS.split()]
LAYERS, WIDTH = 2, 16


def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
    """A BERT of two layers of 16 under a linear head, with room for `input_shape[0]` tokens."""
    transformers = import_transformers()
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=2,
        intermediate_size=2 * WIDTH,
        max_position_embeddings=input_shape[0],
    )
    return cut(transformers.BertModel(config), LAYERS, num_classes)


def tokenizer() -> Any:
    """A Hugging Face tokenizer to which each of `WORDS` is a token, and every other word unknown."""
    transformers = import_transformers()
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    number = {word: place for place, word in enumerate(WORDS)}
    padding, first, last, unknown = WORDS[:4]
    words = Tokenizer(models.WordLevel(number, unk_token=unknown))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.post_processor = processors.BertProcessing((last, number[last]), (first, number[first]))
    return transformers.PreTrainedTokenizerFast(tokenizer_object=words, pad_token=padding, unk_token=unknown)


FAMILY = ModelFamily(
    name="toy-encoder",
    modality="text",
    build=build,
    tokenizer=tokenizer,
    taps=tuple(Tap(f"layers.{layer}", "first-token") for layer in range(LAYERS)),
    reference="none: made for tests and first steps",
    training=Training(
        optimizer="adamw", learning_rate=3e-3, batch_size=32, max_epochs=15, stop_loss=0.05, warmup_steps=10
    ),
)
