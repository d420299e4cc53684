"""The lazy registry: a folder of entry files read as a mapping from name to entry.

In: a folder of Python files, each assigning an entry to a known attribute. Out: a `Mapping` that lists the names
without importing a file and imports exactly one file when one entry is looked up.
"""

import ast
import difflib
import importlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from registry.errors import UnknownNameError

Entry = TypeVar("Entry")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of an error message: the nearest known name where one is near, and every name that is allowed.

    >>> did_you_mean("colored-mnits", ["colored-mnist", "circles"])
    "; did you mean 'colored-mnist'? Known: circles, colored-mnist"
    """
    names = sorted(known)
    by_folded = {candidate.casefold(): candidate for candidate in names}
    spellings = (name.casefold().replace("_", "-"), name.casefold())
    near = [match for text in spellings for match in difflib.get_close_matches(text, by_folded, n=1, cutoff=0.6)]
    hint = f"; did you mean {by_folded[near[0]]!r}?" if near else "."
    return f"{hint} Known: {', '.join(names) or 'none'}"


class Registry(Mapping[str, Entry], Generic[Entry]):
    """Entries of one kind by name: `FAMILIES["mlp"]`, `sorted(SUITES)`, `"imdb" in DATASETS`.

    A file assigns one entry to `ATTRIBUTE` or a tuple of them to its plural; a leading underscore marks shared
    machinery. Raises `UnknownNameError` with the nearest name for a name that no file declares.
    """

    def __init__(self, kind: str, attribute: str, package: str, folder: Path, entry_type: type[Entry]) -> None:
        self.kind = kind
        self._attributes = (attribute, attribute.removesuffix("Y") + ("IES" if attribute.endswith("Y") else "S"))
        self._package = package
        self._folder = folder
        self._entry_type = entry_type

    @cached_property
    def _modules(self) -> dict[str, str]:
        """Name -> the module that declares it."""
        files = sorted(path for path in self._folder.glob("*.py") if not path.name.startswith("_"))
        return {name: path.stem for path in files for name in declared_names(path, self._attributes)}

    def _module_of(self, name: str) -> str:
        if name not in self._modules:
            raise UnknownNameError(f"unknown {self.kind} {name!r}{did_you_mean(name, self._modules)}")
        return self._modules[name]

    def summary(self, name: str) -> str:
        """The first line of the file that declares the entry, read without importing it."""
        source = (self._folder / f"{self._module_of(name)}.py").read_text(encoding="utf-8")
        return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]

    def __getitem__(self, name: str) -> Entry:
        module = importlib.import_module(f"{self._package}.{self._module_of(name)}")
        single, several = self._attributes
        for entry in (*getattr(module, several, ()), *((getattr(module, single),) if hasattr(module, single) else ())):
            if isinstance(entry, self._entry_type) and getattr(entry, "name", None) == name:
                return entry
        raise TypeError(f"{module.__name__}: {single} is not a {self._entry_type.__name__} named {name!r}")

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._modules))

    def __len__(self) -> int:
        return len(self._modules)

    def __repr__(self) -> str:
        return f"<{self.kind} registry: {', '.join(self)}>"


def declared_names(path: Path, attributes: tuple[str, str]) -> list[str]:
    """The literal `name=`s of the entries that a file assigns to one of the attributes, without importing it."""
    names: list[str] = []
    for node in ast.parse(path.read_text(encoding="utf-8"), str(path)).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if not any(isinstance(target, ast.Name) and target.id in attributes for target in targets):
            continue
        value = node.value  # type: ignore[attr-defined]  # only assignments have come this far
        for call in value.elts if isinstance(value, ast.Tuple) else [value]:
            keywords = call.keywords if isinstance(call, ast.Call) else []
            names += [str(k.value.value) for k in keywords if k.arg == "name" and isinstance(k.value, ast.Constant)]
    return names
