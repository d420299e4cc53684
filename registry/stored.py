"""What lies in the data folder: data sets and pretrained weights, each in a folder of its own.

In: the fields of an entry. Out: the frozen entry, or a ValueError in one line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from registry.examples import Data
from registry.fields import a_function, a_kind_of, a_text, a_tuple, a_word, make_plain, or_none
from registry.words import EVERY_ENTRY, FILES, Modality, Origin, check_name


@dataclass(frozen=True)
class Dataset:
    """Where examples come from.

    Attributes:
        name: Lower-case words joined by hyphens; so is its folder in the data folder called.
        modality: What its examples are: "vector", "image" or "text".
        load: `load(folder)` reads the examples from the data set's own folder.
        reference: Who published the data.
        licence: Under which terms.
        size: How much there is to download, in words.
        origin: "published", a "stand-in" for data that cannot be had by everybody, or "generated".
        files: Paths or patterns (`train/*.txt`) in the folder that must be there, each with its published SHA-256 or
            None. Their bytes are the data's fingerprint. Generated data have none: their name and version identify
            them.
        or_files: Those of another published form. If all of them are there, they count in place of `files`.
        fetch: `fetch(folder)` puts the files there, if a client can get them.
        group: Data sets of one group share examples, as a part of MNIST does with the whole, so that suites on them are
            no independent witnesses. "" is a group of its own.
        version: Raise it when a change moves numbers.

    Raises:
        ValueError: A field is not as said here: which one, and what is allowed.
    """

    name: str
    modality: Modality
    load: Callable[[Path], Data]
    reference: str
    licence: str
    size: str
    origin: Origin
    files: Mapping[str, str | None] = field(default_factory=dict)
    or_files: Mapping[str, str | None] = field(default_factory=dict)
    fetch: Callable[[Path], None] | None = None
    group: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        check_name(self.name)
        make_plain(
            self,
            f"data set {self.name!r}",
            **EVERY_ENTRY,
            modality=a_word(Modality),
            load=a_function,
            licence=a_text,
            size=a_text,
            origin=a_word(Origin),
            files=FILES,
            or_files=FILES,
            fetch=or_none(a_function),
            group=a_text,
        )
        if self.group:
            check_name(self.group)


@dataclass(frozen=True)
class Weights:
    """Pretrained weights: files in a folder of that name in the data folder, or in `folder`.

    The bytes of `files` and `extra` are part of the keys of the networks that start from them.

    Attributes:
        name: Lower-case words joined by hyphens.
        files: Paths or patterns (`*.safetensors`) that must be there, each with its published SHA-256 or None.
        reference: Who published the weights.
        licence: Under which terms.
        size: How much there is to download, in words.
        fetch: `fetch(folder)` puts the files there, if a client can get them.
        folder: Where they lie, if that is not in the data folder.
        version: Raise it when a change moves numbers.
        extra: Files that count if they are there.

    Raises:
        ValueError: A field is not as said here: which one, and what is allowed.
    """

    name: str
    files: Mapping[str, str | None]
    reference: str
    licence: str
    size: str
    fetch: Callable[[Path], None] | None = None
    folder: Path | None = None
    version: int = 1
    extra: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name)
        make_plain(
            self,
            f"weights {self.name!r}",
            **EVERY_ENTRY,
            files=FILES,
            size=a_text,
            licence=a_text,
            fetch=or_none(a_function),
            folder=or_none(a_kind_of(Path, 'Path("weights")')),
            extra=a_tuple(a_text, '("tokenizer.json",)', fewest=0),
        )
