"""What an entry's code does to what it is given, or takes from another entry, is in no number of anybody else's."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import memorank
from benchmark.networks.activations import TapError, read
from benchmark.networks.inputs import Tensors
from benchmark.types import Measure, Metric, Value
from registry import Tap, Training, UserError

PLAN = """\
name: mine
seeds: [0]
suites: [{suites}]
threads: 1
estimator: {{inputs: [evaluation], sub_samples: 1}}
"""
TOY = "{suite: toy-spurious, family: toy-mlp}"
IN_PLACE = """\
from memorank import Measure, Value
def compute(outputs, settings):
    for matrix in (*outputs.activations.by_tap.values(), outputs.logits):
        matrix -= matrix.mean(axis=0)
        matrix *= 0.0
    return Value(float(len(outputs.labels)))
MEASURE = Measure(name="a-first", better={"heuristic": "low", "example-level": "high"},
                  needs=("activations", "predictions"), compute=compute, reference="none: a test")
"""
CLIPPED = """\
from dataclasses import replace
from memorank import SUITES
def make(data, alpha, seed):
    for part in (data.train, data.held_out):
        part.inputs[:] = part.inputs.clip(0, 1)
    return SUITES["toy-spurious"].make(data, alpha, seed)
SUITE = replace(SUITES["toy-spurious"], name="a-clipped", make=make)
"""
BASE = """\
from dataclasses import replace
from memorank import SUITES
SUITE = replace(SUITES["toy-spurious"], name="base")
"""
DERIVED = """\
from dataclasses import replace
from memorank import SUITES
def make(data, alpha, seed):
    return SUITES["base"].make(data, alpha, seed)
SUITE = replace(SUITES["toy-spurious"], name="derived", make=make)
"""
RAISING = """\
from memorank import Measure, Value
class Odd(BaseException):
    pass
def compute(outputs, settings):
    import os, sys
    sys.setrecursionlimit(len(__import__("inspect").stack()) + 20)
    os.umask(0o777)
    raise Odd("of its own")
MEASURE = Measure(name="odd", better={"heuristic": "low", "example-level": "high"}, needs=("activations",),
                  compute=compute, reference="none: a test")
"""


def records(folder: Path, suites: str, *files: str) -> dict[str, Any]:
    """The records of a run that includes these files, by the part of the key that does not hang on them."""
    folder.mkdir()
    (folder / "plan.yaml").write_text(PLAN.format(suites=suites))
    named = []
    for number, text in enumerate(files):
        (folder / f"entry{number}.py").write_text(text)
        named.append(folder / f"entry{number}.py")
    memorank.run(str(folder / "plan.yaml"), folder / "run", include=named)
    found = (json.loads(path.read_text()) for path in (folder / "run" / "cells").glob("*/record.json"))
    return {record["key"].rpartition("-")[0]: record for record in found}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return records(tmp_path_factory.mktemp("plain") / "toy", TOY)


def test_a_measure_that_works_in_place_changes_no_other_number(plain: dict[str, Any], tmp_path: Path) -> None:
    found = records(tmp_path / "mine", TOY, IN_PLACE)
    assert len(found) == len(plain) == 6
    for name, record in plain.items():
        if record["work"] == "score":
            assert found[name]["metrics"] == record["metrics"]
            assert {one: found[name]["measures"][one] for one in record["measures"]} == record["measures"]
            assert found[name]["measures"]["a-first"]["value"] == record["examples"]


def test_a_suite_that_changes_its_data_changes_no_other_suite(plain: dict[str, Any], tmp_path: Path) -> None:
    found = records(tmp_path / "mine", f"{{suite: a-clipped, family: toy-mlp}}, {TOY}", CLIPPED)
    for name, record in plain.items():
        kept = ("metrics", "measures") if record["work"] == "score" else ("history", "training_accuracy")
        assert {part: found[name][part] for part in kept} == {part: record[part] for part in kept}


def test_an_entry_may_ask_for_one_of_its_own_file(tmp_path: Path) -> None:
    both = f"{BASE}FIRST = SUITE\n{DERIVED}SUITES = (FIRST, SUITE)\ndel SUITE\n".replace("SUITES[", "KNOWN[")
    both = both.replace("import SUITES\n", "import SUITES as KNOWN\n")
    assert len(records(tmp_path / "mine", "{suite: derived, family: toy-mlp}", both)) == 6


def test_an_entry_that_asks_for_one_of_another_file_is_refused(tmp_path: Path) -> None:
    assert records(tmp_path / "mine", "{suite: derived, family: toy-mlp}", BASE, DERIVED) == {}
    causes = [path.read_text() for path in (tmp_path / "mine" / "run" / "failed").rglob("cause.txt")]
    assert causes
    assert all("it looks up the suite base, which another file declares" in cause for cause in causes)


def test_what_no_code_is_meant_to_raise_costs_its_own_cell_and_the_process_stays_as_it_was(tmp_path: Path) -> None:
    limit = sys.getrecursionlimit()
    found = records(tmp_path / "mine", TOY, RAISING)
    assert sys.getrecursionlimit() == limit
    assert {record["work"] for record in found.values()} == {"train"}
    causes = [path.read_text() for path in (tmp_path / "mine" / "run" / "failed").rglob("cause.txt")]
    assert causes
    assert all("Odd: of its own" in cause for cause in causes)
    assert (tmp_path / "mine" / "run" / "board" / "board.json").stat().st_mode & 0o400


def test_a_complex_tap_is_refused() -> None:
    class Fourier(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.fft.fft(x)

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.f = Fourier()

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.f(x).real

    with pytest.raises(TapError, match="tap 'f' gives complex numbers"):
        read(Network(), (Tap("f"),), Tensors(torch.ones(3, 4)))


@pytest.mark.parametrize("needs", ["predictions, labels", ("nothing",), None])
def test_what_a_measure_needs_is_a_tuple_of_known_words(needs: Any) -> None:
    about: Any = {"name": "mine", "needs": needs, "compute": lambda *_: Value(0.0), "reference": "none"}
    with pytest.raises(ValueError, match="needs"):
        Measure(better={"heuristic": "low", "example-level": "low"}, **about)
    with pytest.raises(ValueError, match="needs"):
        Metric(higher_is_better=True, **about)


@pytest.mark.parametrize(
    "setting",
    [
        {"precision": "float16"}, {"schedule": "linear"}, {"patience": -1}, {"patience": 1.5}, {"warmup_steps": 2.5},
        {"max_epochs": True}, {"max_epochs": 0}, {"max_epochs": 2.5}, {"stop_loss": float("inf")},
        {"stop_loss": float("nan")}, {"learning_rate": 0.0}, {"learning_rate": "1e-3"}, {"optimizer": None},
        {"batch_size": 0}, {"freeze_layers": -1}, {"weight_decay": None},
    ],
)  # fmt: skip
def test_a_family_is_held_to_the_settings_that_a_plan_may_have(setting: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(setting))} is "):
        Training(**setting)


def test_settings_of_numpy_become_plain_ones() -> None:
    setting = Training(learning_rate=np.float32(0.25), batch_size=np.int64(7), stop_loss=1)
    assert setting == Training(learning_rate=0.25, batch_size=7, stop_loss=1.0)
    assert {type(value) for value in vars(setting).values()} == {str, int, float}


def test_a_measure_that_was_included_and_cannot_be_used_is_not_left_out_in_silence(tmp_path: Path) -> None:
    broken = IN_PLACE.replace('"example-level": "high"', '"other": "high"')
    with pytest.raises(UserError, match=r"measure 'a-first' is broken: .*better says high or low"):
        records(tmp_path / "mine", TOY, broken)
