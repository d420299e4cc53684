"""Tensors of somebody's file: from safetensors, or from a torch pickle of tensors alone, which runs nothing."""

import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from registry import DataError
from registry.state_dicts import read_state_dict

GIVEN = {"fc.weight": torch.ones(2, 3), "fc.bias": torch.zeros(2)}


@pytest.mark.parametrize("wrapped", [GIVEN, {"state_dict": GIVEN}, {"model_state_dict": GIVEN, "epoch": 2}])
def test_a_torch_pickle_of_tensors_is_read_whatever_a_training_script_wraps_it_in(
    tmp_path: Path, wrapped: object
) -> None:
    torch.save(wrapped, tmp_path / "a.pt")
    assert read_state_dict(tmp_path / "a.pt").keys() == GIVEN.keys()


def test_a_file_that_wraps_two_state_dicts_is_refused_with_their_names(tmp_path: Path) -> None:
    torch.save({"model": GIVEN, "state_dict": GIVEN}, tmp_path / "two.pt")
    with pytest.raises(DataError, match="it holds state_dict and model: save the state dict of the one that is meant"):
        read_state_dict(tmp_path / "two.pt")


def test_safetensors_are_read(tmp_path: Path) -> None:
    save_file(GIVEN, tmp_path / "a.safetensors")
    assert torch.equal(read_state_dict(tmp_path / "a.safetensors")["fc.weight"], GIVEN["fc.weight"])


class Runs:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


def test_a_pickle_that_would_run_code_is_refused_and_not_run(tmp_path: Path) -> None:
    torch.save({"fc.weight": Runs(tmp_path / "ran")}, tmp_path / "a.pt")
    (tmp_path / "b.pt").write_bytes(pickle.dumps(Runs(tmp_path / "ran")))
    with pytest.raises(DataError, match=r"more than tensors: refused, nothing of it was run; .*save_file"):
        read_state_dict(tmp_path / "a.pt")
    with pytest.raises(DataError):
        read_state_dict(tmp_path / "b.pt")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "not a state dict"), (b"no weights", "not a state dict|more than tensors"), (None, "no such file")],
)
@pytest.mark.parametrize("name", ["a.pt", "a.safetensors"])
def test_what_holds_no_state_dict_is_one_line(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=said) as caught:
        read_state_dict(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_list_and_a_folder_are_no_state_dicts(tmp_path: Path) -> None:
    torch.save([torch.ones(2)], tmp_path / "a.pt")
    with pytest.raises(DataError, match="expected tensors by name"):
        read_state_dict(tmp_path / "a.pt")
    (tmp_path / "b.pt").mkdir()
    with pytest.raises(DataError):
        read_state_dict(tmp_path / "b.pt")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({1: torch.ones(2)}, "expected tensors by name"),
        ({"fc.weight": torch.ones(2, 2).to_sparse()}, "fc.weight is no plain tensor: save it dense"),
        ({"fc.weight": torch.ones(2, device="meta")}, "fc.weight is no plain tensor: save it dense, with its numbers"),
    ],
)
def test_tensors_without_names_or_numbers_are_one_line(
    tmp_path: Path, given: dict[object, torch.Tensor], said: str
) -> None:
    torch.save(given, tmp_path / "a.pt")
    with pytest.raises(DataError, match=said):
        read_state_dict(tmp_path / "a.pt")
