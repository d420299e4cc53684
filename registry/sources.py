"""The code of entries from outside, as bytes read once: what was hashed is what runs, however often a file is saved.

In: a user's file. Out: its `Source`: the bytes of the file and of every helper module that it imports, found without
importing any of them. Helper modules are what is neither Python's own, nor installed, nor memorank's.
"""

import hashlib
import importlib.abc
import importlib.util
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from registry.imports import (
    BringsSources,
    Helper,
    imported_by,
    is_installed,
    origin_of_user,
    origin_within,
    reached,
    read_file,
    with_packages,
)
from registry.opened import OWN, code_in

INCLUDED = "memorank_included_"  # how the name of the module of an included file begins
_ROOT = Path(__file__).parent.parent
_GENERATED = (".", "torchinductor_")  # how folders begin in which libraries keep code that they have generated


@dataclass(frozen=True)
class Source:
    """A user's file and its helper modules.

    Attributes:
        file: The file.
        content: Its bytes.
        helpers: The helper modules, sorted by name.
    """

    file: Path
    content: bytes
    helpers: tuple[Helper, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file; if it has helper modules, of the file and of them by name."""
        own = hashlib.sha256(self.content)
        if not self.helpers:
            return own.hexdigest()
        together = hashlib.sha256(own.digest())
        for helper in self.helpers:
            together.update(f"{helper.name}\n".encode() + hashlib.sha256(helper.content).digest())
        return together.hexdigest()


def read_source(file: Path) -> Source:
    """Read a user's file and the helper modules that its import statements reach.

    Helper modules are looked for where Python looks for modules, then beside the file.

    Raises:
        UserError: The file or a helper module cannot be read.
    """
    importlib.invalidate_caches()  # a helper module may be new
    content = read_file(file)
    helpers = reached(list(imported_by(content, package="")), partial(origin_of_user, beside=file.parent))
    return Source(file, content, helpers)


def read_package(module: str, file: Path) -> Source:
    """Read an installed module, the packages around it, and what its import statements reach of its own package.

    Args:
        module: The module's dotted name.
        file: Where it lies.

    Raises:
        UserError: A file of it cannot be read.
    """
    importlib.invalidate_caches()
    top = module.partition(".")[0]
    own = partial(origin_within, top)
    content = read_file(file)
    helpers = reached([*with_packages(module)[:-1], *imported_by(content, module.rpartition(".")[0])], own)
    source = Source(file, content, helpers)
    _READ.update(_files(source))
    return source


def executed(source: Source) -> ModuleType:
    """Execute a source from its bytes, in a new module, in which no helper modules but its own can be imported.

    Raises:
        ImportError: It is no Python file. Whatever its code raises is raised too.
    """
    place = hashlib.sha256(str(source.file).encode()).hexdigest()
    name = f"{INCLUDED}{place[:12]}_{source.digest[:12]}"
    loader = _BytesLoader(name, str(source.file), source.content)
    spec = importlib.util.spec_from_file_location(name, source.file, loader=loader)
    if spec is None:
        raise ImportError("not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        with _HELPERS.of(source):
            loader.exec_module(module)
    except BaseException:
        del sys.modules[name]  # kept only if it came to its end
        raise
    return module


def use_helpers(source: Source) -> None:
    """From now on imports of a source's helper modules give those that were read with it.

    Raises:
        ImportError: Another file's helper module has a name that this one's has, and other content.
    """
    _HELPERS.take(source)


def forget() -> None:
    """Let go of the helper modules of all sources: the next ones may have other modules of the same names."""
    _HELPERS.forget()


def unaccounted(found: set[str], source: Source | None = None) -> list[Path]:
    """The code among the files that were read that no source holds, though it lies where users write code.

    The modules of such files are let go of, so that whoever imports them again reads them again, and is found again.

    Args:
        found: The files that were read, as `registry.opened.opened` tells.
        source: The source that must hold them, by default any.

    Returns:
        The files that it does not hold, sorted.
    """
    known = _HELPERS.files() if source is None else _files(source)
    unknown = [
        file
        for file in code_in(found)
        if file not in known
        and file not in _READ
        and not is_installed(file)
        and not any(part.startswith(_GENERATED) for part in file.parts)
        and not any(file.is_relative_to(_ROOT / own) for own in OWN)
    ]
    for name, module in list(sys.modules.items()) if unknown else ():  # there are thousands
        spec = getattr(module, "__spec__", None)
        if isinstance(spec, ModuleSpec) and spec.has_location and Path(spec.origin or "") in unknown:
            del sys.modules[name]
    return unknown


def names_main(source: Source) -> bool:
    """Whether a source imports `__main__`, the program that happens to run it, which no key holds."""
    return any(
        "__main__" in imported_by(content, package="")
        for content in (source.content, *(helper.content for helper in source.helpers))
    )


class _BytesLoader(SourceFileLoader):
    """Loads a module from bytes at hand, never from the disk, where the file may have been saved anew."""

    def __init__(self, name: str, path: str, content: bytes) -> None:
        super().__init__(name, path)
        self._content = content

    def get_data(self, path: str) -> bytes:
        """The bytes of the module."""
        if path != self.path:  # compiled code, which Python keeps beside a file
            raise OSError(f"{path}: not read")
        return self._content

    def path_stats(self, path: str) -> dict[str, float]:
        """None: nothing compiled earlier is taken for these bytes."""
        raise OSError(f"{path}: not looked at")

    def set_data(self, path: str, data: Any, *, _mode: int = 0o666) -> None:
        """Keeps nothing compiled beside the user's file."""


class _Helpers(BringsSources, importlib.abc.MetaPathFinder):
    """Finds the helper modules of the sources that were executed, before Python looks for them on the disk."""

    def __init__(self) -> None:
        self._helpers: dict[str, Helper] = {}
        self._sources: dict[Path, Source] = {}
        self._only: Source | None = None

    def take(self, source: Source) -> None:
        """From now on these helper modules are imported from their bytes.

        Where one of them is new or was saved anew, all are imported anew: what imports it holds what it was.
        """
        for helper in source.helpers:
            known = self._helpers.get(helper.name)
            if known and known.file != helper.file and known.content != helper.content:
                raise ImportError(
                    f"its helper module {helper.name!r} is {helper.file}, but another included file has brought "
                    f"{known.file} by that name: rename one of them"
                )
        if source.helpers and self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        if any(self._helpers.get(helper.name) != helper for helper in source.helpers):
            self._helpers |= {helper.name: helper for helper in source.helpers}
            self._hide(self._helpers)
        self._sources[source.file] = source

    def forget(self) -> None:
        """No source has been executed."""
        self._hide(self._helpers)
        self._helpers, self._sources = {}, {}

    def files(self) -> set[Path]:
        """The files that the sources hold."""
        return {file for source in self._sources.values() for file in _files(source)}

    @contextmanager
    def of(self, source: Source) -> Iterator[None]:
        """For a while there are no helper modules but those of one source."""
        own = {helper.name for helper in source.helpers}
        hidden = self._hide(self._helpers.keys() - own)
        self._only = source
        try:
            yield
        finally:
            self._only = None
            sys.modules.update(hidden)

    def _hide(self, names: Collection[str]) -> dict[str, ModuleType]:
        """Take these modules, and what lies in them, out of those that are imported."""
        tops = tuple(f"{name}." for name in names)
        hidden = {name: module for name, module in sys.modules.items() if f"{name}.".startswith(tops)} if tops else {}
        for name in hidden:
            del sys.modules[name]
        return hidden

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec of a helper module that is Python text, or of a folder of them; None for all else."""
        helpers = self._helpers
        if self._only:
            helpers = {helper.name: helper for helper in self._only.helpers}
        helper = helpers.get(name)
        if helper is None:
            inner = [one for one in helpers if one.startswith(f"{name}.")]
            return _folder_spec(name, helpers[inner[0]]) if inner else None
        if helper.file.suffix != ".py":
            return None
        loader = _BytesLoader(name, str(helper.file), helper.content)
        folders = [str(helper.file.parent)] if helper.package else None
        return importlib.util.spec_from_file_location(
            name, helper.file, loader=loader, submodule_search_locations=folders
        )


def _folder_spec(name: str, inner: Helper) -> ModuleSpec:
    """The spec of a package without `__init__`, of which a module inside is known."""
    folder = inner.file.parent.parent if inner.package else inner.file.parent
    for _ in range(inner.name.count(".") - name.count(".") - 1):
        folder = folder.parent
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    return spec


def _files(source: Source) -> set[Path]:
    return {source.file.resolve(), *(helper.file.resolve() for helper in source.helpers)}


_HELPERS = _Helpers()
_READ: set[Path] = set()  # the files of installed packages that a source holds
