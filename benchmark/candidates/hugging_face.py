"""A folder that transformers saved, read at its layers: an encoder or decoder of texts, or a transformer of images.

In: a folder with config.json and safetensors, and unlabelled data. Out: activations (S, N) by layer. Nothing of the
folder is run, and the network has gone when it has been read.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import nn

from benchmark.candidates.inputs import picture_inputs, token_inputs
from benchmark.candidates.preparations import PROCESSOR, of_folder
from benchmark.candidates.read_out import read_out
from benchmark.data.unlabelled.types import Unlabelled
from benchmark.networks.inputs import Inputs, Tokens
from benchmark.networks.own_networks import AUTO
from benchmark.networks.own_taps import Taps, layer_paths
from benchmark.ranking.given import Given
from registry import Tap, UserError
from registry._transformers import pretrained_encoder, tokenizer_in
from registry.errors import in_short
from registry.families._decoders import sees_only_before
from registry.words import Reduce

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "vocab.json", "spiece.model")


@dataclass(frozen=True)
class HuggingFaceFolder:
    """A network that `save_pretrained` wrote.

    Attributes:
        name: In the ranking.
        folder: Where config.json lies.
        data: What it is read on.
        taps: Which of its modules are tapped; AUTO takes all layers.
        most: So many tokens of a text are read.
    """

    name: str
    folder: Path
    data: Unlabelled
    taps: Taps = AUTO
    most: int = 128

    def read(self) -> tuple[Given, str]:
        """Its activations, and what was read of it. Raises UserError where the folder or the data cannot be used."""
        network = _encoder(pretrained_encoder(self.folder)).eval()
        inputs, words, token = self._prepared(network)
        paths = layer_paths(network)
        taps: Taps = [Tap(path, token) for path in paths] if self.taps == AUTO and paths and token else self.taps
        return read_out(network, inputs, taps, type(network).__name__, words)

    def _prepared(self, network: nn.Module) -> tuple[Inputs, str, Reduce | None]:
        """Its inputs, how they were made, and which token stands for a text; None for images."""
        who = str(self.folder)
        if (self.folder / PROCESSOR).is_file():
            inputs, words = picture_inputs(self.data, of_folder(self.folder), who)
            return inputs, words, None
        if getattr(network, "main_input_name", "") == "pixel_values":
            raise UserError(f"{who} reads images and has no {PROCESSOR}: save its image processor there too")
        if not any((self.folder / file).is_file() for file in TOKENIZER_FILES):
            raise UserError(
                f"{who} has no tokenizer: save it there too, by tokenizer.save_pretrained({self.folder.name!r})"
            )
        tokenizer = tokenizer_in(self.folder)
        tokens, words = token_inputs(self.data, network, tokenizer, self.most, who)
        return tokens, words, _token(network, tokenizer, tokens)


def _encoder(network: Any) -> nn.Module:
    """What reads the inputs: of an encoder and a decoder the first."""
    found: nn.Module = network.get_encoder() if getattr(network.config, "is_encoder_decoder", False) else network
    return found


def _token(network: Any, tokenizer: Any, tokens: Tokens) -> Reduce:
    """The token that stands for a text: a decoder's last one, a first one that the tokenizer sets there, else all."""
    if _sees_only_before(network):
        return "last-token"
    starts = tokens.ids[tokens.lengths.cumsum(0) - tokens.lengths]
    set_there = list(tokenizer("")["input_ids"])[:1]
    return "first-token" if set_there and bool((starts == set_there[0]).all()) else "mean-of-tokens"


def _sees_only_before(network: Any) -> bool:
    try:
        return sees_only_before(network)
    except Exception as error:  # a network that takes no ids alone: any of its own errors
        raise UserError(f"{type(network).__name__} does not read texts alone ({in_short(error)})") from error
