"""Where entries are declared: our own folders, a user's file, an installed package. None is imported to be listed.

In: a folder, a file or a group of entry points. Out: a `Place` for each name, and the reason where there can be none.
"""

import ast
import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from registry._torchvision import import_torchvision
from registry.errors import UserError

Attributes = tuple[str, str]  # FAMILY and FAMILIES


class BrokenEntry(UserError):
    """An entry, or a file that should declare some, that cannot be used: what and why in one line."""


@dataclass(frozen=True)
class Place:
    """A file that declares an entry, and how it becomes a module. `outside` is what is not memorank's own."""

    file: Path
    load: Callable[[], ModuleType]
    outside: bool

    @property
    def summary(self) -> str:
        """The first line of the file's docstring, read without importing it."""
        return (ast.get_docstring(_parsed(self.file)) or "").partition("\n")[0]

    @property
    def content_hash(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()


def own_places(package: str, folder: Path, attributes: Attributes) -> dict[str, Place]:
    """The entries of one of our folders by name; a leading underscore marks shared machinery."""
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    return {
        name: Place(file, _importer(f"{package}.{file.stem}"), outside=False)
        for file in files
        for name in declared_names(file, attributes)
    }


def installed_places(group: str) -> Iterator[tuple[str, Place | str]]:
    """Name and place of each entry point of a group, or the reason why its module has no file."""
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        file = _module_file(point)
        yield (
            point.name,
            Place(file, _cured(file, _importer(point.module)), outside=True)
            if file
            else f"there is no module {point.module!r}",
        )


def file_places(file: Path, attributes: Attributes) -> dict[str, Place]:
    """The entries of a user's file by name. Raises BrokenEntry for what is no readable Python file."""
    load = _cured(file, lambda: _executed(file))
    return {name: Place(file, load, outside=True) for name in declared_names(file, attributes)}


def declared_names(path: Path, attributes: Attributes) -> list[str]:
    """The literal `name=`s of the entries that a file assigns to one of the attributes, without importing it."""
    names: list[str] = []
    for node in _parsed(path).body:
        targets: Sequence[ast.expr] = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if not any(isinstance(target, ast.Name) and target.id in attributes for target in targets):
            continue
        value = node.value  # type: ignore[attr-defined]  # only assignments have come this far
        for call in value.elts if isinstance(value, ast.Tuple | ast.List) else [value]:
            keywords = call.keywords if isinstance(call, ast.Call) else []
            names += [str(k.value.value) for k in keywords if k.arg == "name" and isinstance(k.value, ast.Constant)]
    return names


def _parsed(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"), str(path))
    except SyntaxError as error:
        raise BrokenEntry(f"{path}:{error.lineno}: {error.msg}") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise BrokenEntry(f"{path}: not Python text: {error}") from error
    except OSError as error:
        raise BrokenEntry(f"{path}: {error.strerror or error}") from error


def _importer(module: str) -> Callable[[], ModuleType]:
    return lambda: importlib.import_module(module)


def _cured(file: Path, load: Callable[[], ModuleType]) -> Callable[[], ModuleType]:
    """The same, after the one cure that torchvision needs where the file speaks of it or of what imports it."""

    def loaded() -> ModuleType:
        source = file.read_text(encoding="utf-8", errors="replace")
        if any(name in source for name in ("torchvision", "transformers")) and importlib.util.find_spec("torchvision"):
            import_torchvision()
        return load()

    return loaded


def _executed(file: Path) -> ModuleType:
    """The module of a user's file, executed once in a process."""
    name = f"memorank_included_{hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None or spec.loader is None:
            raise ImportError("not a Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except SystemExit as error:
            raise ImportError("the file ends the process") from error
        finally:
            # kept only if it came to its end
            loaded = sys.modules.pop(name)
        sys.modules[name] = loaded
    return sys.modules[name]


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
