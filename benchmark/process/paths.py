"""Paths as a command is given them, as it uses them, and as it shows them.

In: the words of a user. Out: absolute paths, which an entry's code cannot move by changing the working directory.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar, overload

from registry import UserError

Item = TypeVar("Item")


def absolute(given: str | Path) -> Path:
    """The path from the root, `~` as the user's home. Raises UserError for an empty path, or if there is no such home.

    >>> absolute("/runs/toy").as_posix()
    '/runs/toy'
    """
    if not str(given):
        raise UserError("an empty path was given: say a folder, . for this one")
    try:
        return Path(given).expanduser().absolute()
    except (RuntimeError, OSError) as error:
        raise UserError(f"{given}: {error}") from error


@overload
def each(given: str | Sequence[str]) -> tuple[str, ...]: ...


@overload
def each(given: str | Path | Iterable[Item]) -> tuple[str | Path | Item, ...]: ...


def each(given: str | Path | Iterable[Item]) -> tuple[str | Path | Item, ...]:
    """Several given things as a tuple; a text or a path by itself is one thing.

    >>> each("net.py"), each(["net.py", "suite.py"])
    (('net.py',), ('net.py', 'suite.py'))
    """
    return (given,) if isinstance(given, str | Path) else tuple(given)


def shown(path: Path) -> str:
    """A path as a message says it: from the working directory where it lies there.

    >>> shown(Path.cwd() / "runs" / "toy")
    'runs/toy'
    """
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
