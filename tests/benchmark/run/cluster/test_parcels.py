"""Parcels: any bytes come back as they were, whatever piece of them has arrived, and what is no parcel is refused."""

import pytest

from benchmark.run.cluster.parcels import framed, opened, packed, unframed


def test_a_parcel_holds_any_bytes_and_comes_through_a_pipe_in_pieces() -> None:
    files = {"a": bytes(range(256)) * 100, "b": b"", "é": b"{}"}
    parcel = packed({"n": [1, 0.1, None]}, files)
    assert opened(parcel) == ({"n": [1, 0.1, None]}, files)
    whole = framed(parcel) + b"next"
    assert unframed(whole) == parcel
    assert unframed(whole[:100]) is None


def test_the_order_of_keys_and_files_changes_no_byte() -> None:
    assert packed({"a": 1, "b": 2}, {"x": b"1", "y": b"2"}) == packed({"b": 2, "a": 1}, {"y": b"2", "x": b"1"})


def test_every_cut_of_a_parcel_is_refused_and_no_more_is_read_than_belongs_to_it() -> None:
    parcel = packed({"outcome": "done"}, {"a": b"12", "b": b"345"})
    for end in range(len(parcel)):
        with pytest.raises(ValueError, match=r"it is no parcel|is cut"):
            opened(parcel[:end])
    with pytest.raises(ValueError, match="there is something behind its files"):
        opened(parcel + b"6")
    for other in (None, "text", bytearray(parcel)):
        with pytest.raises(ValueError, match="it is no parcel"):
            opened(other)  # type: ignore[arg-type]


def test_frames_come_one_after_another_an_empty_one_too() -> None:
    received = bytearray(framed(b"") + framed(b"abc"))
    assert unframed(received) == b""
    del received[: len(framed(b""))]
    assert unframed(received) == b"abc"
    assert unframed(b"") is None
    assert [unframed(framed(b"abc")[:end]) for end in range(len(framed(b"abc")))] == [None] * len(framed(b"abc"))
