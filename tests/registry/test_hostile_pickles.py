"""Pickles that were written or damaged to do harm: each gives plain data or one line, and none ends the process."""

import pickle
import pickletools
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from plain_values import described
from real_command import ROOT

from registry import DataError
from registry._pickles import read_pickle

HEAD = b"\x80\x05"
ENCODE, SET, DTYPE = b"c_codecs\nencode\n", b"cbuiltins\nset\n", b"cnumpy\ndtype\n"
RECONSTRUCT = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85C\x01b\x87R"


def dtype_of(
    code: bytes, state: bytes = b"K\x03X\x01\x00\x00\x00|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00t"
) -> bytes:
    """Operations that make a dtype and give it a state, without flags unless it says so."""
    return DTYPE + b"X" + len(code).to_bytes(4, "little") + code + b"\x89\x88\x87R(" + state + b"b"


def array_of(dtype: bytes, content: bytes, shape: bytes = b"K\x01\x85") -> bytes:
    """Operations that make an array of raw bytes."""
    raw = b"B" + len(content).to_bytes(4, "little") + content
    return HEAD + RECONSTRUCT + b"(K\x01" + shape + dtype + b"\x89" + raw + b"tb."


POINTERS = array_of(dtype_of(b"O8"), b"A" * 8)  # objects at addresses that the file chooses
HUGE = (2**62).to_bytes(8, "little")
LONG = b"X\x00\x00\x01\x00" + b"a" * 65_536

