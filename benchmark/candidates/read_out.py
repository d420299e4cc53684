"""A network read at its taps, and what was read of it in a few words.

In: a network, its inputs and taps. Out: activations (S, N) by tap, and a sentence.
"""

from collections.abc import Sequence

from torch import nn

from benchmark.networks.inputs import Inputs
from benchmark.networks.own_networks import Reader
from benchmark.networks.own_taps import Taps
from benchmark.networks.training import device
from benchmark.ranking.given import Given
from registry import Tap

SHOWN = 4  # taps in a sentence
AT = {
    "first-token": "at the first token",
    "last-token": "at the last token",
    "mean-of-tokens": "over all tokens",
    "spatial-mean": "over all places",
    "none": "",
}


def read_out(network: nn.Module, inputs: Inputs, taps: Taps, what: str, done: str = "") -> tuple[Given, str]:
    """Read a network, on a GPU where there is one.

    Args:
        network: It is moved there.
        inputs: What it reads.
        taps: Where.
        what: It is, in words.
        done: What was done to the inputs, in words, if anything.

    Returns:
        The activations by tap, and all of this as one sentence.

    Raises:
        UserError: The network does not take the inputs, or has no such taps.
    """
    reader = Reader(network.to(device()), inputs, taps)
    unpadded = "texts of one length at a time, as padding would change them" if reader.one_length else ""
    return reader.read(), ", ".join(part for part in (f"{what}: {tap_words(reader.taps)}", done, unpadded) if part)


def tap_words(taps: Sequence[Tap]) -> str:
    """Where a network was read.

    >>> tap_words([Tap("layers.0", "first-token"), Tap("layers.1", "first-token")]), tap_words([Tap("fc")])
    ('layers.0, layers.1 at the first token', 'fc')
    """
    paths = [tap.module_path for tap in taps]
    named = ", ".join(paths) if len(paths) <= SHOWN else f"{len(paths)} taps from {paths[0]} to {paths[-1]}"
    reductions = list(dict.fromkeys(AT[tap.reduce] for tap in taps))
    return f"{named} {' and '.join(filter(None, reductions))}".strip()
