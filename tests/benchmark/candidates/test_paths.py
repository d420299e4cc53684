"""What networks are called: the name that is given, or as few of the path's last parts as tell it from the others."""

from pathlib import Path

import pytest

from benchmark.candidates.paths import named
from registry import UserError


def test_a_path_is_named_by_its_last_part_without_its_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert list(named(["x/clean.npy", "noisy=y/b.npz", "z/model.safetensors", "runs/best/", "v1.5"])) == [
        "clean", "noisy", "model", "best", "v1.5",
    ]  # fmt: skip
    assert list(named(["."])) == [tmp_path.name]


def test_a_path_in_whose_name_there_is_an_equals_sign_is_a_path(tmp_path: Path) -> None:
    odd = tmp_path / "lr=1.npy"
    odd.touch()
    assert named([str(odd)]) == {"lr=1": odd}


def test_checkpoints_with_the_same_number_are_told_apart_by_the_folders_around_them() -> None:
    given = ["runs/clean/checkpoint-500", "runs/noisy/checkpoint-500", "runs/noisy/checkpoint-900"]
    assert list(named(given)) == ["clean/checkpoint-500", "noisy/checkpoint-500", "checkpoint-900"]


@pytest.mark.parametrize(
    "given", [["a=x.npy", "a=y.npy"], ["a.npy", "a.npy"], ["a.npy", "./a.npy"], ["a.npy", "a.npz"]]
)
def test_what_cannot_be_told_apart_is_refused_with_the_cure(given: list[str]) -> None:
    with pytest.raises(UserError, match=r"two networks are named 'a': give them names, as in clean="):
        named(given)


def test_a_user_that_is_not_there_is_one_line() -> None:
    with pytest.raises(UserError, match="there is no such user"):
        named(["~nobody-of-this-name/a.npy"])
