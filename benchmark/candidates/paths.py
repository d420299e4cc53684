"""The paths that somebody names: what each is called in the ranking.

In: NAME=PATH, or a path alone. Out: paths by name.
"""

from collections.abc import Sequence
from pathlib import Path

from registry import UserError

ENDINGS = (".npy", ".npz", ".safetensors", ".pt", ".pth", ".bin", ".ckpt")  # that are no part of a name


def named(given: Sequence[str]) -> dict[str, Path]:
    """The paths by name: NAME=PATH, or a path that is named by its last part without its ending.

    Where these are alike, as of checkpoints that a trainer has numbered, the folders around them tell them apart.

    Raises:
        UserError: One name, or one path, is given twice.

    >>> named(["runs/clean.npy", "noisy=runs/b.npz"])
    {'clean': PosixPath('runs/clean.npy'), 'noisy': PosixPath('runs/b.npz')}
    >>> list(named(["a/last.npz", "b/last.npz"]))
    ['a/last', 'b/last']
    """
    parted = [_parted(text) for text in given]
    alone = [path for name, path in parted if not name]
    found: dict[str, Path] = {}
    for name, path in parted:
        own = name or _told_apart(path, alone)
        if own in found:
            raise UserError(f"two networks are named {own!r}: give them names, as in clean={found[own]} noisy={path}")
        found[own] = path
    return found


def _parted(text: str) -> tuple[str, Path]:
    """A name, empty where none is given, and a path."""
    name, _, path = text.partition("=") if "=" in text and not Path(text).exists() else ("", "", text)
    try:
        return name, Path(path).expanduser()
    except RuntimeError as error:
        raise UserError(f"{path}: there is no such user") from error


def _told_apart(path: Path, others: Sequence[Path]) -> str:
    """As few of a path's last parts as no other path ends in."""
    own = _parts(path)
    for count in range(1, len(own) + 1):
        if sum(_parts(other)[-count:] == own[-count:] for other in others) == 1:
            return "/".join(own[-count:])
    return own[-1]


def _parts(path: Path) -> tuple[str, ...]:
    whole = path if path.name not in ("", "..") else path.resolve()
    return (*whole.parts[:-1], whole.stem if whole.suffix in ENDINGS else whole.name)
