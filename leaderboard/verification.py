"""Is a board what the records give? It is built again, and every file of it compared byte for byte.

In: the folder of a board, the plan and the records as they were read. Out: findings; nothing is written.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from benchmark.plain.differences import differences, shortened
from benchmark.plain.findings import Finding, differs
from benchmark.plain.strict_json import read_json
from benchmark.plan.content import ResolvedContent
from benchmark.record import Record, VariantValues
from benchmark.run_folder.store import read_bytes
from leaderboard.exports import export
from leaderboard.files import as_bytes
from leaderboard.places import requested_there
from leaderboard.report import board_files
from leaderboard.rows.assembly import build_board

CURE = "if nothing was forged, `memorank report` writes it anew"
# What a board of an earlier schema says otherwise: its p's and claims, its errors, and what differs by more than them.
MOVED = frozenset(("schema", "p", "p_holm", "claims", "verdict", "error", "filtered", "than_before", "seen", "groups"))


def check_board(
    folder: Path,
    resolved: ResolvedContent,
    records: Mapping[str, Record],
    sensitivity: Callable[[], Mapping[str, VariantValues]],
) -> Iterator[Finding]:
    """Compare the files of a board with the board of these records; `sensitivity` gives the values kept for its part.

    A board of an earlier schema has the same numbers in other files: the numbers are compared, and the rest is said not
    to be.
    """
    if not folder.is_dir():
        yield Finding("missing", folder.name, "there is no board; `memorank report` writes one")
        return
    content = _content(_read(folder / "board.json"))
    board = build_board(resolved, records, sensitivity() if "sensitivity" in content else None)
    made = {**board_files(board, records), **export(board, requested_there(folder))}
    there = {name: _read(folder / name) for name in made}
    if content and content.get("schema") != board["schema"]:
        yield from _of_an_earlier_version(folder.name, content, board, [name for name in there if there[name]])
        return
    equal = 0
    for name, text in sorted(made.items()):
        found, should_be = there[name], None if text is None else as_bytes(text)
        if found == should_be:
            equal += found is not None
        elif found is None or should_be is None:
            yield differs(f"{folder.name}/{name}", f"it is {'there' if should_be is None else 'not there'}; {CURE}")
        elif name == "board.json" and content and (places := list(differences(content, json.loads(should_be)))):
            yield from (differs(f"{folder.name}/{name}", f"{place}; {CURE}") for place in places)
        elif isinstance(text, bytes):
            said = "its bytes are others, which another version of pandas or pyarrow may have written"
            yield differs(f"{folder.name}/{name}", f"{said}; {CURE}")
        else:
            yield differs(f"{folder.name}/{name}", f"{_first_line(found, should_be)}; {CURE}")
    yield Finding("checked", f"{equal} of {len(made) - list(made.values()).count(None)} files of the board are equal")


def _read(file: Path) -> bytes | None:
    return read_bytes(file) if file.is_file() else None


def _content(text: bytes | None) -> dict[str, Any]:
    """What board.json holds, nothing where it is none."""
    try:
        content = read_json(text or b"{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _of_an_earlier_version(
    place: str, content: Mapping[str, Any], should_be: Mapping[str, Any], names: list[str]
) -> Iterator[Finding]:
    plain = json.loads(json.dumps(should_be))
    for found in differences(_common(content, plain), _common(plain, content)):
        yield differs(f"{place}/board.json", f"{found}; {CURE}")
    others = ", ".join(name for name in names if name != "board.json")
    yield Finding(
        "not checked",
        place,
        f"another version wrote it (its schema is not {should_be['schema']}): the numbers of board.json have been "
        f"compared, but for p, errors and claims, and {others} have not; `memorank report` writes them anew",
    )


def _common(one: Any, other: Any) -> Any:
    """What both have and say by the same rules."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return {name: _common(one[name], other[name]) for name in one if name in other and name not in MOVED}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [_common(a, b) for a, b in zip(one, other, strict=True)]
    return one


def _first_line(found: bytes, should_be: bytes) -> str:
    """The first line that differs."""
    lines = zip_longest(found.splitlines(keepends=True), should_be.splitlines(keepends=True))
    number, (a, b) = next((number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1])
    sides = [shortened(side.decode(errors="replace")) if side else "nothing" for side in (a, b)]
    return f"line {number} was {sides[0]}, is {sides[1]}"
