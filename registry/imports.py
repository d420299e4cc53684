"""Which modules does a text import, and where do they lie? Found by reading, nothing is imported.

In: the bytes of a file. Out: the modules of the user's own that its import statements reach, each with its bytes.
"""

import ast
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from registry.errors import UserError
from registry.opened import OWN
from registry.regular_files import read_regular

_INSTALLED = ("site-packages", "dist-packages")  # folders of these names hold what was installed
_STDLIB = tuple(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))


class BringsSources:
    """A finder of modules whose bytes are at hand already.

    Where such modules lie on the disk is looked for without it.
    """


@dataclass(frozen=True)
class Helper:
    """A module that a user's file imports: its dotted name, where it lies, and its bytes."""

    name: str
    file: Path
    content: bytes

    @property
    def package(self) -> bool:
        """Whether it is the `__init__` of a package."""
        return self.file.stem == "__init__"


def reached(names: list[str], origin_of: Callable[[str], Path | None]) -> tuple[Helper, ...]:
    """The modules that have an origin among some names, and those that they import in turn.

    Args:
        names: Dotted names.
        origin_of: The file of a module by its dotted name, None for what is not to be followed.

    Returns:
        Each module once, sorted by name.

    Raises:
        UserError: A file cannot be read.
    """
    found: dict[str, Helper] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        origin = None if name in found else origin_of(name)
        if origin is not None:
            found[name] = Helper(name, origin, read_file(origin))
            package = name if found[name].package else name.rpartition(".")[0]
            waiting += imported_by(found[name].content, package) if origin.suffix == ".py" else ()
    return tuple(found[name] for name in sorted(found))


def read_file(file: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UserError: It cannot be read.
    """
    try:
        return read_regular(file)
    except OSError as error:
        raise UserError(f"{file}: {error.strerror or error}") from error


def imported_by(content: bytes, package: str) -> Iterator[str]:
    """The names that the import statements of a text may mean, wherever they stand, with the packages around them.

    Args:
        content: The text; of what is no Python nothing is found.
        package: The package that the text lies in, "" for none, to which relative imports are relative.

    Yields:
        Dotted names, some of them several times. `from a import b` may mean the module a.b, so it is one of them.

    >>> list(imported_by(b"from .a import b", "top"))
    ['top', 'top.a', 'top', 'top.a', 'top.a.b']
    """
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # told where the entries of the file are looked for
        return
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            around = package.split(".")[: len(package.split(".")) - (node.level - 1)] if node.level else []
            base = ".".join(filter(None, [*around, node.module or ""]))
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)] if base else []
        for name in names:
            yield from with_packages(name)


def with_packages(name: str) -> list[str]:
    """A dotted name with the packages around it.

    >>> with_packages("a.b.c")
    ['a', 'a.b', 'a.b.c']
    """
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def origin_of_user(name: str, beside: Path) -> Path | None:
    """The file of a helper module of a user's.

    Args:
        name: The module's dotted name.
        beside: The folder of the user's file, where the module is looked for if Python does not find it.

    Returns:
        None if there is no such module, or it is Python's, memorank's, or installed.
    """
    top = name.partition(".")[0]
    if top in OWN or top in sys.stdlib_module_names or top == "__main__":
        return None
    origin = _file_in(_spec(top) or PathFinder.find_spec(top, [str(beside)]), name)
    return None if origin is None or is_installed(origin) else origin


def origin_within(top: str, name: str) -> Path | None:
    """The file of a module of the package `top`, installed or not; None if it is another package's or not there."""
    return _file_in(_spec(top), name) if name.partition(".")[0] == top else None


def _file_in(spec: ModuleSpec | None, name: str) -> Path | None:
    """The file of the module `name` in the top-level module or package of this spec."""
    if spec is None:
        return None
    file = Path(spec.origin) if spec.has_location and spec.origin else None
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    for part in name.split(".")[1:]:
        inner = PathFinder.find_spec(part, [str(folder) for folder in folders])
        if inner is None:
            return None
        # The folders of a package without `__init__` are found here: Python would ask the package around it.
        whole = inner.loader is not None and inner.has_location and inner.origin
        file = Path(inner.origin) if whole and inner.origin else None
        folders = [folder / part for folder in folders if (folder / part).is_dir()]
    return file


def _spec(top: str) -> ModuleSpec | None:
    """Where Python finds a module on the disk; never what a source has brought."""
    try:
        for finder in (one for one in sys.meta_path if not isinstance(one, BringsSources)):
            found: ModuleSpec | None = finder.find_spec(top, None)
            if found:
                return found
    except (ImportError, ValueError, AttributeError):
        pass
    return None


def is_installed(file: Path) -> bool:
    """Whether a file is Python's own or was installed: such code has a version, which records hold."""
    return any(part in _INSTALLED for part in file.parts) or any(file.is_relative_to(folder) for folder in _STDLIB)
