"""Each path is what it holds, and what is asked for in vain is one line."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file as save_arrays
from safetensors.torch import save_file
from small_encoders import saved

from benchmark.candidates.dumped import Dumped
from benchmark.candidates.hugging_face import HuggingFaceFolder
from benchmark.candidates.opening import Asked, opened
from benchmark.candidates.paths import named
from benchmark.candidates.run_networks import RunNetwork
from benchmark.candidates.state_dicts import OfArchitecture, OfFamily
from registry import UserError

A = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one of each kind."""
    monkeypatch.chdir(tmp_path)
    np.save("a.npy", A)
    save_arrays({"fc": A}, "dumped.safetensors")
    save_file({"fc.weight": torch.ones(2, 3), "fc.bias": torch.ones(2)}, "weights.safetensors")
    torch.save({"fc.weight": torch.ones(2, 3)}, "weights.pt")
    np.save("data.npy", A)
    Path("texts.csv").write_text("text\n" + "the and\n" * 60)
    Path("empty").mkdir()
    saved(Path("encoder"))
    return tmp_path


def kinds(*given: str, **asked: Any) -> list[type]:
    return [type(one) for one in opened(named(given), Asked(**asked)).candidates]


def test_each_path_is_what_it_holds(there: Path) -> None:
    assert kinds("a.npy", "dumped.safetensors") == [Dumped, Dumped]
    assert kinds("a.npy", "encoder", data="texts.csv") == [Dumped, HuggingFaceFolder]
    both = ("weights.safetensors", "w=weights.pt")
    assert kinds(*both, data="data.npy", architecture="resnet18") == [OfArchitecture] * 2
    assert kinds(*both, data="data.npy", family="mlp") == [OfFamily] * 2


def test_a_run_folder_brings_its_networks_with_its_settings_and_kind(toy_run: Path) -> None:
    found = opened(named([str(toy_run)]), Asked(suite="toy-shuffled"))
    assert {type(one) for one in found.candidates} == {RunNetwork}
    assert found.kind == "example-level"
    assert found.settings is not None
    cells = [str(toy_run / "cells" / one.key) for one in found.candidates[:2] if isinstance(one, RunNetwork)]
    two = opened(named([f"x={cells[0]}", f"y={cells[1]}"]), Asked())
    assert [one.name for one in two.candidates] == ["x", "y"]
    assert two.settings == found.settings


def test_beside_other_networks_those_of_a_run_bear_its_name_and_no_settings_are_taken(
    toy_run: Path, there: Path
) -> None:
    found = opened(named([f"toy={toy_run}", "a.npy"]), Asked(suite="toy-shuffled"))
    assert found.candidates[0].name.startswith("toy/b")
    assert found.settings is None
    assert found.kind is None


@pytest.mark.parametrize(
    ("given", "asked", "said"),
    [
        (("a.npy", "b.npy"), {}, r"b\.npy: no such file or folder; did you mean 'a\.npy'"),
        (("empty",), {}, "empty: no network: a folder holds config.json and weights, .* or is a run folder"),
        (("encoder",), {}, r"encoder is a network: on what is it to be read\? --data FILE"),
        (("a.npy",), {"data": "data.npy"}, r"--data data\.npy: activations are given, .*leave it out"),
        (("encoder",), {"data": "texts.csv", "family": "mlp"}, "--family mlp: no file of weights is to be read by it"),
        (("weights.safetensors",), {}, "it holds weights: say of what, by --architecture resnet18 .* or --family mlp"),
        (("weights.pt",), {}, r"a pickle can run code .* by --architecture or --family"),
        (("weights.pt",), {"data": "data.npy", "architecture": "resnet81"}, "no architecture 'resnet81'"),
        (("weights.pt",), {"data": "data.npy", "family": "mpl"}, "did you mean .*mlp"),
        (("a.npy",), {"suite": "nico"}, "--suite nico: no run folder is given whose suite it could be"),
        (("a.npy",), {"taps": ["fc"]}, "--taps: activations are given"),
        (("a.npy",), {"text_column": "t"}, "--text-column t: no data are read: leave it out"),
        (("a.npy",), {"examples": 50}, "--examples 50: no data are read: leave it out"),
        (("a.npy",), {"max_tokens": 64}, "--max-tokens 64: no data are read: leave it out"),
        (
            ("weights.pt",),
            {"data": "data.npy", "family": "mlp", "max_tokens": 64},
            "--max-tokens 64: no texts are cut by it",
        ),
        (("a.npy",), {"inputs": "evaluation"}, "--inputs evaluation: no network is read on what a run has kept"),
        (
            ("encoder",),
            {"data": "texts.csv", "image_size": 32},
            "--image-size 32: a Hugging Face folder says",
        ),
        (("encoder",), {"data": "txts.csv"}, r"did you mean .*texts\.csv"),
    ],
)
def test_what_cannot_be_opened_is_one_line(
    there: Path, given: tuple[str, ...], asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError, match=said) as caught:
        opened(named(given), Asked(**asked))
    assert "\n" not in str(caught.value)


def test_data_are_named_with_how_many_there_were(there: Path) -> None:
    assert opened(named(["encoder"]), Asked(data="texts.csv")).data == "texts.csv"
    assert opened(named(["encoder"]), Asked(data="texts.csv", examples=50)).data == "texts.csv, of 60,"
