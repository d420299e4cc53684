"""A trained network out of a run folder: the public function, and the command `export`.

In: a run folder and the key of a network. Out: the network, or its weights with the code that loads them.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import nn


def load_network(
    run: str | Path,
    key: str,
    include: str | Path | Sequence[str | Path] = (),
    data_dir: str | Path | None = None,
) -> "nn.Module":
    """Build a network of a run folder again, from the weights that are kept of it (`keep_weights` in the plan).

    Args:
        run: The run folder.
        key: Of the network's cell, its readable part before the hash, or how no other key begins.
        include: Files of one's own, one or several, that declare the network's family. The code that a run folder
            holds is not run by itself.
        data_dir: Where pretrained weights lie that the family may begin with, as for `run`.

    Returns:
        The network, on the processor and in evaluation mode. It gives the logits of inputs as its suite makes them.

    Raises:
        UserError: There is no such network, its weights are not kept, which says why, or its family is not as it was.
    """
    from benchmark.plan.catalogue import include as included
    from benchmark.plan.catalogue import sources_of
    from benchmark.process.alone import alone
    from benchmark.process.paths import absolute
    from benchmark.run.stored_networks import stored_network
    from benchmark.run_folder.network_keys import network_meant
    from registry import UserError, data_folder

    folder = absolute(run)
    with alone(f"memorank.load_network({key!r})"):
        if problems := included(sources_of(include)):
            raise UserError("; ".join(problems))
        root = absolute(data_folder(data_dir))
        return stored_network(folder, network_meant(folder, key), root)[0]


def command_export(options: argparse.Namespace) -> int:
    """Write the weights of a network, and the code that loads them."""
    from benchmark.process.paths import absolute, shown
    from benchmark.process.wrapping import say
    from benchmark.run.exporting import check_place, export
    from benchmark.run_folder.network_keys import network_meant

    run, out = absolute(options.folder), absolute(options.out)
    check_place(out)
    key = network_meant(run, options.key)
    weights, code = export(run, key, out)
    say(f"{key}: weights in {shown(weights)}, and in {shown(code)} the code that loads them")
    return 0
