"""The lazy registry: entries of one kind as a mapping from name to entry.

In: a folder of Python files, each assigning an entry to a known attribute, installed packages' entry points, and files
that a user includes. Out: a `Mapping` that lists the names without importing a file and imports exactly one file when
one entry is looked up.
"""

import difflib
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from registry.errors import UnknownNameError, in_words
from registry.places import BrokenEntry, Place, declared_names, installed_places, own_places, source_places
from registry.recording import recording
from registry.sources import Source

Entry = TypeVar("Entry")

SHOWN = 3  # names in a message
LISTED = 10  # names in a message where no command lists them
NEAR = 0.6  # the likeness, from 0 to 1, from which on a name is near
CLEARLY = 0.15  # a name whose likeness is so much below that of the nearest one is not near
PART = 3  # letters from which on a part of a name is near it
_SERVED: list[set[str]] = []  # one set for each block that is open


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names that are most like a name.

    A name is near if `name` is a part of it. If it is a part of none, those names are near of which most letters are
    the same, but for those that are clearly less like it than the nearest one. Case does not count, and `_` is the same
    as `-`.

    Args:
        name: The name that was asked for.
        known: The names that there are.

    Returns:
        Three at most, the nearest first; none if no name is near.

    >>> nearest("colored-mnits", ["colored-mnist", "circles"])
    ['colored-mnist']
    >>> nearest("shuffled", ["shuffled-imdb", "shuffled-mnist", "circles-shuffled", "nico"])
    ['shuffled-imdb', 'shuffled-mnist', 'circles-shuffled']
    """
    asked = _folded(name)
    likeness = {word: difflib.SequenceMatcher(None, _folded(word), asked).ratio() for word in sorted(known)}
    whole = [word for word in likeness if _is_part(asked, _folded(word))]
    least = max(NEAR, max(likeness.values(), default=0.0) - CLEARLY)
    near = whole or [word for word, share in likeness.items() if share >= least]
    return sorted(near, key=lambda word: -likeness[word])[:SHOWN]


def did_you_mean(name: str, known: Iterable[str], see: str = "") -> str:
    """The end of an error message: the nearest right words, three at most.

    Args:
        name: The word that was asked for.
        known: The right words.
        see: The command that lists them, "" if there is none.

    Returns:
        The nearest words. If no word is near, the command; without a command the right words themselves, and of many
        the first few.

    >>> did_you_mean("colored-mnits", ["colored-mnist", "circles"])
    "; did you mean 'colored-mnist'?"
    >>> did_you_mean("xyz", ["colored-mnist", "circles"], see="memorank list suites")
    '; the right names: memorank list suites'
    >>> did_you_mean("xyz", ["colored-mnist", "circles"])
    '; known: circles, colored-mnist'
    """
    names = sorted(known)
    near = [repr(candidate) for candidate in nearest(name, names)]
    if near:
        return f"; did you mean {_one_of(near)}?"
    if see:
        return f"; the right names: {see}"
    shown = names if len(names) <= LISTED else [*names[:SHOWN], f"and {len(names) - SHOWN} more"]
    return f"; known: {', '.join(shown)}" if names else ""


def _one_of(words: Sequence[str]) -> str:
    """Words as a sentence has them: a; a or b; a, b or c."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _is_part(asked: str, word: str) -> bool:
    """Whether `asked` is one of the words that hyphens join, or some letters in a row."""
    return asked in word.split("-") or (len(asked) >= PART and asked in word)


def _folded(name: str) -> str:
    return name.casefold().replace("_", "-")


@contextmanager
def served() -> Iterator[set[str]]:
    """Record which entries from outside are looked up in the block.

    Yields:
        A set that holds them afterwards, as "suite mine".
    """
    with recording(_SERVED) as found:
        yield found


