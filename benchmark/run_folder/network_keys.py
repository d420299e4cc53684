"""Which network of a run folder is meant by a word.

In: a run folder and a word. Out: the key of a network's cell; or an error with the nearest ones.
"""

from pathlib import Path

from benchmark.plan.content import CellRow
from benchmark.process.paths import shown
from benchmark.run_folder.records import read_resolved
from benchmark.run_folder.run_plans import kept_plans
from registry import UserError, did_you_mean

SHOWN = 4  # keys in a message


def cells_of(run: Path) -> dict[str, CellRow]:
    """The cells of every plan of a run folder by key, those of its own plan first. Raises as `read_resolved` does."""
    plans = [read_resolved(run), *kept_plans(run).values()]
    return {cell["key"]: cell for plan in reversed(plans) for cell in plan["cells"]}


def network_meant(run: Path, word: str) -> str:
    """The key of the network that a word means.

    Args:
        run: The run folder.
        word: The key of the network's cell, its readable part before the hash, or how only one such key begins.

    Raises:
        UserError: It is no run folder; or no network is meant, several are, or a score.
    """
    cells = cells_of(run)
    networks = [key for key, cell in cells.items() if cell["work"] == "train"]
    meant = (
        [key for key in networks if key == word]
        or [key for key in networks if key.rpartition("-")[0] == word]
        or [key for key in networks if word and key.startswith(word)]
    )
    if len(meant) == 1:
        return meant[0]
    if meant:
        some = ", ".join(meant[:SHOWN]) + (", ..." if meant[SHOWN:] else "")
        raise UserError(f"{len(meant)} networks of {shown(run)} begin with {word!r}: say more of one of them: {some}")
    if word in cells:
        raise UserError(f"{word} is a score; say its network: {cells[word]['train']}")
    near = did_you_mean(word, networks) or ": it has none"
    raise UserError(f"no network of {shown(run)} is called {word!r}, or begins so{near}")
