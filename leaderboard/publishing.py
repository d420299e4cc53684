"""From a run folder to a published board: its pack, and the files of its board beside it.

In: a finished run. Out: published/NAME/ with pack.zip and board/, of which every text can be made again from the pack.

python -m leaderboard.publishing RUN NAME [FILE ...] [--plan PLAN]
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmark.process.files import write_file
from benchmark.process.paths import absolute, shown
from benchmark.run_folder.packs.reading import read_pack
from benchmark.run_folder.packs.writing import pack, write_pack
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.run_plans import find_plan
from leaderboard.published_boards import BOARD, FOLDER, PACK
from leaderboard.report import board_files
from leaderboard.rows.assembly import build_board
from registry import did_you_mean

TEXTS = ("md", "csv", "tex")
PAGE = "board.html"


def texts_of(pack_file: Path, formats: Sequence[str] = TEXTS) -> dict[str, str]:
    """Every file of the board of a pack in some formats, by name: a pure function of the pack."""
    resolved, records = read_pack(pack_file)
    files = board_files(build_board(resolved, records), records, formats)
    return {name: text for name, text in files.items() if isinstance(text, str)}


def write_texts(pack_file: Path) -> None:
    """Write the files of a pack's board beside it, its page too, in place of earlier ones."""
    _write(pack_file.parent, texts_of(pack_file, (*TEXTS, "html")))


def publish(run: Path, name: str, only: Sequence[str] = (), to: Path = FOLDER, digest: str | None = None) -> Path:
    """Write the folder of a published board, in place of an earlier one of this name.

    The page has the figures of single neurons, which are of arrays that the pack has not: it is made from the run.

    Args:
        run: The run folder, every cell of which is there.
        name: What the board is called.
        only: The names of the files to write, for boards whose files are large; all of them where it is empty.
        to: The folder of the published boards.
        digest: That of another plan of the run folder than its own.

    Returns:
        The folder.

    Raises:
        UserError: The run is not finished, or the name is none.
        ValueError: A board has no file of such a name.
    """
    place = to / name
    write_pack(pack(run, name, digest, weights=False), place / PACK)
    texts = texts_of(place / PACK)
    if unknown := [file for file in only if file not in (*texts, PAGE)]:
        raise ValueError(f"no file {unknown[0]!r}{did_you_mean(unknown[0], [*texts, PAGE])}")
    if not only or PAGE in only:
        resolved = read_resolved(run, digest)
        records = read_pack(place / PACK)[1]
        page = board_files(build_board(resolved, read_records(run, resolved["cells"])[0]), records, ["html"])[PAGE]
        texts[PAGE] = str(page)
    _write(place, {file: text for file, text in texts.items() if not only or file in only})
    return place


def _write(place: Path, texts: Mapping[str, str]) -> None:
    for earlier in place.glob(f"{BOARD}/*"):
        earlier.unlink()
    for file, text in texts.items():
        write_file(place / BOARD / file, text.encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m leaderboard.publishing")
    parser.add_argument("run", type=absolute)
    parser.add_argument("name")
    parser.add_argument("only", nargs="*", metavar="FILE")
    parser.add_argument("--plan")
    given = parser.parse_args()
    folder = publish(given.run, given.name, given.only, digest=find_plan([given.run], given.plan))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"{shown(folder)}: {size / 1e6:.2f} MB")
