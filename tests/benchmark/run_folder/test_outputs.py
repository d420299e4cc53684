"""A network's outputs, changed together with their checksum: a damaged cell that says what is wrong."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from headers import damaged, header_of, with_header, with_kind
from safetensors.numpy import load, save

from benchmark.run_folder import store
from benchmark.run_folder.outputs import FILE, pack, read, unpack
from benchmark.run_folder.shapes import DamagedCell
from benchmark.types import Activations, History, Outputs

HISTORY = History(7, (1.0, 0.5), (2.0, 3.0), "loss")
TAPS = ["a", "b"]
READS = ["evaluation", "in-distribution"]
RECORD = {
    "work": "train",
    "outcome": "done",
    "identity": {},
    "history": {"steps": 7, "losses": [1.0, 0.5], "weight_norms": [2.0, 3.0], "stopped": "loss"},
    "taps": TAPS,
    "provenance": {"seconds": 1.0},
}
Arrays = dict[str, Any]


def outputs(seed: int, groups: bool = True) -> Outputs:
    generator = np.random.default_rng(seed)
    by_tap = {tap: generator.normal(size=(6, 3)).astype(np.float32) for tap in TAPS}
    labels = np.arange(6) % 2
    logits = generator.normal(size=(6, 2)).astype(np.float32)
    judged = labels == 1 if groups else None
    return Outputs("k", Activations(by_tap), logits, labels, labels[::-1] if groups else None, HISTORY, judged)


GOOD = pack({"evaluation": outputs(0), "in-distribution": outputs(1, groups=False)})


def published(run: Path, content: bytes) -> Path:
    store.publish(run, "k", RECORD, {FILE: content})
    return run


def test_what_was_published_comes_back(tmp_path: Path) -> None:
    found = read(published(tmp_path, GOOD), "k")
    for name, seed in zip(READS, (0, 1), strict=True):
        assert found[name].history == HISTORY
        assert np.array_equal(found[name].logits, outputs(seed).logits)
        assert all(np.array_equal(found[name].activations.by_tap[t], outputs(seed).activations.by_tap[t]) for t in TAPS)
    assert found["in-distribution"].groups is None
    assert found["in-distribution"].judged is None  # as in what earlier versions wrote
    judged = found["evaluation"].judged
    assert judged is not None
    assert (judged.dtype, judged.tolist()) == (np.bool_, [False, True] * 3)


def test_labels_of_another_width_are_written_as_the_record_has_them() -> None:
    narrow = replace(outputs(0), labels=outputs(0).labels.astype(np.uint8), groups=outputs(0).labels.astype(np.int32))
    found = unpack(pack({"evaluation": narrow}), "k", ["evaluation"], TAPS, HISTORY)["evaluation"]
    assert (found.labels.dtype, found.groups.dtype if found.groups is not None else None) == (np.int64, np.int64)
    with pytest.raises(TypeError, match="Cannot cast"):
        pack({"evaluation": replace(outputs(0), labels=outputs(0).labels / 2)})


def changed(name: str, change: Callable[[Any], Any]) -> Callable[[Arrays], Arrays]:
    return lambda arrays: {**arrays, name: change(arrays[name])}


def without(name: str) -> Callable[[Arrays], Arrays]:
    return lambda arrays: {other: array for other, array in arrays.items() if other != name}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without("evaluation/labels"), "does not hold 'evaluation/labels'"),
        (without("evaluation/logits"), "does not hold 'evaluation/logits'"),
        (without("evaluation/activations/b"), "does not hold 'evaluation/activations/b'"),
        (without("in-distribution/logits"), "holds 'in-distribution/activations/a', which is none of its network's"),
        (lambda arrays: {}, "does not hold 'evaluation/activations/a'"),
        (lambda arrays: {**arrays, "more": np.zeros(3)}, "holds 'more', which is none of its network's outputs"),
        (
            changed("evaluation/logits", np.float64),
            "holds 'evaluation/logits' in 2 axes of float64, not in 2 axes of f",
        ),
        (
            changed("evaluation/labels", np.int32),
            "holds 'evaluation/labels' in 1 axes of int32, not in 1 axes of int64",
        ),
        (changed("evaluation/groups", np.float32), "holds 'evaluation/groups' in 1 axes of float32"),
        (changed("evaluation/activations/a", np.ravel), "holds 'evaluation/activations/a' in 1 axes of float32"),
        (changed("evaluation/activations/a", lambda a: a[:5]), r"holds arrays of \[5, 6\] examples for 'evaluation'"),
        (
            changed("in-distribution/labels", lambda a: a[:5]),
            r"holds arrays of \[5, 6\] examples for 'in-distribution'",
        ),
        (changed("evaluation/groups", lambda a: a[:5]), r"holds arrays of \[5, 6\] examples for 'evaluation'"),
        (changed("evaluation/judged", lambda a: a[:5]), r"holds arrays of \[5, 6\] examples for 'evaluation'"),
        (changed("evaluation/judged", np.uint8), "holds 'evaluation/judged' in 1 axes of uint8, not in 1 axes of bool"),
        (
            changed("evaluation/judged", lambda a: (2 * a.astype(np.uint8)).view(np.bool_)),
            "holds 'judged' for 'evaluation' that is neither true nor false",
        ),
        (changed("evaluation/labels", lambda a: a + 1), "holds labels for 'evaluation' that are none of 2 classes"),
        (changed("evaluation/labels", lambda a: a - 1), "holds labels for 'evaluation' that are none of 2 classes"),
        (lambda arrays: {name: array[:0] for name, array in arrays.items()}, r"holds arrays of \[0\] examples"),
    ],
)
def test_what_the_record_does_not_say_is_a_damaged_cell(
    change: Callable[[Arrays], Arrays], message: str, tmp_path: Path
) -> None:
    content = save({name: np.ascontiguousarray(array) for name, array in change(load(GOOD)).items()})
    with pytest.raises(DamagedCell, match=f"^outputs.safetensors {message}"):
        read(published(tmp_path, content), "k")


def without_offsets(content: bytes) -> bytes:
    header, data = header_of(content)
    del header["evaluation/logits"]["data_offsets"]
    return with_header(header, data)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 100,
        GOOD[:-1],
        GOOD + b"\0",
        with_header([], b""),
        without_offsets(GOOD),
        with_kind(GOOD, "evaluation/logits", "BF16"),
        with_kind(GOOD, "evaluation/logits", "NONE"),
        save({"evaluation/logits": np.zeros((6, 4), np.int8)}).replace(b'"I8"', b'"F8_E4M3"'),
        with_kind(save({"evaluation/logits": np.zeros((6, 4), np.int16)}), "evaluation/logits", "BF16"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_damaged_cell(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(DamagedCell, match=r"^outputs.safetensors cannot be read: \w+: "):
        read(published(tmp_path, content), "k")


def test_a_record_without_the_file_is_a_damaged_cell(tmp_path: Path) -> None:
    store.publish(tmp_path, "k", RECORD, {})
    with pytest.raises(DamagedCell, match=r"^the record names no outputs\.safetensors$"):
        read(tmp_path, "k")


def test_whatever_a_header_says_it_is_a_damaged_cell_or_what_it_was() -> None:
    """Which array is which is said by the header alone: names of arrays of one shape may be exchanged unseen."""
    known = sorted((name, array.tobytes()) for name, array in load(GOOD).items())
    read = 0
    for content in damaged(GOOD, 15_000):
        try:
            unpack(content, "k", READS, TAPS, HISTORY)
        except DamagedCell as error:
            message = str(error)
        else:
            read, message = read + 1, FILE
            assert sorted((name, array.tobytes()) for name, array in load(content).items()) == known
        assert message.startswith(FILE)
    assert read > 100
