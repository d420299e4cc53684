"""What a network computes in: what is asked for where the device has it, or what was measured to be faster."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

import benchmark.networks.precision as rooms
from benchmark.networks.activations import read
from benchmark.networks.inputs import Tensors
from benchmark.networks.precision import computing_in, precision, speed_of_bfloat16
from benchmark.process import processor
from registry import FAMILIES, Training
from registry.kernel_folder import KernelFolder

CPU = torch.device("cpu")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(rooms, "kernel_folder", lambda: KernelFolder(tmp_path))
    rooms._speed.cache_clear()
    return tmp_path


def test_no_family_asks_for_what_another_processor_has_not() -> None:
    assert {family.training.precision for family in FAMILIES.usable().values()} == {"float32"}


def test_bfloat16_only_where_the_processor_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    network, x = nn.Linear(4, 4), torch.randn(2, 4)
    for has, word, number in ((True, "bfloat16", torch.bfloat16), (False, "float32", torch.float32)):
        monkeypatch.setattr(processor, "has_bfloat16", lambda has=has: has)
        assert precision(Training(precision="bfloat16"), CPU) == word
        with computing_in(word, CPU):
            assert network(x).dtype == number
    assert precision(Training(), CPU) == "float32"
    _, logits = read(nn.Sequential(network), (), Tensors(x), "bfloat16")
    assert logits.dtype == np.float32


@pytest.mark.parametrize(("ratio", "word"), [(0.9, "float32"), (1.05, "float32"), (2.0, "bfloat16")])
def test_auto_takes_what_was_measured_to_be_clearly_faster(
    ratio: float, word: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = []

    def seconds(asked: str, _: torch.device) -> float:
        measured.append(asked)
        return 1.0 if asked == "bfloat16" else ratio

    monkeypatch.setattr(processor, "has_bfloat16", lambda: True)
    monkeypatch.setattr(rooms, "_seconds", seconds)
    assert precision(Training(precision="auto"), CPU) == word
    assert measured == ["float32", "bfloat16"] * 2
    rooms._speed.cache_clear()  # as another process: it is measured once on a machine
    assert precision(Training(precision="auto"), CPU) == word
    assert len(measured) == 4
    (file,) = folder.iterdir()
    for other in ("{", "[1]", json.dumps({"on": "another machine", "speed": 9.0}), json.dumps({"speed": "x"})):
        file.write_text(other)
        rooms._speed.cache_clear()
        assert precision(Training(precision="auto"), CPU) == word
    assert len(measured) == 4 * 5
    file.unlink()
    os.mkfifo(file)  # nobody waits for it
    rooms._speed.cache_clear()
    assert precision(Training(precision="auto"), CPU) == word


def test_without_bfloat16_or_a_folder_auto_needs_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "has_bfloat16", lambda: False)
    monkeypatch.setattr(rooms, "_seconds", None)
    assert precision(Training(precision="auto"), CPU) == "float32"


def test_what_is_measured_draws_nothing_of_the_networks_random_numbers(folder: Path) -> None:
    torch.manual_seed(3)
    before = torch.get_rng_state()
    assert speed_of_bfloat16(CPU) > 0
    assert torch.equal(torch.get_rng_state(), before)
    assert len(list(folder.iterdir())) == 1