class Registry(Mapping[str, Entry], Generic[Entry]):
    """Entries of one kind by name: `FAMILIES["mlp"]`, `sorted(SUITES)`, `"imdb" in DATASETS`.

    A file assigns one entry to `attribute`, or a tuple of several to its plural. Entries of installed packages are
    there too, by entry points of the group `memorank.<plural>`, and those of files that `include` has added. Looking a
    name up raises `UnknownNameError` with the nearest name if no entry has it, and `BrokenEntry` if an entry from
    outside cannot be used.

    Args:
        kind: What an entry is called in messages.
        attribute: What a file assigns its entry to, as SUITE.
        package: The dotted name of the folder with memorank's own entries.
        folder: That folder.
        entry_type: The class of the entries.
    """

    def __init__(self, kind: str, attribute: str, package: str, folder: Path, entry_type: type[Entry]) -> None:
        self.kind = kind
        self.attributes = (attribute, attribute.removesuffix("Y") + ("IES" if attribute.endswith("Y") else "S"))
        self._package = package
        self._folder = folder
        self._entry_type = entry_type
        self._included: dict[str, Place] = {}
        self._refused: dict[str, tuple[Path, str]] = {}  # names that an included file declares in vain: it, and why

    @cached_property
    def _own(self) -> dict[str, Place]:
        return own_places(self._package, self._folder, self.attributes)

    @cached_property
    def _installed(self) -> dict[str, Place | str]:
        return dict(installed_places(f"memorank.{self._plural}"))

    @property
    def _places(self) -> dict[str, Place]:
        """Name -> where it is declared; our own names come before all others."""
        installed = {name: place for name, place in self._installed.items() if isinstance(place, Place)}
        return {**self._included, **installed, **self._own}

    @property
    def _plural(self) -> str:
        """The word for such entries on the command line: families, suites, datasets, measures, metrics."""
        return self.attributes[1].lower()

    @property
    def included(self) -> list[str]:
        """The names that files of the user's have added."""
        return sorted(self._included)

    def forget(self) -> None:
        """Let go of the entries of all included files."""
        self._included, self._refused = {}, {}

    def include(self, source: Source) -> list[str]:
        """Add the entries of a user's file, in place of those that it held before.

        Args:
            source: The file. A name that is taken by another file stays refused.

        Returns:
            The names of all its entries.

        Raises:
            BrokenEntry: It is no Python file that can be read.
        """
        found = source_places(source, self.attributes)
        self._included = {name: place for name, place in self._included.items() if place.file != source.file}
        self._refused = {name: refused for name, refused in self._refused.items() if refused[0] != source.file}
        for name, place in found.items():
            taken = self._places.get(name)
            if taken is None or (taken.source and taken.source.digest == source.digest):
                self._included[name] = place
            else:
                reason = f"{source.file} declares {self.kind} {name!r}, a name that is taken by {taken.file}"
                self._refused[name] = source.file, reason
        return list(found)

    def declared_in(self, source: Source) -> list[str]:
        """The names that a file declares, whether its entries can be used or not.

        Raises:
            BrokenEntry: It is no Python file that can be read.
        """
        return declared_names(source.file, source.content, self.attributes)

    def check(self, name: str) -> Place:
        """Where an entry is declared, found without importing it.

        Raises:
            UnknownNameError: No entry has this name; the nearest one is told.
            BrokenEntry: An included file declares it in vain.
        """
        if name in self._refused:
            raise BrokenEntry(self._refused[name][1])
        if name not in self._places:
            near = did_you_mean(name, self._places, f"memorank list {self._plural}")
            raise UnknownNameError(f"unknown {self.kind} {name!r}{near}")
        return self._places[name]

    def broken(self) -> dict[str, str]:
        """The entries from outside that cannot be used, by name, and why. They are imported to see."""
        found = {name: reason for name, (_, reason) in self._refused.items()}
        for name, place in self._installed.items():
            if isinstance(place, str):
                found[name] = f"entry point {name!r}: {place}"
            elif name in self._own:
                found[name] = f"entry point {name!r}: a name that is taken by {self._own[name].file}"
        for name, place in self._places.items():
            try:
                if place.outside:
                    self[name]
            except BrokenEntry as error:
                found[name] = str(error)
        return found

    def usable(self) -> dict[str, Entry]:
        """All entries by name but those from outside that cannot be used."""
        left_out = self.broken()
        return {name: self[name] for name in self if name not in left_out or name in self._own}

    def summary(self, name: str) -> str:
        """The entry's own `summary`, else the first line of the file that declares it, read without importing it."""
        place = self._places.get(name) or self.check(name)
        return str(self.literals(name).get("summary") or place.summary)

    def literals(self, name: str) -> dict[str, Any]:
        """The keyword arguments of the entry that are written out as literals, read without importing its file."""
        return (self._places.get(name) or self.check(name)).literals(name, self.attributes)

    def content_hash(self, name: str) -> str | None:
        """SHA-256 of the code from outside that declares an entry; None for memorank's own, which have versions.

        Raises:
            BrokenEntry: It is of an installed package that was saved anew since this process has read it.
        """
        place = self.check(name)
        if place.source and place.reread and place.reread().digest != place.source.digest:
            raise BrokenEntry(
                f"{self.kind} {name!r}: its package has changed since this process has read it: start a new process"
            )
        return place.source.digest if place.source else None

    def __getitem__(self, name: str) -> Entry:
        place = self.check(name)
        if place.outside:
            for block in _SERVED:
                block.add(f"{self.kind} {name}")
        try:
            module = place.load()
            single, several = self.attributes
            one = (getattr(module, single),) if hasattr(module, single) else ()
            for entry in (*getattr(module, several, ()), *one):
                if isinstance(entry, self._entry_type) and getattr(entry, "name", None) == name:
                    return entry
            raise TypeError(f"{single} is not a {self._entry_type.__name__} named {name!r}")
        except Exception as error:
            if not place.outside:
                raise
            raise BrokenEntry(
                f"{self.kind} {name!r} is broken: {_where(place.file, error)}: {in_words(error)}"
            ) from error

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._places))

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return f"<{self.kind} registry: {', '.join(self)}>"


def _where(file: Path, error: Exception) -> str:
    """The file, and the line of it in which an error arose."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return f"{file}:{lines[-1]}" if lines else str(file)
