"""Where a network is exported to: a file that can be named, nothing of somebody else's, and whole after a kill."""

from pathlib import Path

import pytest
import torch
from torch import nn

import memorank
from benchmark.networks.weights import WeightsFacts, packed
from benchmark.process import files
from benchmark.run import exporting
from benchmark.run.exporting import check_place, export
from benchmark.run.loading_code import HEAD
from benchmark.run_folder.network_keys import network_meant
from registry import UserError

SMALL = [
    "limit=20",
    "estimator={sub_samples: 0, inputs: [evaluation]}",
    "seeds=[0]",
    "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0], training: {max_epochs: 1}}]",
]
FACTS: WeightsFacts = {
    "key": "a.b.s0-12", "family": "b", "family_version": 1, "shape": [3], "num_classes": 2, "seed": 5, "tokens": None,
    "version": "0.2.0",
}  # fmt: skip


def test_a_place_is_ours_where_both_files_are_ours_or_not_there(tmp_path: Path) -> None:
    out = tmp_path / "model.safetensors"
    assert check_place(out) == tmp_path / "model.py"
    out.write_bytes(packed(nn.Linear(3, 2), FACTS))
    (tmp_path / "model.py").write_text(f"{HEAD}changed below\n")
    assert check_place(out) == tmp_path / "model.py"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.py", "model.safetensors"]


@pytest.mark.parametrize("name", ["model.safetensors", "model.py"])
@pytest.mark.parametrize("there", ["another file", "a link to nothing", "a folder", "weights of another library"])
def test_what_is_not_ours_is_named(name: str, there: str, tmp_path: Path) -> None:
    place = tmp_path / name
    if there == "a folder":
        place.mkdir()
    elif there == "a link to nothing":
        place.symlink_to(tmp_path / "nothing")
    elif there == "another file":
        place.write_text("mine")
    else:
        from safetensors.torch import save_file

        save_file({"a": torch.zeros(2)}, place, {"format": "pt"})
    said = "names no .safetensors file" if (name, there) == ("model.safetensors", "a folder") else "did not export it"
    with pytest.raises(UserError, match=rf"{name} .*{said}"):
        check_place(tmp_path / "model.safetensors")


@pytest.mark.parametrize("name", ["model", "model.pt", "model.SAFETENSORS", ".safetensors"])
def test_a_name_that_is_no_safetensors_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"names no \.safetensors file: say one, as in --out .*\.safetensors$"):
        check_place(tmp_path / name)


def test_an_export_that_ends_between_its_files_is_mended_by_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, out = tmp_path / "run", tmp_path / "out" / "model.safetensors"
    memorank.run("toy", out=run, overrides=SMALL)
    key = network_meant(run, "toy-spurious")

    def ending(path: Path, content: bytes) -> None:
        if path.suffix == ".py":
            raise KeyboardInterrupt
        files.write_file(path, content)

    monkeypatch.setattr(exporting, "write_file", ending)
    with pytest.raises(KeyboardInterrupt):
        export(run, key, out)
    assert [path.name for path in out.parent.iterdir()] == ["model.safetensors"]
    monkeypatch.undo()
    assert export(run, key, out) == (out, out.with_suffix(".py"))
    assert sorted(path.name for path in out.parent.iterdir()) == ["model.py", "model.safetensors"]
