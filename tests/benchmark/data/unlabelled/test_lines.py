"""Lines as an editor counts them, of files that are regular and whole."""

import gzip
import os
from pathlib import Path

import pytest

from benchmark.data.unlabelled import lines as module
from benchmark.data.unlabelled.lines import lines, open_file, text_of
from registry import DataError


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_lines_are_those_of_the_file(name: str, tmp_path: Path) -> None:
    content = b"one\r\n\n\xef\xbb\xbftwo\x0b\xe2\x80\xa8three"  # neither a vertical tab nor U+2028 ends a line
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    assert list(lines(tmp_path / name)) == [(1, b"one\r\n"), (2, b"\n"), (3, b"\xef\xbb\xbftwo\x0b\xe2\x80\xa8three")]


def test_the_mark_of_utf_8_is_taken_off_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf" * 2 + b"x")
    assert list(lines(tmp_path / "a")) == [(1, b"\xef\xbb\xbfx")]


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 1 << 20)
    (tmp_path / "a").write_bytes(b"x\n" + b"y" * ((1 << 20) - 2) + b"\n")
    assert len(list(lines(tmp_path / "a"))) == 2
    (tmp_path / "a").write_bytes(b"x\n" + b"y" * (1 << 20))
    with pytest.raises(DataError, match="a:2: a line of 1 MiB or more, which is no text"):
        list(lines(tmp_path / "a"))


def packed_in_part(path: Path) -> None:
    path.write_bytes(gzip.compress(os.urandom(5000))[:-2000])


MAKERS = {
    "a pipe": (os.mkfifo, "not a regular file"),
    "a folder": (Path.mkdir, "not a regular file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    "nothing": (lambda path: None, r"it cannot be read \(No such file or directory\)"),
    "no gzip": (lambda path: path.write_bytes(b"text"), r"it cannot be read \(BadGzipFile: Not a gzipped file"),
    "half a gzip": (packed_in_part, r"it cannot be read \(EOFError: Compressed file ended"),
    "another gzip": (
        lambda path: path.write_bytes(gzip.compress(b"x")[:10] + b"\xff" * 30),
        r"cannot be read \(error:",
    ),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", MAKERS)
def test_what_is_no_whole_file_is_refused(name: str, tmp_path: Path) -> None:
    make, said = MAKERS[name]
    make(tmp_path / "a.gz")
    with pytest.raises(DataError, match=rf"^{tmp_path}/a.gz: .*{said}"):
        list(lines(tmp_path / "a.gz"))


def test_a_file_is_closed_though_its_lines_are_not_read_to_the_end(tmp_path: Path) -> None:
    for name in ("a", "a.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"x\ny\n") if name == "a.gz" else b"x\ny\n")
        before = len(list(Path("/dev/fd").iterdir()))
        next(lines(tmp_path / name))
        assert len(list(Path("/dev/fd").iterdir())) == before
    with open_file(tmp_path / "a") as stream:
        assert stream.read() == b"x\ny\n"


def test_a_text_is_utf_8_without_nul() -> None:
    assert text_of(Path("a"), 3, "th\u00e9".encode()) == "th\u00e9"
    with pytest.raises(DataError, match=r"a:3: not UTF-8 text \(byte 1 of the line\): save it as UTF-8"):
        text_of(Path("a"), 3, b"x\xff")
    with pytest.raises(DataError, match="a:3: a NUL byte"):
        text_of(Path("a"), 3, b"x\0")
