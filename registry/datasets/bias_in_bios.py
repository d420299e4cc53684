"""Bias in Bios: 400,000 biographies in 28 occupations, as the published table or as the original records (BIOS.pkl)."""

import re
import reprlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from registry import Data, DataError, Dataset
from registry._pickles import read_pickle
from registry.datasets._biographies import CLASSES, GENDERS, split
from registry.datasets._hub import parts_of
from registry.datasets._texts import Labelled, texts
from registry.errors import in_short
from registry.folders import why_no_file

NAME = "LabHC/bias_in_bios"
COLUMNS = ("hard_text", "profession", "gender")
RECORDS = "BIOS.pkl"
SHARD = re.compile(r"-(\d{5})-of-(\d{5})\b")


def fetch(folder: Path) -> None:
    """Get the table by its name through the Hugging Face hub, and write it as it is published."""
    url = f"https://huggingface.co/datasets/{NAME}"
    parts = parts_of(NAME, f"or put the table's data/*.parquet ({url}), or {RECORDS}, into {folder}")
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for part, rows in parts.items():
        rows.to_parquet(folder / "data" / f"{part}-00000-of-00001.parquet")


def load(folder: Path) -> Data:
    """The records if they are there, since only they tell the names; else the table with its own split.

    The table is the form to prefer, as Parquet is data. The records are a pickle, of which `read_pickle` reads plain
    data.

    Raises:
        DataError: A file or a row of it is not as published: which one.
    """
    if (folder / RECORDS).is_file():
        return split(_records(folder / RECORDS))
    return texts(*(_table(_shards(folder / "data", part)) for part in ("train", "test")))


def _shards(folder: Path, part: str) -> list[Path]:
    """The files of a part of the table.

    Raises:
        DataError: Their numbers (`train-00000-of-00002.parquet`) lack one, or one is there twice.
    """
    files = sorted(folder.glob(f"{part}-*.parquet"))
    found = [tuple(map(int, number.groups())) for file in files if (number := SHARD.search(file.name))]
    if found and found != [(place, len(files)) for place in range(len(files))]:
        names = ", ".join(file.name for file in files)
        raise DataError(f"{folder}: {names}: not the files 00000-of-N to N-1 of one table, each once")
    return files


def _table(files: Iterable[Path]) -> list[Labelled]:
    return [_row(row, f"{file}:{number}") for file in files for number, row in enumerate(_read(file), 1)]


def _read(file: Path) -> list[dict[str, Any]]:
    from pyarrow import ArrowException, parquet

    if reason := why_no_file(file):
        raise DataError(f"{file}: {reason}")
    try:
        return list(parquet.read_table(file, columns=list(COLUMNS)).to_pylist())
    except (ArrowException, OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: not the published table ({in_short(error)})") from error


def _row(row: Mapping[str, Any], where: str) -> Labelled:
    profession, gender = (_below(row, column, most, where) for column, most in (("profession", 28), ("gender", 2)))
    return Labelled(_text(row, "hard_text", where), profession, where, gender)


def _below(row: Mapping[str, Any], column: str, most: int, where: str) -> int:
    value = row.get(column)
    if not isinstance(value, int) or not 0 <= value < most:
        raise DataError(f"{where}: {column} is {reprlib.repr(value)}, not a number from 0 to {most - 1}")
    return value


def _records(file: Path) -> list[Labelled]:
    """The original records: a list of mappings with raw, start_pos, title, gender and name."""
    found = read_pickle(file.read_bytes(), str(file))
    if not isinstance(found, list):
        raise DataError(f"{file}: expected a list of records, got {type(found).__name__}")
    return [_record(record, f"{file}:{number}") for number, record in enumerate(found, 1)]


def _record(record: Any, where: str) -> Labelled:
    """The first sentence, which tells the occupation, ends at start_pos."""
    if not isinstance(record, Mapping):
        raise DataError(f"{where}: expected a mapping, got {type(record).__name__}")
    title, gender = record.get("title"), record.get("gender")
    if not isinstance(title, str) or title not in CLASSES:
        raise DataError(f"{where}: title is {reprlib.repr(title)}, none of the 28 occupations")
    if not isinstance(gender, str) or gender not in GENDERS:
        raise DataError(f"{where}: gender is {reprlib.repr(gender)}, not one of {', '.join(GENDERS)}")
    start, names = record.get("start_pos"), record.get("name")
    if not isinstance(start, int) or start < 0:
        raise DataError(f"{where}: start_pos is {reprlib.repr(start)}, not a place in the text")
    if not isinstance(names, list | tuple) or not all(isinstance(name, str | None) for name in names):
        raise DataError(f"{where}: name is {reprlib.repr(names)}, not a list of names")
    text = _text(record, "raw", where)[start:].strip()
    return Labelled(text, CLASSES.index(title), where, GENDERS.index(gender), " ".join(filter(None, names)))


def _text(row: Mapping[str, Any], column: str, where: str) -> str:
    text = row.get(column)
    if not isinstance(text, str):
        raise DataError(f"{where}: {column} is {reprlib.repr(text)}, not a text")
    return text


DATASET = Dataset(
    name="bias-in-bios",
    modality="text",
    load=load,
    fetch=fetch,
    files={f"data/{part}-*.parquet": None for part in ("train", "test")},
    or_files={RECORDS: None},
    reference=(
        "De-Arteaga et al. 2019: Bias in Bios; the table: Ravfogel et al. 2020, LabHC/bias_in_bios. Prefer the table: "
        f"Parquet runs nothing. {RECORDS} is a pickle: of it plain data are read, and nothing is run"
    ),
    licence="MIT (the table)",
    size="90 MB (the table)",
    origin="published",
)
