"""All entries that can be run, of every kind, and how a user's own file joins them.

In: files named by `--include`. Out: their entries in the registries, and what could not be used.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.networks.readings import READINGS
from benchmark.plan.reading import YAML, built_in_plans
from benchmark.process.paths import each
from benchmark.reading import Reading
from benchmark.types import Measure, Metric
from registry import (
    DATASETS,
    FAMILIES,
    SUITES,
    BrokenEntry,
    Dataset,
    ModelFamily,
    Registry,
    TaskSuite,
    UnknownNameError,
    UserError,
    did_you_mean,
)
from registry.sources import Source, forget, read_source

Entry: TypeAlias = ModelFamily | TaskSuite | Dataset | Measure | Metric | Reading
REGISTRIES: dict[str, Registry[Any]] = {
    "families": FAMILIES,
    "suites": SUITES,
    "datasets": DATASETS,
    "measures": MEASURES,
    "readings": READINGS,
    "metrics": METRICS,
}


def sources_of(files: str | Path | Sequence[str | Path | Source]) -> tuple[Source, ...]:
    """Read the files that declare entries, each once; one file may stand alone.

    Raises UserError for a file that is not there.
    """
    return tuple(file if isinstance(file, Source) else _source(Path(file)) for file in each(files))


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


def asked_for(name_or_file: str) -> tuple[list[tuple[str, Entry]], list[str]]:
    """The entries, each with its kind, of a name or of a user's file, and a line for each that cannot be used.

    Raises UnknownNameError with the nearest name for what is neither.
    """
    entries: list[tuple[str, Entry]] = []
    declared, problems = declared_by(name_or_file)
    for registry, name in declared:
        try:
            entries.append((registry.kind, registry[name]))
        except BrokenEntry as error:
            problems.append(str(error))
    if not entries and not problems:
        raise unknown_name(name_or_file)
    return entries, problems


def declared_by(name_or_file: str) -> tuple[list[tuple[Registry[Any], str]], list[str]]:
    """The names that are meant, each with its registry, by a name or a user's file; and why a file cannot be used.

    Raises UserError for a file that is not there.
    """
    if Path(name_or_file).suffix != ".py":
        return [(registry, name_or_file) for registry in REGISTRIES.values() if name_or_file in registry], []
    sources = sources_of([name_or_file])
    if problems := include(sources):
        return [], problems
    kinds = REGISTRIES.values()
    return [(registry, name) for registry in kinds for source in sources for name in registry.declared_in(source)], []


def unknown_name(name: str, more: Iterable[str] = ()) -> UnknownNameError:
    """The error for what no entry is called, nor any of `more`: with the nearest name, or the file of that name.

    Of a plan, a run folder and a pack it says which command reads them, and of a file that is not there that it is not.
    """
    path = Path(name)
    if (path / "plan.json").is_file() or (path.suffix == ".zip" and path.is_file()):
        return UnknownNameError(f"{name}: a run folder or a pack is no entry; memorank report {name} shows its board")
    if Path(file := f"{name}.py").is_file():
        return UnknownNameError(f"unknown name {name!r}; did you mean {file!r}?")
    if name in built_in_plans() or (path.suffix in YAML and path.is_file()):
        return UnknownNameError(f"{name}: a plan is no entry; memorank plan {name} says what it does")
    if path.suffix in (*YAML, ".zip") and not path.exists():
        return UnknownNameError(f"{name}: no such file; the names: memorank list")
    known = {name for registry in REGISTRIES.values() for name in registry} | set(more)
    return UnknownNameError(f"unknown name {name!r}{did_you_mean(name, known, 'memorank list')}")


def broken() -> list[str]:
    """A line for each entry from outside that cannot be used. They are imported to see."""
    return [reason for entries in REGISTRIES.values() for reason in entries.broken().values()]
