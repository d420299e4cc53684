"""Names in pickles: none of them is Python's or numpy's own, and their stand-ins make plain data alone."""

from typing import Any

import pytest

from registry import DataError
from registry._pickled_names import MAKERS, Name, key, named, shown


def made(module: str, name: str, *arguments: Any) -> Any:
    """What becomes of a call in a pickle."""
    return MAKERS[named(module, name)](*arguments)


def test_whatever_is_called_is_code_of_ours() -> None:
    assert {maker.__module__ for maker in MAKERS.values()} == {
        "registry._pickled_names",
        "registry._pickled_arrays",
    }


@pytest.mark.parametrize("module", ["builtins", "__builtin__"])
def test_sets_and_bytes_are_made_as_python_makes_them(module: str) -> None:
    assert made(module, "set", [1, "a", (2, None)]) == {1, "a", (2, None)}
    assert made(module, "frozenset", [1, 1]) == frozenset({1})
    assert made(module, "bytes") == b""
    assert made(module, "bytearray", b"ab") == bytearray(b"ab")
    assert made(module, "bytearray", "é", "latin-1") == bytearray(b"\xe9")
    assert made("_codecs", "encode", "\xff\0", "latin1") == b"\xff\0"


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("os", "system", "it names os.system: only plain containers and numpy arrays are read from a pickle"),
        ("builtins", "eval", "it names builtins.eval: only plain"),
        ("numpy", "dtype.__class__", "it names numpy.dtype.__class__: only"),
        ("\x1b[31m", "x" * 200, r"it names \?\[31m\.x{74}: only plain"),
        (7, "x", "it names something by what is no text"),
    ],
)
def test_every_other_name_is_refused(module: Any, name: Any, words: str) -> None:
    with pytest.raises(DataError, match=words):
        named(module, name)


@pytest.mark.parametrize(
    ("module", "name", "arguments", "words"),
    [
        ("builtins", "set", ([[]],), "a key or a member of a set is neither text nor number nor a tuple"),
        ("builtins", "frozenset", ([(1, (2,))],), "a key or a member of a set"),
        ("builtins", "bytes", (2**31,), "it makes bytes of something else"),
        ("builtins", "bytearray", (2**31,), "it makes a bytearray of something else than bytes"),
        ("_codecs", "encode", ("61", "hex"), "it encodes something in another way than text as latin-1"),
        ("numpy", "ndarray", ((9,),), "it makes an array in a way that is not known"),
        ("numpy.core.multiarray", "_reconstruct", (Name("builtins", "set"), (0,), b"b"), "a kind of its own"),
    ],
)
def test_what_would_make_something_else_is_refused(
    module: str, name: str, arguments: tuple[Any, ...], words: str
) -> None:
    with pytest.raises(DataError, match=words):
        made(module, name, *arguments)


def test_a_number_of_another_class_is_no_key() -> None:
    class Costly(int):
        """Whose hash may be anybody's code."""

    assert key(True) is True
    assert key((1.5, b"x", None)) == (1.5, b"x", None)
    for odd in (Costly(1), (Costly(1),), [], bytearray(b"x")):
        with pytest.raises(DataError, match="neither text nor number"):
            key(odd)
    assert shown("a\nb" * 100) == ("a b" * 100)[:80]
