"""The key of a cell: readable, and at its end a hash of everything that changes the result.

In: what a key says, and the identity of a cell. Out: the name of the cell's folder.
"""

import hashlib

from benchmark.identity import Identity
from benchmark.plain.canonical import canonical
from registry import Condition

# Bytes of the readable part of a key. A file system allows 255; `.tmp-` and 33 more stand around a key while its cell
# is written, and 14 more behind that of a network where its values under other settings are kept.
LONGEST_STEM = {"train": 193, "score": 208}


def condition_label(condition: Condition, knob: str | None) -> str:
    """a0.25 for alpha = 0.25; a named condition is its own label."""
    return f"{(knob or '')[:1]}{condition:g}" if isinstance(condition, float) else condition


def key_of(stem: str, identity: Identity) -> str:
    """The readable part and the hash of an identity."""
    digest = hashlib.sha256(canonical(identity).encode()).hexdigest()[:8]
    return f"{_short(stem, LONGEST_STEM[identity['work']])}-{digest}"


def _short(stem: str, longest: int) -> str:
    """The stem, or as much of one that is too long for the name of a folder, with a digest of the whole."""
    if len(stem.encode()) <= longest:
        return stem
    digest = hashlib.sha256(stem.encode()).hexdigest()[:8]
    return f"{stem.encode()[: longest - 9].decode(errors='ignore').rstrip(' .')}~{digest}"
