"""Unlabelled data of any form by their path, or by the name of a data set.

In: what a user gives. Out: `Texts`, `Pictures` or `Numbers`, or one line that says what is wrong and what to do.
"""

from collections.abc import Mapping
from pathlib import Path

from benchmark.data.unlabelled.arrays import archive, array_file
from benchmark.data.unlabelled.delimited import delimited
from benchmark.data.unlabelled.folders import PICTURES, folder
from benchmark.data.unlabelled.json_lines import json_lines
from benchmark.data.unlabelled.lines import PACKED
from benchmark.data.unlabelled.parquet import parquet
from benchmark.data.unlabelled.registered import registered
from benchmark.data.unlabelled.tables import content
from benchmark.data.unlabelled.types import Unlabelled
from registry import DATASETS, DataError, UserError, did_you_mean, nearest

EXAMPLES = 2500  # as many as measures read
LINES = (".csv", ".tsv", ".jsonl", ".ndjson")
TABLES = (*LINES, ".parquet")
ARRAYS = (".npy", ".npz")
BESIDE = 1000  # names of files that are compared with a wrong one
PICKLE = "a pickle can run code when it is read, so it is not: save an array by np.save, or texts as JSON Lines"
PACK = "a packed folder: unpack it, and give the folder or a file of it"
SHEET = "a spreadsheet: save it as CSV"
OTHERS: Mapping[str, str] = {
    ".json": "save it as .jsonl, an object on each line, as by pandas to_json(orient='records', lines=True)",
    **dict.fromkeys((".txt", ".md", ".text"), "a text, and not said where one ends: write one a row as .csv or .jsonl"),
    **dict.fromkeys((".pkl", ".pickle", ".pt", ".pth", ".bin", ".ckpt", ".joblib"), PICKLE),
    **dict.fromkeys((".zip", ".tar", ".tgz", ".7z", ".rar"), PACK),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), SHEET),
    **dict.fromkeys((".arrow", ".feather"), "save it as Parquet, as by pandas to_parquet"),
    ".safetensors": "save the inputs alone by np.save",
    **dict.fromkeys(PICTURES, "one picture: give the folder of many"),
}


def unlabelled(
    source: str, text_column: str | None = None, root: Path | None = None, examples: int = EXAMPLES
) -> Unlabelled:
    """Examples without labels; of more than so many, a sample that is the same every time.

    Args:
        source: A file or a folder that is there, else the name of a data set.
        text_column: The column of a table that holds the texts, where several do.
        root: The data folder, by default the one that `data_folder` says.
        examples: How many are read at most.

    Raises:
        UserError: There is nothing of that name, or the column is not there, or not said among several.
        DataError: The data cannot be read as they are: where, and what to do.
    """
    if examples < 1:
        raise UserError(f"{examples} examples cannot be read: ask for one or more")
    path = _there(source)
    ending = _ending(path) if path else ""
    if text_column is not None and ending not in TABLES:
        raise UserError(f"{source}: a column is named, and only tables have some ({', '.join(TABLES)})")
    if path is None:
        return registered(source, root, examples)
    if path.is_dir() and ending not in (*TABLES, *ARRAYS):
        return folder(source, path, examples)
    if ending in ARRAYS:
        return (array_file if ending == ".npy" else archive)(source, path, examples)
    if ending == ".parquet":
        return content(parquet(source, path, text_column, examples), text_column)
    if ending in (".jsonl", ".ndjson"):
        return content(json_lines(source, path, text_column, examples), text_column)
    if ending in (".csv", ".tsv"):
        return content(delimited(source, path, "," if ending == ".csv" else "\t", text_column, examples), text_column)
    raise DataError(f"{source}: {_why_not(ending)}")


def _there(source: str) -> Path | None:
    """The path that is there, None for the name of a data set."""
    try:
        path = Path(source).expanduser()
        found = bool(source) and (path.exists() or path.is_symlink())
    except (OSError, RuntimeError, ValueError) as error:  # no such user, a NUL, a name of many letters
        why = getattr(error, "strerror", None) or error
        raise UserError(f"{source!r:.200}: no path, and no name of a data set ({why})") from error
    if found:
        if path.is_symlink() and not path.exists():
            raise DataError(f"{source}: a link to nothing")
        return path
    if source in DATASETS:
        return None
    near = did_you_mean(source, {*DATASETS, *_beside(path)}, "memorank list datasets")
    raise UserError(f"{source}: no such file or folder, and no data set of that name{near}")


def _beside(path: Path) -> list[str]:
    """Files and folders beside a path that is not there, written as it is."""
    try:
        found = [one for _, one in zip(range(BESIDE), path.parent.iterdir(), strict=False)]
    except OSError:
        return []
    return [str(one) for one in found if not one.name.startswith(".") and (_ending(one) in (*TABLES, *ARRAYS, ""))]


def _ending(path: Path) -> str:
    """The ending of a name in lower case; of what is packed by gzip, and is read line by line, the one before."""
    ending = path.suffix.lower()
    before = Path(path.stem).suffix.lower()
    return before if ending == PACKED and before in LINES else ending


def _why_not(ending: str) -> str:
    known = (*TABLES, *ARRAYS)
    if ending in OTHERS:
        return OTHERS[ending]
    what = f"files ending in {ending}" if ending else "files without an ending"
    near = did_you_mean(ending, known) if nearest(ending, known) else ""
    return f"{what} are not read, but {', '.join(known)} and folders of pictures{near}"