CORPUS = {
    "addresses as objects": POINTERS,
    "addresses as objects, through protocol 5": HEAD
    + b"cnumpy._core.numeric\n_frombuffer\n(C\x08AAAAAAAA"
    + dtype_of(b"O8")
    + b"K\x01\x85X\x01\x00\x00\x00CtR.",
    "fields": array_of(dtype_of(b"i4", b"K\x03X\x01\x00\x00\x00|NX\x01\x00\x00\x00aNK\x08K\x01K\x00t"), b"A" * 4),
    "another size": array_of(dtype_of(b"i4", b"K\x03X\x01\x00\x00\x00<NNNK\x64K\x01K\x00t"), b"A" * 4),
    "flags of objects": array_of(dtype_of(b"i8", b"K\x03X\x01\x00\x00\x00<NNNK\x08K\x01K\x3ft"), b"A" * 8),
    "a dtype without a state": array_of(DTYPE + b"X\x02\x00\x00\x00i4\x89\x88\x87R", b"A" * 4),
    "a shape of more bytes": array_of(dtype_of(b"u1"), b"A" * 4, b"K\x05\x85"),
    "a shape of fewer bytes": array_of(dtype_of(b"u1"), b"A" * 4, b"K\x03\x85"),
    "a negative shape": array_of(dtype_of(b"u1"), b"A" * 4, b"J\xff\xff\xff\xffJ\xfc\xff\xff\xff\x86"),
    "a shape beyond memory": array_of(dtype_of(b"u1"), b"", b"\x8a\x08" + b"\xff" * 7 + b"\x7fK\x02\x86"),
    "a shape of bool": array_of(dtype_of(b"u1"), b"A", b"\x88\x85"),
    "40 axes": array_of(dtype_of(b"u1"), b"A", b"(" + b"K\x01" * 40 + b"t"),
    "text of no characters": array_of(
        dtype_of(b"U1", b"K\x03X\x01\x00\x00\x00<NNNK\x04K\x04K\x08t"), b"\xff\xff\xff\xff"
    ),
    "neither true nor false": array_of(dtype_of(b"b1"), b"\x02"),
    "an array without a state": HEAD + RECONSTRUCT + b".",
    "an array of a kind of its own": HEAD + RECONSTRUCT.replace(b"cnumpy\nndarray\n", SET) + b".",
    "an array by its constructor": HEAD + b"cnumpy\nndarray\nK\x05\x85\x85R.",
    "a dtype by itself": HEAD + dtype_of(b"u1") + b".",
    "a name by itself": HEAD + DTYPE + b".",
    "a dtype as a key": HEAD + b"}" + dtype_of(b"u1") + b"Ns.",
    "an array as a member": HEAD + SET + b"](" + array_of(dtype_of(b"u1"), b"A")[2:-1] + b"e\x85R.",
    "a built set": HEAD + SET + b"]\x85R}b.",
    "a built frozenset": HEAD + b"(\x91}b.",
    "a built list": HEAD + b"]}b.",
    "a built name": HEAD + SET + b"}b.",
    "a built array once more": POINTERS.replace(b"O8", b"u8")[:-1] + b"}b.",
    "a called list": HEAD + b"])R.",
    "a called text": HEAD + b"X\x01\x00\x00\x00a)R.",
    "arguments that are no tuple": HEAD + SET + b"]R.",
    "bytes of a size": HEAD + b"cbuiltins\nbytes\nJ\xff\xff\xff\x7f\x85R.",
    "a bytearray of a size": HEAD + b"cbuiltins\nbytearray\nJ\xff\xff\xff\x7f\x85R.",
    "another encoding": HEAD + ENCODE + b"X\x01\x00\x00\x00aX\x03\x00\x00\x00hex\x86R.",
    "NEWOBJ": HEAD + SET + b")\x81.",
    "NEWOBJ_EX": HEAD + SET + b")}\x92.",
    "INST": b"(icollections\nOrderedDict\n.",
    "OBJ": b"(cbuiltins\nset\no.",
    "EXT1": HEAD + b"\x82\x01.",
    "EXT2": HEAD + b"\x83\x01\x00.",
    "EXT4": HEAD + b"\x84\x01\x00\x00\x00.",
    "PERSID": b"Pany\n.",
    "BINPERSID": HEAD + b"K\x01Q.",
    "NEXT_BUFFER": HEAD + b"\x97.",
    "READONLY_BUFFER": HEAD + b"C\x01a\x98.",
    "protocol 6": b"\x80\x06N.",
    "a name of no text": HEAD + b"K\x01K\x02\x93.",
    "a name of escapes": b"c\x1b[2Jos\nsystem\n.",
    "a far place of the memo": HEAD + b"Nr\xff\xff\xff\x7f0h\x01.",
    "bytes beyond memory": HEAD + b"\x8e" + HUGE + b"a.",
    "a bytearray beyond memory": HEAD + b"\x96" + HUGE + b"a.",
    "text beyond memory": HEAD + b"\x8d" + HUGE + b"a.",
    "a number of many digits": b"L" + b"9" * 100_000 + b"L\n.",
    "a number of letters": b"I" + b"x" * 100_000 + b"\n.",
    "text made to bytes again and again": HEAD + b"(" + ENCODE + LONG + b"X\x06\x00\x00\x00latin1\x86q\x01R"
    b"0" + (ENCODE + b"h\x01R") * 999 + b"t.",
    "a set made again and again": HEAD + b"(](" + b"K\x01" * 9_999 + b"e\x85q\x01" + (SET + b"h\x01R") * 999 + b"t.",
    "lists in lists": HEAD + b"]" * 5_000 + b"a" * 4_999 + b".",
    "tuples in tuples": HEAD + b"N" + b"\x85" * 50_000 + b".",
    "a list of itself": HEAD + b"]q\x00h\x00a.",
    "a tuple of itself": HEAD + b"]q\x00h\x00\x85q\x01a0h\x01.",
    "a dict of itself": HEAD + b"}q\x00Nh\x00s.",
    "a key of tuples": HEAD + b"}N" + b"\x85" * 50_000 + b"Ns.",
    "a member that doubles": HEAD + b"(N" + b"\x852\x86" * 60 + b"\x91.",
    "a list that doubles, as a key": HEAD + b"}](N" + b"2\x86" * 60 + b"tNs.",
    "two pickles": pickle.dumps(1) + pickle.dumps(2),
    "two values": HEAD + b"NN.",
    "no value": HEAD + b".",
    "a mark by itself": HEAD + b"(.",
    "a value above a mark": HEAD + b"(N.",
    "text of Python 2 that is not ASCII": b"U\x01\xe9.",
    "pairs for a set": HEAD + b"\x8f(NNu.",
    "items for a bytearray": HEAD + b"\x96\x01" + b"\0" * 7 + b"a(K\x01e.",
    "an array built twice": array_of(dtype_of(b"u1"), b"A")[:-1]
    + b"(K\x01K\x01\x85"
    + dtype_of(b"u1")
    + b"\x89C\x01Atb.",
    "a name that costs much to hash": HEAD + b"N" + b"\x85" * 50_000 + b"X\x01\x00\x00\x00a\x93.",
    "a long name": b"c" + b"x" * 10_000 + b"\nsystem\n.",
    "axes that cost much to sort": HEAD
    + b"cnumpy._core.numeric\n_frombuffer\n(C\x01A"
    + dtype_of(b"u1")
    + b"K\x01\x85X\x01\x00\x00\x00K("
    + (b"N" + b"\x852\x86" * 60) * 2
    + b"ttR.",
    "an odd number of keys and values": HEAD + b"}(Nu.",
}


