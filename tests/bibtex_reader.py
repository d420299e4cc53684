"""A strict reader of BibTeX, written from its grammar: what it does not know is an error."""

import re


def entries_of(text: str) -> dict[str, dict[str, str]]:
    """The entries by key: their fields, and their type under "type". Between entries stands no at sign."""
    found: dict[str, dict[str, str]] = {}
    place = 0
    while (start := text.find("@", place)) >= 0:
        head = re.compile(r"@([a-z]+)\{([a-z0-9:-]+),\n").match(text, start)
        assert head, text[start : start + 60]
        assert head[2] not in found, f"{head[2]} stands twice"
        fields, place = _fields(text, head.end())
        found[head[2]] = {"type": head[1], **fields}
    return found


def _fields(text: str, place: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while text[place] != "}":
        name = re.compile(r"\s*([a-z]+) = \{").match(text, place)
        assert name, text[place : place + 60]
        assert name[1] not in fields, f"{name[1]} stands twice"
        end = _closing(text, name.end())
        fields[name[1]] = text[name.end() : end]
        after = re.compile(r"\s*,?\s*").match(text, end + 1)
        place = after.end() if after else end + 1
    return fields, place + 1


def _closing(text: str, place: int) -> int:
    """Where the brace is that closes what has begun: BibTeX counts every brace, with a backslash before it too."""
    depth = 1
    while True:
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place
        place += 1
