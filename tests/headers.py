"""Files of safetensors with other headers: what a damaged or a hostile one may say."""

import json
import random
import struct
from collections.abc import Iterator
from typing import Any

KINDS = ("BOOL", "U8", "I8", "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "F64", "I64", "U64", "C64", "NONE")
KINDS += ("F8_E4M3", "F8_E5M2", "F8_E8M0", "F4", "F6_E2M3")
NUMBERS = (-1, 0, 1, 2, 3, 5, 2**31, 2**63, 2**64, 1.5, None, "1", [])


def header_of(content: bytes) -> tuple[dict[str, Any], bytes]:
    """What the header says, and the bytes that follow it."""
    (length,) = struct.unpack("<Q", content[:8])
    return json.loads(content[8 : 8 + length]), content[8 + length :]


def with_header(header: Any, data: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def with_kind(content: bytes, name: str, kind: str) -> bytes:
    """The same bytes, said to be of another kind."""
    header, data = header_of(content)
    header[name]["dtype"] = kind
    return with_header(header, data)


def damaged(content: bytes, cases: int) -> Iterator[bytes]:
    """The file with other bytes in its header, and with other words there, which are drawn."""
    generator = random.Random(0)
    (length,) = struct.unpack("<Q", content[:8])
    for _ in range(cases):
        changed = bytearray(content)
        for _ in range(generator.randint(1, 3)):
            changed[generator.randrange(8 + length)] = generator.randrange(256)
        yield bytes(changed)
        yield content[: generator.randrange(len(content))]
        yield _said_otherwise(content, generator)


def _said_otherwise(content: bytes, generator: random.Random) -> bytes:
    header, data = header_of(content)
    name = generator.choice([name for name in header if name != "__metadata__"])
    about = header[name]
    change = generator.choice(("kind", "shape", "offsets", "name", "gone", "other", "swap", "rows"))
    if change == "kind":
        about["dtype"] = generator.choice(KINDS)
    elif change == "shape":
        about["shape"] = [generator.choice(NUMBERS) for _ in range(generator.randint(0, 3))]
    elif change == "offsets":
        about["data_offsets"][generator.randrange(2)] = generator.choice(NUMBERS)
    elif change == "name":
        header[generator.choice(("", "other", name + "x", "__metadata__"))] = header.pop(name)
    elif change == "gone":
        del header[name]
    elif change == "other":
        header[name] = generator.choice((None, [], {}, {"dtype": "F32"}, 1))
    elif change == "swap":
        about["shape"] = about["shape"][::-1]
    else:
        about["shape"] = [1, *about["shape"]]
    return with_header(header, data)
