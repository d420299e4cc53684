"""What a record holds, as its types have it: every key of those that a run writes, and the rules between them."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from benchmark.identity import ScoreIdentity, TrainIdentity
from benchmark.plain.packing import packed
from benchmark.record import ScoreRecord, TrainRecord, every_metric_is_of_the_same_examples, of_network, of_score
from benchmark.run_folder import store

EXACTLY = with_config(ConfigDict(extra="forbid", strict=True))


@pytest.fixture(scope="module")
def written(toy_run: Path) -> list[Any]:
    return [store.read_record(toy_run, path.name) for path in sorted((toy_run / "cells").iterdir())]


def of_work(written: list[Any], work: str) -> Any:
    return deepcopy(next(record for record in written if record["work"] == work))


def test_identities_of_a_run_hold_what_their_types_declare_and_nothing_else(written: list[Any]) -> None:
    types = {"train": TypeAdapter(EXACTLY(TrainIdentity)), "score": TypeAdapter(EXACTLY(ScoreIdentity))}
    for record in written:
        types[record["work"]].validate_python(record["identity"])
    identity = of_work(written, "train")["identity"]
    del identity["seed"]
    with pytest.raises(ValidationError, match="seed"):
        types["train"].validate_python(identity)


def test_records_of_a_run_have_their_types(written: list[Any]) -> None:
    assert {record["work"] for record in written} == {"train", "score"}
    for record in written:
        TypeAdapter(TrainRecord if record["work"] == "train" else ScoreRecord).validate_python(record)


def test_metrics_of_other_numbers_of_examples_are_no_record(written: list[Any]) -> None:
    record = of_work(written, "score")
    assert every_metric_is_of_the_same_examples(record) is record
    one = packed(np.array([1.0]))
    record["metrics"]["other"] = {**record["metrics"]["accuracy"], "by_example": one}
    with pytest.raises(ValueError, match="examples"):
        every_metric_is_of_the_same_examples(record)


def test_a_histogram_ends_behind_its_beginning(written: list[Any]) -> None:
    record = of_work(written, "score")
    histogram = next(iter(record["taps"].values()))["mi_histogram"]
    histogram["first"], histogram["last"] = histogram["last"], histogram["first"]
    with pytest.raises(ValidationError, match="mi_histogram"):
        TypeAdapter(ScoreRecord).validate_python(record)


def test_a_record_is_of_a_network_or_of_its_score(written: list[Any]) -> None:
    train, score = of_work(written, "train"), of_work(written, "score")
    assert (of_network(train), of_score(train)) == (train, None)
    assert (of_network(score), of_score(score)) == (None, score)
    assert (of_network(None), of_score(None)) == (None, None)
