"""What a record says must fit, though every checksum is right."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_runs import sealed

from benchmark.plain.packing import packed
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.shapes import DamagedCell
from benchmark.run_folder.store import RECORD, read_record
from leaderboard.rows.provenance import cost


def accuracy(record: Any) -> Any:
    return record["metrics"]["accuracy"]


def test_a_record_that_does_not_say_how_much_memory_it_took_costs_what_the_others_say(run: Path) -> None:
    records, _ = read_records(run, read_resolved(run)["cells"])
    first, *_, last = records.values()
    first["provenance"].update(peak_memory=None, machine={"cores": None, "processor": "one"})
    found = cost({"a": first, "b": last})
    assert found
    assert found["peak_memory"] == last["provenance"]["peak_memory"]
    assert "one" in found["machines"]


@pytest.mark.parametrize(
    ("work", "change", "said"),
    [
        ("score", lambda record: record.update(warnings=["a", 1]), "no usable warnings.1: "),
        ("score", lambda record: record["measures"]["mean-mi"].update(standard_error=-1.0), "mean-mi.standard_error: "),
        ("score", lambda record: record["measures"]["mean-mi"].update(value=True), "measures.mean-mi.value: "),
        ("score", lambda record: record["metrics"]["accuracy"].update(per_tap={"0": "x"}), "accuracy.per_tap.0: "),
        ("score", lambda record: accuracy(record).update(by_example="text"), "accuracy.by_example: Value error, no pa"),
        ("score", lambda record: accuracy(record).update(by_example=[1.0]), "metrics.accuracy.by_example: "),
        (
            "score",
            lambda record: accuracy(record).update(by_example=packed(np.ones(61))),
            "by_example of 'accuracy' holds 61 numbers for 60 judged examples",
        ),
        ("score", lambda record: accuracy(record).update(by_chance="x"), "metrics.accuracy.by_chance: "),
        ("score", lambda record: record["judged"].update(examples=59), "holds 60 numbers for 59 judged examples"),
        ("score", lambda record: record["judged"].update(examples=0), "judged.examples: "),
        ("score", lambda record: record["judged"].update(digest="0" * 63), "judged.digest: Value error, no SHA-256"),
        ("score", lambda record: record["judged"].pop("digest"), "judged.digest: "),
        ("train", lambda record: record["judged"].update(digest=1), "judged.digest: "),
        ("train", lambda record: record.update(judged=None), "no usable judged: "),
        ("score", lambda record: record.update(judged=None), "no usable judged: "),
        ("train", lambda record: record["identity"].update(read_on=0.5), "no usable identity.read_on: "),
        ("score", lambda record: record["identity"].update(measures=None), "no usable identity.measures: "),
        ("score", lambda record: record["identity"].update(metrics=[]), "no usable identity.metrics: "),
        ("train", lambda record: record["history"].update(steps=-1), "no usable history.steps: "),
        ("train", lambda record: record.update(training_accuracy=1.5), "no usable training_accuracy: "),
        ("train", lambda record: record["identity"].update(read_on=[{}]), "no usable identity.read_on."),
        ("train", lambda record: record.update(files={"../x": "0" * 64}), "not the name of a file"),
        ("train", lambda record: record.update(files={"x": "0"}), "no SHA-256"),
    ],
)
def test_what_a_record_holds_is_checked_though_its_checksum_is_right(
    work: str, change: Any, said: str, run: Path
) -> None:
    cell = next(cell for cell in read_resolved(run)["cells"] if cell["work"] == work)
    path = run / "cells" / cell["key"] / RECORD
    record = json.loads(path.read_text())
    change(record)
    path.write_bytes(sealed(record))
    with pytest.raises(DamagedCell) as error:
        read_record(run, cell["key"])
    assert said in str(error.value)
