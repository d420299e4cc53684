"""A folder of pictures: its files at any depth in natural order, but for hidden ones and what macOS leaves behind.

In: the path of a folder. Out: `Pictures`, or one line that says what the folder holds in place of pictures.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.types import Pictures
from registry import DataError
from registry.errors import in_short

PICTURES = frozenset((".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif", ".tif", ".tiff"))
TABLES = frozenset((".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".npy", ".npz", ".gz"))
TEXTS = frozenset((".txt", ".md", ".text", ".html", ".json", ".xml"))
LEFT_BEHIND = "__MACOSX"


def folder(source: str, path: Path, examples: int) -> Pictures:
    """The pictures of a folder.

    Args:
        source: The folder, as it was given.
        path: The folder.
        examples: How many are read at most.

    Raises:
        DataError: It holds none: what it holds, and what to do.
    """
    _check_is_data(path)
    files = list(_files(path))
    pictures = [file for file in files if file.suffix.lower() in PICTURES]
    if not pictures:
        raise DataError(f"{path}: {_in_place_of_pictures(path, files)}")
    pictures.sort(key=lambda file: (in_natural_order(file.relative_to(path).as_posix()), str(file)))
    rows = chosen(len(pictures), examples)
    return Pictures(source, tuple(pictures[row] for row in rows), len(pictures))


def in_natural_order(name: str) -> list[tuple[bool, int, str]]:
    """What sorts names by the numbers in them, which stand before letters.

    >>> sorted(["a.png", "10.png", "2.png"], key=in_natural_order)
    ['2.png', '10.png', 'a.png']
    """
    parts = [part for part in re.split(r"(\d+)", name) if part]
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts]


def _check_is_data(path: Path) -> None:
    """Raises DataError for a network, or for data in a form that only the library that wrote them reads."""
    for name in ("state.json", "dataset_dict.json", "dataset_info.json"):
        if (path / name).is_file():
            raise DataError(
                f"{path}: a data set that the library `datasets` has saved: export what you need by "
                "datasets.load_from_disk(...).to_parquet('data.parquet')"
            )
    if (path / "config.json").is_file():
        raise DataError(f"{path}: a network, as it has a config.json, and no data")


def _files(path: Path) -> Iterator[Path]:
    """Its files at any depth. Folders that are linked are gone through once."""
    seen: set[tuple[int, int]] = set()

    def refuse(error: OSError) -> NoReturn:
        raise DataError(f"{error.filename}: it cannot be read ({error.strerror})") from error

    for place, folders, names in os.walk(path, onerror=refuse, followlinks=True):
        try:
            found = Path(place).stat()
        except OSError as error:
            raise DataError(f"{place}: it cannot be read ({in_short(error)})") from error
        if (found.st_dev, found.st_ino) in seen:
            folders.clear()
            continue
        seen.add((found.st_dev, found.st_ino))
        folders[:] = sorted(name for name in folders if not _is_left_out(name))
        yield from (Path(place) / name for name in names if not _is_left_out(name))


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name == LEFT_BEHIND


def _in_place_of_pictures(path: Path, files: list[Path]) -> str:
    """What a folder without pictures holds, and what to do."""
    by_ending = Counter(file.suffix.lower() for file in files)
    tables = sorted(file.relative_to(path).as_posix() for file in files if file.suffix.lower() in TABLES)
    if tables:
        return f"it holds no pictures; give one of its files, as {path / tables[0]}"
    if not files:
        return "an empty folder; pictures are read from folders"
    count, total = sum(by_ending[ending] for ending in TEXTS), len(files)
    if count > total / 2:
        return (
            f"it holds texts ({count:,} files) and no pictures; texts are read from one file: write them as .jsonl, "
            "{'text': ...} on each line"
        )
    ending, count = by_ending.most_common(1)[0]
    return (
        f"it holds no pictures ({', '.join(sorted(PICTURES))}) but {total:,} other files, "
        f"{count:,} of them {f'ending in {ending}' if ending else 'without an ending'}"
    )