REASONS = {
    "addresses as objects": "an array of dtype 'O8': only of bool, int, uint, float, and text of fixed width",
    "fields": "its dtype i4 is not plain: it has fields",
    "a dtype without a state": "its dtype i4 is not whole",
    "a shape of fewer bytes": "an array of 4 bytes of |u1 does not have the shape (3,)",
    "a negative shape": "an array of 4 bytes of |u1 does not have the shape (-1, -4)",
    "a shape of bool": "an array of 1 bytes of |u1 does not have the shape (True,)",
    "40 axes": "an array of 1 bytes of |u1 does not have the shape (1, 1, 1, 1, 1, 1, ...)",
    "an array without a state": "an array is not whole",
    "an array of a kind of its own": "it makes an array of a kind of its own",
    "an array by its constructor": "it makes an array in a way that is not known",
    "an array built twice": "the state of an array is none of the known form",
    "axes that cost much to sort": "the order of an array's axes is not known",
    "a name by itself": "it holds a name or a dtype by itself, which is no data",
    "a dtype by itself": "it holds a name or a dtype by itself, which is no data",
    "a dtype as a key": "a key or a member of a set is neither text nor number",
    "a built set": "it builds a set: only arrays and their dtypes are built",
    "a built list": "it builds a list: only arrays and their dtypes are built",
    "a built name": "it builds a Name: only arrays and their dtypes are built",
    "a called list": "it calls what is no name",
    "pairs for a set": "it adds to a set as if that were a dict",
    "items for a bytearray": "it adds to a bytearray as if that were a list",
    "NEWOBJ": "its operation NEWOBJ is not one of plain data",
    "BINPERSID": "its operation BINPERSID is not one of plain data",
    "EXT1": "its operation EXT1 is not one of plain data",
    "a name of no text": "it names something by what is no text",
    "a name that costs much to hash": "it names something by what is no text",
    "a name of escapes": "it names ?[2Jos.system: only plain containers",
    "lists in lists": "it is nested more than 100 deep, or in itself",
    "a list of itself": "it is nested more than 100 deep, or in itself",
    "a member that doubles": "a key or a member of a set is neither text nor number",
    "two pickles": "it does not hold exactly one thing",
}


@pytest.mark.parametrize("name", REASONS)
def test_the_line_says_why(name: str) -> None:
    with pytest.raises(DataError, match=f": {re.escape(REASONS[name])}"):
        read_pickle(CORPUS[name], "here")


@pytest.mark.parametrize("name", CORPUS)
def test_what_would_do_harm_is_one_line(name: str) -> None:
    with pytest.raises(DataError, match=r"^here: (refused, nothing of it was run|not a whole pickle)") as caught:
        read_pickle(CORPUS[name], "here")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_addresses_as_objects_do_not_end_the_process() -> None:
    """Python's own unpickler makes the array, and whatever looks at it ends the process: hence another process."""
    script = (
        "import sys; from registry._pickles import read_pickle; print(read_pickle(sys.stdin.buffer.read(), 'here'))"
    )
    found = subprocess.run(
        [sys.executable, "-P", "-c", script],
        env={"PYTHONPATH": str(ROOT)},
        input=POINTERS,
        capture_output=True,
        timeout=60,
    )
    assert found.returncode == 1
    assert b"here: refused, nothing of it was run: an array of dtype 'O8'" in found.stderr


