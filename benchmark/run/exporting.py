"""A trained network out of a run folder: its weights as a file of their own, and beside it the code that loads them.

In: a run folder, the key of a network, a place. Out: NAME.safetensors and NAME.py. A file of somebody else's stays.
"""

import os
from pathlib import Path

from benchmark.networks.weights import aliases_in, facts_in
from benchmark.process.files import write_file
from benchmark.process.paths import shown
from benchmark.run.loading_code import HEAD, loading_code
from benchmark.run.stored_networks import declaring, weights_of
from registry import UserError
from registry.regular_files import read_regular

SUFFIX = ".safetensors"


def export(run: Path, key: str, out: Path) -> tuple[Path, Path]:
    """Write a network's weights and the code that loads them.

    Args:
        run: The run folder.
        key: Of the network's cell.
        out: The file for the weights, NAME.safetensors; the code is NAME.py beside it.

    Returns:
        Both files.

    Raises:
        UserError: The place cannot be used, a file is there that memorank did not export, or as `weights_of` does.
    """
    code = check_place(out)
    content, identity = weights_of(run, key)
    try:
        facts, aliases = facts_in(content), dict(aliases_in(content))
    except ValueError as error:
        raise UserError(f"{shown(run)}: {key}: its weights cannot be used: {error}") from None
    text = loading_code(out.name, facts, aliases, identity, declaring(run, identity))
    write_file(out, content)
    write_file(code, text.encode())
    return out, code


def check_place(out: Path) -> Path:
    """Where the code goes beside a file of weights. Nothing is written.

    Raises:
        UserError: It is no name of a safetensors file, or one of the two files is there and not ours.
    """
    if out.suffix != SUFFIX or out.is_dir():
        meant = out / f"model{SUFFIX}" if out.is_dir() else out.with_name(f"{out.stem}{SUFFIX}")
        raise UserError(f"{shown(out)} names no {SUFFIX} file: say one, as in --out {shown(meant)}")
    code = out.with_suffix(".py")
    for place, is_ours in ((out, _is_weights), (code, _is_code)):
        if os.path.lexists(place) and not is_ours(place):
            raise UserError(f"{shown(place)} is there, and memorank did not export it: choose another --out")
    return code


def _is_weights(place: Path) -> bool:
    try:
        facts_in(read_regular(place))
    except (OSError, ValueError):
        return False
    return True


def _is_code(place: Path) -> bool:
    try:
        return read_regular(place).startswith(HEAD.encode())
    except OSError:
        return False
