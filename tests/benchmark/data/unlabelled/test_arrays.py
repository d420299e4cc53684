"""Arrays: the chosen rows alone, of the one array that is no label, and never an object."""

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from unlabelled_files import numbers_of, refusal, texts_of, written

from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.sampling import chosen
from registry import DataError

A = np.random.default_rng(0).normal(size=(50, 3, 4)).astype(np.float32)


class Runs:
    """What writes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


@pytest.mark.parametrize("array", [A, np.asfortranarray(A), A[::2, ::-1], A.astype(">f8"), A > 0, A.astype(np.uint8)])
@pytest.mark.parametrize("form", ["npy", "npz", "compressed"])
def test_an_array_is_read_as_it_is(array: np.ndarray, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{form.replace('compressed', 'npz')}"
    {"npy": np.save, "npz": np.savez, "compressed": np.savez_compressed}[form](path, array)
    for examples in (2500, 7):
        found = numbers_of(path, examples)
        np.testing.assert_array_equal(found.values, array[chosen(len(array), examples)])
        assert found.values.dtype == array.dtype.newbyteorder("=")
        assert found.of == len(array)


def test_texts_are_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", ["first", "th\u00e9"])
    assert texts_of(tmp_path / "a.npy") == ("first", "th\u00e9")
    np.save(tmp_path / "a.npy", ["first", " "])
    assert refusal(tmp_path / "a.npy") == "a.npy: row 1 (from 0): the text is empty"
    np.save(tmp_path / "a.npy", [["first"]])
    assert refusal(tmp_path / "a.npy") == "a.npy: texts have the shape (1, 1), and one axis, of the examples, is read"


@pytest.mark.parametrize("name", ["labels", "y", "target", "groups", "class", "y_train", "Label"])
def test_arrays_of_labels_are_not_touched(name: str, tmp_path: Path) -> None:
    """Their bytes are of no array, and objects would run code."""
    for poison in (b"no array", pickle.dumps(Runs(tmp_path / "ran"))):
        np.savez(tmp_path / "a.npz", features=A)
        with zipfile.ZipFile(tmp_path / "a.npz", "a") as packed:
            packed.writestr(f"{name}.npy", poison)
        found = numbers_of(tmp_path / "a.npz")
        np.testing.assert_array_equal(found.values, A)
        assert found.left_out == (name,)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["inputs", "x", "X", "images"])
def test_of_several_arrays_the_one_is_read_that_is_named_as_inputs(name: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", **{"other": A * 2, name: A, "y": A})
    found = numbers_of(tmp_path / "a.npz")
    np.testing.assert_array_equal(found.values, A)
    assert found.left_out == ("other", "y")


WRITE = "write the one by np.save('inputs.npy', array)"
SEVERAL = {
    "which": (
        ("a", "b", "y"),
        f"several arrays may be the inputs ('a', 'b'): {WRITE}",
    ),
    "two": (
        ("x", "images"),
        f"several arrays may be the inputs ('x', 'images'): {WRITE}",
    ),
    "labels": (("y", "groups"), "no array is left to read: of 'y', 'groups' none is read, as labels are not"),
    "none": ((), "it holds no array; write one by np.save('inputs.npy', array)"),
    "mask": (
        ("input_ids", "attention_mask"),
        "attention_mask beside the ids is not read, so that padding would be taken for words: give the texts",
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_an_archive_without_one_array_of_inputs_is_refused(name: str, tmp_path: Path) -> None:
    names, said = SEVERAL[name]
    np.savez(tmp_path / "a.npz", **dict.fromkeys(names, A))
    assert refusal(tmp_path / "a.npz") == f"a.npz: {said}"


@pytest.mark.parametrize("form", ["a.npy", "a.npz"])
def test_objects_are_refused_and_not_run(form: str, tmp_path: Path) -> None:
    objects = np.array([Runs(tmp_path / "ran")], dtype=object)
    save = np.save if form == "a.npy" else np.savez
    save(tmp_path / form, objects, allow_pickle=True)
    assert refusal(tmp_path / form) == (
        f"{form}: it holds objects, which can run code when they are read; write numbers by "
        "np.save('inputs.npy', array)"
    )
    assert not (tmp_path / "ran").exists()


def content_of(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def saying(header: str) -> bytes:
    """The head of an array that says whatever it likes, and eight bytes."""
    text = header.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + b"\0" * 8


HEAD = "{'descr': '<f4', 'fortran_order': False, 'shape': %s}"
BAD = {
    "empty": (b"", "a.npy: not what an .npy file holds (ValueError: "),
    "a text": (b"text" * 9, "a.npy: not what an .npy file holds (ValueError: the magic string is not correct"),
    "a pickle": (pickle.dumps([1]), "a.npy: not what an .npy file holds (ValueError: "),
    "half": (
        content_of(A)[:-1],
        "a.npy: it has not the bytes of the array that it says it holds: (50, 3, 4) of float32",
    ),
    "more": (
        content_of(A) + b"x",
        "a.npy: it has not the bytes of the array that it says it holds: (50, 3, 4) of float32",
    ),
    "giant": (saying(HEAD % "(99999999999999, 99999999999999)"), "a.npy: it has not the bytes of the array"),
    "negative": (saying(HEAD % "(-1, -2)"), "a.npy: not what an .npy file holds (its shape is (-1, -2))"),
    "truths": (saying(HEAD % "(True, 2)"), "a.npy: not what an .npy file holds (its shape is (True, 2))"),
    "code": (saying(HEAD % "(__import__('os').getpid(), 1)"), "a.npy: not what an .npy file holds (ValueError: "),
    "version 3": (b"\x93NUMPY\x03\x00" + saying("")[8:], "a.npy: not what an .npy file holds (ValueError: version 3.0"),
    "one axis": (content_of(A[:, 0, 0]), "a.npy: its shape is (50,); the first axis is that of the examples"),
    "no axis": (content_of(A[0, 0, 0]), "a.npy: its shape is (); the first axis is that of the examples"),
    "nothing": (content_of(A[:0]), "a.npy: its shape is (0, 3, 4): there is nothing in it"),
    "complex": (content_of(A * 1j), "a.npy: it holds complex64, and numbers or texts are read"),
    "fields": (content_of(np.zeros(2, "f4,i4")), "a.npy: it holds [('f0', '<f4'), ('f1', '<i4')], and numbers"),
    "nan": (content_of(np.where(A[9, 1, 2] == A, np.nan, A)), "a.npy: row 9 (from 0): nan at [1, 2] is not a finite"),
    "no texts": (content_of(np.array([""])[:0]), "a.npy: texts have the shape (0,), and one axis"),
    "no letters": (
        b"".join([content_of(np.array(["x"]))[:-4], b"\xff" * 4]),
        "a.npy: it holds what is no text: a letter of the number 4294967295",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_in_one_line(name: str, tmp_path: Path) -> None:
    content, said = BAD[name]
    assert refusal(written(tmp_path / "a.npy", content)).startswith(said)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_a_damaged_archive_is_refused_though_its_sample_is_whole(save: object, tmp_path: Path) -> None:
    """A byte behind the last chosen row is another: only the checksum of all bytes tells."""
    values = np.arange(40_000, dtype=np.int64).reshape(-1, 2)
    save(tmp_path / "a.npz", values)  # type: ignore[operator]
    content = bytearray((tmp_path / "a.npz").read_bytes())
    place = len(content) // 2
    content[place] ^= 1
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"array 'arr_0' cannot be read"):
        unlabelled(str(tmp_path / "a.npz"), examples=1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"text" * 99])
def test_what_is_no_archive_is_said_in_one_line(content: bytes, tmp_path: Path) -> None:
    said = refusal(written(tmp_path / "a.npz", content))
    assert said.startswith(("a.npz: not what an .npz file holds (", "a.npz: it holds no array"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_arrays_of_one_name_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as packed:
        packed.writestr("x.npy", content_of(A))
        packed.writestr("x.npy", content_of(A * 2))
    assert refusal(tmp_path / "a.npz") == "a.npz: two arrays have one name"
