"""All entries that can be run, of every kind, and how a user's own file joins them.

In: files named by `--include`. Out: their entries in the registries, and what could not be used.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from registry import DATASETS, FAMILIES, SUITES, BrokenEntry, Registry, UnknownNameError, UserError, did_you_mean
from registry.sources import Source, forget, read_source

REGISTRIES: dict[str, Registry[Any]] = {
    "families": FAMILIES,
    "suites": SUITES,
    "datasets": DATASETS,
    "measures": MEASURES,
    "metrics": METRICS,
}


def sources_of(files: Sequence[str | Path | Source]) -> tuple[Source, ...]:
    """Read the files that declare entries, each once. Raises UserError for a file that is not there."""
    return tuple(file if isinstance(file, Source) else _source(Path(file)) for file in files)


def _source(file: Path) -> Source:
    if file.is_dir():
        raise UserError(f"{file} is a folder: name a Python file that declares entries")
    if not file.is_file():
        raise UserError(f"{file}: no such file")
    return read_source(file.resolve())


def include(files: Sequence[str | Path | Source]) -> list[str]:
    """Add what the files declare to the registries; returns a line for each file that declares nothing usable.

    Raises UserError for a file that is not there.
    """
    problems = []
    for source in sources_of(files):
        try:
            names = [name for entries in REGISTRIES.values() for name in entries.include(source)]
        except BrokenEntry as error:
            problems.append(str(error))
            continue
        if not names:
            kinds = ", ".join(entries.attributes[0] for entries in REGISTRIES.values())
            problems.append(f"{source.file}: declares no entry: none of {kinds} is assigned one with a literal name=")
    return problems


def forget_included() -> None:
    """Let go of all files that were included: those that are included next may declare the same names."""
    for entries in REGISTRIES.values():
        entries.forget()
    forget()


def asked_for(name_or_file: str) -> tuple[list[tuple[str, Any]], list[str]]:
    """The entries, each with its kind, of a name or of a user's file, and a line for each that cannot be used.

    Raises UnknownNameError with the nearest name for what is neither.
    """
    entries: list[tuple[str, Any]] = []
    sources = sources_of([name_or_file]) if Path(name_or_file).suffix == ".py" else ()
    problems = include(sources)
    if problems:
        return [], problems
    for registry in REGISTRIES.values():
        names = [name for source in sources for name in registry.declared_in(source)]
        if not sources and name_or_file in registry:
            names = [name_or_file]
        for name in names:
            try:
                entries.append((registry.kind, registry[name]))
            except BrokenEntry as error:
                problems.append(str(error))
    if not entries and not problems:
        known = {name for registry in REGISTRIES.values() for name in registry}
        raise UnknownNameError(f"unknown name {name_or_file!r}{did_you_mean(name_or_file, known, 'memorank list')}")
    return entries, problems


def broken() -> list[str]:
    """A line for each entry from outside that cannot be used. They are imported to see."""
    return [reason for entries in REGISTRIES.values() for reason in entries.broken().values()]
