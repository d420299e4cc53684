"""Where entries are declared: our own folders, a user's file, an installed package. None is imported to be listed.

In: a folder, a file or a group of entry points. Out: a `Place` for each name, and the reason where there can be none.
"""

import ast
import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from registry._torchvision import import_torchvision
from registry.errors import UserError, in_words
from registry.isolation import contained
from registry.opened import CODE, opened
from registry.sources import INCLUDED, Source, executed, names_main, read_package, unaccounted, use_helpers

Attributes = tuple[str, str]  # FAMILY and FAMILIES


_LOADED: dict[tuple[Path, str], ModuleType | str] = {}  # by file and digest; a text is why it was refused


class BrokenEntry(UserError):
    """An entry, or a file that should declare some, that cannot be used: what and why in one line."""


@dataclass(frozen=True)
class Place:
    """A file that declares an entry, and how it becomes a module.

    Attributes:
        file: The file.
        load: Gives its module. Raises ImportError for code that cannot be used.
        source: The code of what is not memorank's own.
        reread: Reads the code of an installed package again.
    """

    file: Path
    load: Callable[[], ModuleType]
    source: Source | None = None
    reread: Callable[[], Source] | None = None

    @property
    def outside(self) -> bool:
        """Whether the entry is not memorank's own."""
        return self.source is not None

    @property
    def summary(self) -> str:
        """The first line of the file's docstring, read without importing it."""
        return (ast.get_docstring(_parsed(self.file, self._content)) or "").partition("\n")[0]

    def literals(self, name: str, attributes: Attributes) -> dict[str, Any]:
        """The keyword arguments of an entry that are written out, read without importing its file.

        Args:
            name: The entry's name.
            attributes: What entries are assigned to.
        """
        return declarations(self.file, self._content, attributes).get(name, {})

    @property
    def _content(self) -> bytes:
        return self.source.content if self.source else _content(self.file)


def own_places(package: str, folder: Path, attributes: Attributes) -> dict[str, Place]:
    """The entries of one of memorank's folders.

    Args:
        package: The dotted name of the folder.
        folder: The folder. A leading underscore marks a file that is shared machinery.
        attributes: What entries are assigned to.

    Returns:
        The place of each entry by its name.
    """
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    return {
        name: Place(file, partial(importlib.import_module, f"{package}.{file.stem}"))
        for file in files
        for name in declared_names(file, _content(file), attributes)
    }


def installed_places(group: str) -> Iterator[tuple[str, Place | str]]:
    """The entries of installed packages.

    Args:
        group: The group of entry points.

    Yields:
        Name and place of each, or its name and why its module has no file.
    """
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        file = _module_file(point)
        if file is None:
            yield point.name, f"there is no module {point.module!r}"
        else:
            reread = partial(read_package, point.module, file)
            source = reread()
            load = partial(_alone, source, partial(importlib.import_module, point.module))
            yield point.name, Place(file, load, source, reread)


def source_places(source: Source, attributes: Attributes) -> dict[str, Place]:
    """The entries of a user's file.

    Args:
        source: The file and its helper modules.
        attributes: What entries are assigned to.

    Returns:
        The place of each entry by its name.

    Raises:
        BrokenEntry: It is no Python file that can be read.
    """
    load = partial(_included, source)
    return {name: Place(source.file, load, source) for name in declared_names(source.file, source.content, attributes)}


def declared_names(path: Path, content: bytes, attributes: Attributes) -> list[str]:
    """The names of the entries that a file declares, read without importing it.

    Raises:
        BrokenEntry: It is no Python file that can be read.

    >>> declared_names(Path("x.py"), b"SUITE = TaskSuite(name='mine', version=2)", ("SUITE", "SUITES"))
    ['mine']
    """
    return list(declarations(path, content, attributes))


def declarations(path: Path, content: bytes, attributes: Attributes) -> dict[str, dict[str, Any]]:
    """The entries that a file declares, read without importing it.

    Args:
        path: The file, for messages.
        content: Its bytes.
        attributes: What entries are assigned to: one, and a tuple of several, as SUITE and SUITES.

    Returns:
        By the name of each entry those of its keyword arguments that are written out as literals. An entry whose name
        is not written out is left out.

    Raises:
        BrokenEntry: It is no Python file that can be read.
    """
    found: dict[str, dict[str, Any]] = {}
    for node in _parsed(path, content).body:
        targets: Sequence[ast.expr] = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if not any(isinstance(target, ast.Name) and target.id in attributes for target in targets):
            continue
        value = node.value  # type: ignore[attr-defined]  # only assignments have come this far
        for call in value.elts if isinstance(value, ast.Tuple | ast.List) else [value]:
            written = _literals(call.keywords) if isinstance(call, ast.Call) else {}
            if "name" in written:
                found.setdefault(str(written["name"]), written)
    return found


