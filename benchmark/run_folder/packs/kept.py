"""What a pack keeps of a record: every number of the board, none of the arrays behind its figures, nothing private.

In: a record of a run folder. Out: the record as a pack has it, with a checksum of its own.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from benchmark.plain.strict_json import Json
from benchmark.record import Record

DIGITS = 3  # of the seconds of each measure
HIDDEN = "(hidden)"
_LETTER = r"[^\s'\",;:)]"
_WORD = r"[^\s'\",;:()/]"
# A path may go on behind a space: up to three words belong to it where the last has a slash. In doubt it is hidden.
_REST = rf"{_LETTER}*(?:(?: {_WORD}+){{0,2}} {_WORD}*/{_LETTER}*)*"
_QUOTED = r"(?<=')~?/[^'\n]*/[^'\n]*(?=')|(?<=\")~?/[^\"\n]*/[^\"\n]*(?=\")"
_ANY_PATH = re.compile(rf"{_QUOTED}|(?<![\w.:/~])~?/(?:[\w.+@%-]+/)+{_REST}|~\w+/{_REST}")
_SAYS = ("reason", "warnings")  # where the code of an entry says something in words of its own


def kept(record: Record, places: Iterable[Path], hosts: Iterable[str]) -> dict[str, Json]:
    """What a pack keeps of a record.

    Left out are the entropy of each neuron and the histogram of the MI of pairs at each tap, the activations on a
    plane, and the name of the host. Seconds of single measures and readings keep three digits. In texts, places and
    hosts are hidden.

    Args:
        record: As it was published in a run folder.
        places: Folders whose paths nobody else needs to know.
        hosts: Names of machines.
    """
    whole = cast(dict[str, Json], dict(record))
    whole.pop("plane", None)
    if record["work"] == "score":
        whole.pop("taps", None)
    made = cast(dict[str, Json], dict(record["provenance"]))
    if isinstance(machine := made.get("machine"), dict):
        made["machine"] = {name: value for name, value in machine.items() if name != "host"}
    if isinstance(parts := made.get("parts"), dict):
        made["parts"] = {name: float(f"{cast(float, value):.{DIGITS}g}") for name, value in parts.items()}
    hidden = cast(dict[str, Json], _hidden(whole, pattern_of(places, hosts), False))
    return {**hidden, "provenance": made}


def pattern_of(places: Iterable[Path], hosts: Iterable[str]) -> re.Pattern[str]:
    """What finds the path of a place, with what lies below it, and the name of a host as a word of its own.

    >>> pattern_of([Path("/home/ada")], ["lab3"]).sub("...", "in /home/ada/runs/x on LAB3, not on lab33")
    'in ... on ..., not on lab33'
    """
    known = [re.escape(str(place)) for place in places if len(place.parts) > 1]
    quoted = [rf"(?<={quote}){place}/[^{quote}\n]*(?={quote})" for place in known for quote in ("'", '"')]
    paths = [rf"{place}(?:/{_REST}|(?![\w-]))" for place in sorted(known, key=len, reverse=True)]
    words = [rf"(?i:\b{re.escape(host)}\b)" for host in hosts if host]
    return re.compile("|".join([*quoted, *paths, *words]) or r"(?!)")


def without_paths(text: str, pattern: re.Pattern[str]) -> str:
    """A text in which what the pattern finds, and every path from the root of two parts or more, is hidden.

    >>> without_paths("no /opt/data/x.csv, /tmp, a/b/c or 1/2", pattern_of([], []))
    'no (hidden), /tmp, a/b/c or 1/2'
    """
    return _ANY_PATH.sub(HIDDEN, pattern.sub(HIDDEN, text))


def _hidden(part: Json, pattern: re.Pattern[str], says: bool) -> Json:
    """The same part, in whose reasons and warnings what the pattern finds is hidden."""
    if isinstance(part, str):
        return without_paths(part, pattern) if says else part
    if isinstance(part, Mapping):
        return {name: _hidden(value, pattern, says or name in _SAYS) for name, value in part.items()}
    if isinstance(part, list):
        return [_hidden(value, pattern, says) for value in part] if says or _holds_objects(part) else part
    return part


def _holds_objects(part: list[Json]) -> bool:
    return any(isinstance(value, dict | list) for value in part)
