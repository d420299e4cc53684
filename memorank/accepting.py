"""A pack that somebody sends becomes a published board: it is verified, and its files are made from its records.

In: the folder of a published board, which holds a pack. Out: its board's files and check.json, which says how far the
pack could be checked. Code of the pack's own is never run: such a pack stays claimed.

python -m memorank.accepting NAME [--cells N] [--seed N] [--keep-board]
"""

import argparse
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

CELLS = 8
SEED_BITS = 32


def accept(name: str, cells: int, seed: int, to: Path, keep: bool = False) -> bool:
    """Verify a published pack, and write its board's files and check.json.

    Args:
        name: Of the published board.
        cells: How many cells to compute again.
        seed: Of their draw.
        to: The folder of the published boards.
        keep: Whether the files of its board stay as they are, which somebody has made whom we trust.

    Returns:
        Whether nothing differs. Only then anything is written.

    Raises:
        UserError: The pack cannot be used, or is not of this name.
    """
    from benchmark.inspection.pack_verification import verify_pack
    from benchmark.inspection.verification import Asked
    from benchmark.plain.findings import FAULTS, GAPS
    from benchmark.process.files import write_json
    from benchmark.process.paths import absolute
    from benchmark.process.progress import Shown
    from benchmark.process.provenance import environment
    from benchmark.process.wrapping import say
    from leaderboard.published_boards import CHECK, PACK
    from leaderboard.publishing import write_texts
    from registry import UserError, data_folder

    pack = to / name / PACK
    faults, level, own_name = 0, "claimed", ""
    for found in verify_pack(pack, absolute(data_folder(None)), Asked(cells, seed), Shown()):
        say(found)
        # a plan that this version would derive otherwise may give its measures any direction: it makes no board here
        faults += found.kind in FAULTS or (found.kind in GAPS and found.about == "plan.json")
        level = found.about if found.kind == "reached" else level
        own_name = found.about if found.kind == "pack" else own_name
    if own_name != name:
        raise UserError(f"{name}: the pack in it is called {own_name}")
    if faults:
        return False
    if not keep:
        write_texts(pack)
    here = environment()
    check = {"level": level, "cells": cells, "seed": seed, "on": here["machine"]["processor"]}
    write_json(to / name / CHECK, {**check, "memorank": here["versions"]["memorank"]})
    return True


def main(words: Sequence[str]) -> int:
    """The command; 1 where a pack is not what it says, 2 where it cannot be used."""
    from benchmark.process.wrapping import complain
    from leaderboard.published_boards import FOLDER
    from memorank.option_kinds import count
    from memorank.option_kinds import seed as a_seed
    from registry import UserError

    parser = argparse.ArgumentParser(prog="python -m memorank.accepting")
    parser.add_argument("names", nargs="+", metavar="NAME", help="a folder in leaderboard/published")
    parser.add_argument("--cells", type=count, default=CELLS)
    parser.add_argument("--seed", type=a_seed, default=None)
    parser.add_argument("--keep-board", action="store_true", help="of a run of our own, whose page has more figures")
    options = parser.parse_args(words)
    seed = secrets.randbits(SEED_BITS) if options.seed is None else options.seed
    try:
        accepted = [accept(name, options.cells, seed, FOLDER, options.keep_board) for name in options.names]
    except UserError as error:
        complain(error)
        return 2
    return 0 if all(accepted) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
