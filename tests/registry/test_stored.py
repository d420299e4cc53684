"""Data sets and weights: what they say of their files is plain, and what is not is refused."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from registry import DATASETS, Dataset, Weights

WEIGHTS = Weights(name="small", files={"*.safetensors": None}, reference="r", licence="l", size="s")


def test_a_generated_data_set_has_no_files_and_no_group() -> None:
    load = DATASETS["toy-blobs"].load
    made = Dataset("own", "vector", load, reference="r", licence="l", size="s", origin="generated")
    assert (made.files, made.or_files, made.fetch, made.group, made.version) == ({}, {}, None, "", 1)


def test_files_of_any_mapping_are_a_dict_of_names_and_hashes() -> None:
    given = MappingProxyType({"train.csv": "0" * 64, "*.txt": None})
    for made in (replace(DATASETS["toy-blobs"], files=given), replace(WEIGHTS, files=given)):
        assert type(made.files) is dict
        assert made.files == {"train.csv": "0" * 64, "*.txt": None}


def test_a_group_is_a_name_as_others_are() -> None:
    assert DATASETS["mnist"].group == DATASETS["mnist-5k"].group == "mnist"
    with pytest.raises(ValueError, match="'MNIST digits' is not a name"):
        replace(DATASETS["mnist"], group="MNIST digits")
    for entry in (DATASETS["mnist"], WEIGHTS):
        with pytest.raises(ValueError, match=r"'\.\./up' is not a name"):
            replace(entry, name="../up")


def test_weights_may_lie_elsewhere_and_have_further_files() -> None:
    made = replace(WEIGHTS, folder=Path("here"), extra=["tokenizer.json"])  # type: ignore[arg-type]
    assert (made.folder, made.extra) == (Path("here"), ("tokenizer.json",))
    assert (WEIGHTS.folder, WEIGHTS.extra) == (None, ())