def _literals(keywords: Sequence[ast.keyword]) -> dict[str, Any]:
    """Those keyword arguments whose values are written out."""
    found = {}
    for keyword in keywords:
        if keyword.arg is not None:
            with suppress(ValueError, TypeError, MemoryError, RecursionError):  # what literal_eval cannot evaluate
                found[keyword.arg] = ast.literal_eval(keyword.value)
    return found


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BrokenEntry(f"{path}: {error.strerror or error}") from error


@lru_cache(maxsize=256)
def _parsed(path: Path, content: bytes) -> ast.Module:
    try:
        text = importlib.util.decode_source(content)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise BrokenEntry(f"{path}: not Python text: {error}") from error
    try:
        return ast.parse(text, str(path))
    except SyntaxError as error:
        raise BrokenEntry(f"{path}:{error.lineno or 1}: {error.msg}") from error
    except ValueError as error:  # a NUL
        raise BrokenEntry(f"{path}: not Python text: {error}") from error
    except (RecursionError, MemoryError) as error:
        raise BrokenEntry(f"{path}: an expression or block in it is nested too deeply for Python to read") from error


def _included(source: Source) -> ModuleType:
    """The module of an included file; its helper modules are those read with it, whenever they are imported."""
    use_helpers(source)
    return _alone(source, partial(executed, source))


def _alone(source: Source, load: Callable[[], ModuleType]) -> ModuleType:
    """The module that `load` gives, which is loaded once.

    Raises:
        ImportError: Its code changes the process, or imports what was not hashed.
    """
    own = source.file, source.digest
    if own not in _LOADED:
        with opened() as found:
            module, changed = _contained(source, load)
        _LOADED[own] = _refusal(source, changed, found) or module
    loaded = _LOADED[own]
    if isinstance(loaded, str):
        raise ImportError(loaded)
    return loaded


def _contained(source: Source, load: Callable[[], ModuleType]) -> tuple[ModuleType, list[str]]:
    """The module that `load` gives, and the names of what it has changed of the process, which is put back."""
    content = b"\n".join([source.content, *(helper.content for helper in source.helpers)])
    if any(name in content for name in (b"torchvision", b"transformers")) and importlib.util.find_spec("torchvision"):
        import_torchvision()
    if b"torch" in content:
        importlib.import_module("torch")  # so that what the file changes in it can be seen
    try:
        with contained() as changed:
            return load(), changed
    except SystemExit as error:
        raise ImportError("the file ends the process") from error
    except BaseException as error:
        if not (isinstance(error, GeneratorExit) or type(error).__module__.startswith(INCLUDED)):
            raise  # an error, which says itself what it is, or the user, who wants to stop
        raise ImportError(f"the file raises {in_words(error)}") from error


def _refusal(source: Source, changed: list[str], found: set[str]) -> str | None:
    """Why code cannot be used though it was imported; None if nothing speaks against it."""
    unknown = unaccounted(found, source)
    if names_main(source):
        return "the file imports __main__, whatever program runs it: import what you need by the name of its module"
    if changed:
        return f"importing the file changes {' and '.join(changed)} of the whole process: leave that out"
    if unknown:
        return (
            f"the file runs the code of {unknown[0]} in a way that cannot be seen in its text: import it by an import "
            "statement, or install it as a package"
        )
    if beside := _read_beside(source, found):
        return (
            f"the file reads {beside[0]} when it is imported, whose content no key holds: write it into the file, or "
            "read it as data or weights, whose files= are part of the keys"
        )
    return None


def _read_beside(source: Source, found: set[str]) -> list[Path]:
    """The files beside a source, or below, that are no code and were read; hidden ones are libraries' own."""
    folder = source.file.parent.resolve()
    inside = [Path(name).relative_to(folder) for name in found if Path(name).is_relative_to(folder)]
    return sorted(
        folder / path
        for path in inside
        if path.suffix not in CODE and not any(part.startswith(".") for part in path.parts)
    )


def _module_file(point: EntryPoint) -> Path | None:
    """The file of an entry point's module, found without importing any part of its package."""
    top, *inner = point.module.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if not inner:
        return Path(spec.origin) if spec.origin else None
    for folder in spec.submodule_search_locations or ():
        path = Path(folder, *inner)
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                return file
    return None