def test_what_is_shared_is_read_once_and_not_as_a_loop() -> None:
    doubled: Any = ["x"]
    for _ in range(60):
        doubled = [doubled, doubled]
    found = read_pickle(pickle.dumps(doubled), "here")
    assert found[0] is found[1]


GOOD = [
    [{"raw": "a text", "name": ("Ann", None), "start": 3, "share": 0.5, "is": True, "set": {1, 2}, "b": b"x"}] * 2,
    np.arange(6, dtype=np.uint8).reshape(2, 3),
    [np.array(["a", "b"]), np.array([True]), frozenset({"f"}), bytearray(b"xy"), -(2**70)],
]
NAMES = (b"cnumpy\ndtype\n", b"cnumpy\nndarray\n", b"cnumpy.core.multiarray\n_reconstruct\n", SET, ENCODE)
NAMES += (
    b"cbuiltins\nbytearray\n",
    b"cbuiltins\nfrozenset\n",
    b"cnumpy._core.numeric\n_frombuffer\n",
    b"cos\nsystem\n",
)
VALUES = (b"K\x00", b"K\x03", b"J\xff\xff\xff\xff", b"N", b"\x88", b"C\x01a", b"X\x01\x00\x00\x00<", b"]", b"}", b")")
VALUES += (b"X\x02\x00\x00\x00u1", b"X\x06\x00\x00\x00latin1", b"h\x00", b"h\x01", b"q\x00", b"q\x01", b"(", b"\x8f")
OPERATIONS = [operation.code.encode("latin-1") for operation in pickletools.opcodes if operation.arg is None]


def pieces(content: bytes) -> list[bytes]:
    """The operations of a pickle, each with its argument."""
    places = [place or 0 for _, _, place in pickletools.genops(content)]
    return [content[start:end] for start, end in zip(places, [*places[1:], len(content)], strict=True)]


def with_other_bytes(content: bytes, generator: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(generator.randint(1, 4)):
        place = generator.randrange(len(damaged))
        damaged[place : place + generator.randint(0, 2)] = generator.randbytes(generator.randint(0, 2))
    return bytes(damaged)


def with_other_operations(content: bytes, generator: random.Random) -> bytes:
    parts = pieces(content)
    for _ in range(generator.randint(1, 4)):
        place = generator.randrange(len(parts))
        other = generator.choice([*parts, *NAMES, *VALUES, *OPERATIONS])
        parts[place : place + generator.randint(0, 2)] = [other] * generator.randint(0, 2)
    return b"".join(parts)


def drawn(generator: random.Random) -> bytes:
    length = generator.randint(1, 30)
    return HEAD + b"".join(generator.choice([*NAMES, *VALUES, *VALUES, *OPERATIONS]) for _ in range(length)) + b"."


def fuzzed(cases: int) -> Iterator[bytes]:
    generator = random.Random(0)
    good = [pickle.dumps(value, protocol) for value in GOOD for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for _ in range(cases):
        content = generator.choice(good)
        yield with_other_bytes(content, generator)
        yield with_other_operations(content, generator)
        yield drawn(generator)


def way_out(content: bytes) -> str:
    """What became of it: read, or the beginning of the one line that says why not."""
    try:
        described(read_pickle(content, "here"))
    except DataError as error:
        return str(error) if str(error).isprintable() else f"not one line: {error!r}"
    return "read"


@pytest.mark.long
def test_whatever_is_damaged_or_drawn_gives_plain_data_or_one_line() -> None:
    outs = ("read", "here: refused, nothing of it was run: ", "here: not a whole pickle (")
    counted = dict.fromkeys(outs, 0)
    for content in fuzzed(20_000):
        found = way_out(content)
        out = next((out for out in outs if found.startswith(out)), None)
        assert out is not None, (content, found)
        counted[out] += 1
    assert min(counted.values()) > 1000  # each has been gone many times
