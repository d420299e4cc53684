"""Dumped activations: each form is read, and nothing in a file is ever run."""

import pickle
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmark.candidates.dumped import arrays_in
from registry import UserError

A = np.random.default_rng(0).normal(size=(6, 3)).astype(np.float32)


def test_each_form_is_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    np.savez(tmp_path / "a.npz", fc1=A, fc2=2 * A)
    save_file({"fc1": A}, tmp_path / "a.safetensors")
    found = {form: arrays_in(tmp_path / f"a.{form}") for form in ("npy", "npz", "safetensors")}
    assert {form: list(own) for form, own in found.items()} == {
        "npy": ["activations"], "npz": ["fc1", "fc2"], "safetensors": ["fc1"],
    }  # fmt: skip
    np.testing.assert_array_equal(found["npz"]["fc2"], 2 * A)


class Runs:
    """What writes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


@pytest.mark.parametrize("name", ["a.npy", "a.npz", "a.pkl", "a.pt"])
def test_a_pickle_is_refused_with_the_cure_and_not_run(tmp_path: Path, name: str) -> None:
    ran, file = tmp_path / "ran", tmp_path / name
    objects = np.array([Runs(ran)], dtype=object)
    if name == "a.npy":
        np.save(file, objects, allow_pickle=True)
    elif name == "a.npz":
        np.savez(file, fc1=objects)
    else:
        file.write_bytes(pickle.dumps(Runs(ran)))
    with pytest.raises(UserError, match=r"can run code when .*np\.save"):
        arrays_in(file)
    assert not ran.exists()


def test_only_one_number_for_each_example_is_taken_for_labels(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=A, y=2 * A, target=3 * A, labels=np.arange(6), label=np.arange(6)[:, None])
    assert list(arrays_in(tmp_path / "a.npz")) == ["x", "y", "target"]


def test_bfloat16_is_read_in_float32(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file as save_tensors

    save_tensors({"fc": torch.tensor(A).bfloat16()}, tmp_path / "a.safetensors")
    found = arrays_in(tmp_path / "a.safetensors")["fc"]
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, A, rtol=2**-8)


def test_an_array_that_says_it_is_larger_than_its_file_is_refused_before_room_is_made(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    content = (tmp_path / "a.npy").read_bytes().replace(b"(6, 3), }           ", b"(1000000000000, 3),}")
    (tmp_path / "a.npy").write_bytes(content)
    with pytest.raises(UserError, match=r"it has not the bytes of the array .*: \(1000000000000, 3\) of float32"):
        arrays_in(tmp_path / "a.npy")
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as packed:
        packed.writestr("fc.npy", content)
    with pytest.raises(UserError, match="it has not the bytes of the array"):
        arrays_in(tmp_path / "a.npz")


def test_an_archive_that_is_larger_than_the_memory_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.savez_compressed(tmp_path / "a.npz", fc=np.zeros((1000, 100)))
    monkeypatch.setattr("benchmark.candidates.dumped.os.sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 100}.get)
    with pytest.raises(MemoryError):
        arrays_in(tmp_path / "a.npz")


def test_two_arrays_of_one_name_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "fc.npy", A)
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(2):
            packed.write(tmp_path / "fc.npy", "fc.npy")
    with pytest.raises(UserError, match="two arrays have one name"):
        arrays_in(tmp_path / "a.npz")


@pytest.mark.parametrize("name", ["a.npy", "a.npz", "a.safetensors"])
@pytest.mark.parametrize("content", [b"", b"\x93NUMPY\x01\x00", b"PK\x03\x04", b"no array at all" * 9])
def test_what_is_damaged_is_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=r"not what a|can run code") as caught:
        arrays_in(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_what_is_no_such_file_is_named(tmp_path: Path) -> None:
    np.save(tmp_path / "clean.npy", A)
    (tmp_path / "folder.npy").mkdir()
    for name, said in {
        "clear.npy": "no such file; did you mean 'clean.npy'",
        "folder.npy": "not a regular file",
        "a.csv": "activations are read from .npy, .npz, .safetensors files",
    }.items():
        with pytest.raises(UserError, match=said):
            arrays_in(tmp_path / name)
    np.savez(tmp_path / "empty.npz")
    with pytest.raises(UserError, match="it holds no array"):
        arrays_in(tmp_path / "empty.npz")


def test_taps_of_safetensors_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    save_file(dict.fromkeys(("fc10", "fc2", "fc1", "b"), A), tmp_path / "a.safetensors")
    for _ in range(5):
        assert list(arrays_in(tmp_path / "a.safetensors")) == ["b", "fc1", "fc2", "fc10"]


def test_a_second_array_behind_the_first_is_not_passed_over(tmp_path: Path) -> None:
    with (tmp_path / "a.npy").open("wb") as stream:
        np.save(stream, A)
        np.save(stream, A)
    with pytest.raises(UserError, match="it has not the bytes of the array"):
        arrays_in(tmp_path / "a.npy")


@pytest.mark.parametrize("place", [8, 20, 60])
def test_a_flipped_byte_and_another_form_are_one_line(tmp_path: Path, place: int) -> None:
    np.save(tmp_path / "a.npy", A)
    content = bytearray((tmp_path / "a.npy").read_bytes())
    (tmp_path / "b.npz").write_bytes(content)
    content[place] ^= 0x5F
    (tmp_path / "a.npy").write_bytes(content)
    for name in ("a.npy", "b.npz"):
        with pytest.raises(UserError, match="not what a"):
            arrays_in(tmp_path / name)


def test_labels_beside_activations_are_not_read_as_a_tap(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", fc=A, labels=np.eye(6), y=np.arange(6))
    assert list(arrays_in(tmp_path / "a.npz")) == ["fc"]
