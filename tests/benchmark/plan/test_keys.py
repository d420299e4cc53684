"""The name of a cell's folder: readable, short enough for a file system, and one for each identity."""

import hashlib
import json

import pytest

from benchmark.plan.keys import LONGEST_STEM, _short, condition_label, key_of


def test_a_key_ends_with_eight_digits_of_the_hash_of_its_identity() -> None:
    identity = {"work": "train", "seed": 3, "rate": 0.1}
    text = json.dumps(identity, sort_keys=True, separators=(",", ":"))
    assert key_of("a.b.s3", identity) == f"a.b.s3-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def test_the_order_in_which_an_identity_was_written_does_not_count_and_a_type_does() -> None:
    one = key_of("s", {"work": "train", "a": 1, "b": 2})
    assert key_of("s", {"b": 2, "a": 1, "work": "train"}) == one
    assert key_of("s", {"work": "train", "a": 1, "b": "2"}) != one
    assert key_of("s", {"work": "train", "a": 1.5, "b": 2}) != one


@pytest.mark.parametrize(
    ("condition", "knob", "label"),
    [(0.25, "alpha", "a0.25"), (1.0, "alpha", "a1"), (0.0, "noise", "n0"), (0.5, None, "0.5"), ("raw", "alpha", "raw")],
)
def test_a_number_is_labelled_by_its_knob_and_a_named_condition_is_its_own_label(
    condition: float | str, knob: str | None, label: str
) -> None:
    assert condition_label(condition, knob) == label


def test_a_stem_of_the_greatest_length_stays_and_a_longer_one_is_cut_and_told_apart() -> None:
    assert _short("x" * 193, 193) == "x" * 193
    assert len(_short("ä" * 193, 193).encode()) <= 193
    assert _short("a" * 300, 193) != _short("a" * 299 + "b", 193)


@pytest.mark.parametrize("work", LONGEST_STEM)
def test_a_folder_that_is_being_written_has_a_name_that_a_file_system_allows(work: str) -> None:
    """255 bytes, with `.tmp-`, a hyphen and 32 digits around the key; a cut within a letter leaves no half of it."""
    for letter in ("a", "ä", "日", " ", "."):
        key = key_of("b" + letter * 400, {"work": work})
        assert len(f".tmp-{key}-{'0' * 32}".encode()) <= 255
        assert key.rpartition("~")[0].strip(" .") == key.rpartition("~")[0] != ""
