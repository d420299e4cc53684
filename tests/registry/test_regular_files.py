"""A regular file is opened without waiting; all else is named, whatever it is to be opened for."""

import errno
import os
import socket
from collections.abc import Callable
from contextlib import chdir, closing
from pathlib import Path

import pytest

from registry.regular_files import NoRegularFile, open_regular, read_regular


def a_socket(path: Path) -> None:
    with chdir(path.parent), closing(socket.socket(socket.AF_UNIX)) as made:  # its path may have few bytes
        made.bind(path.name)


def descriptors() -> int:
    """How many are open, where the system tells."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


MAKERS: dict[str, tuple[Callable[[Path], object], int]] = {
    "a pipe": (os.mkfifo, errno.ENXIO),
    "a socket": (a_socket, errno.ENXIO),
    "a folder": (Path.mkdir, errno.EISDIR),
    "a device": (lambda path: path.symlink_to("/dev/zero"), errno.ENXIO),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize(("make", "number"), MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_RDWR, os.O_WRONLY | os.O_CREAT | os.O_APPEND])
def test_what_is_no_regular_file_is_named_and_not_waited_for(
    flags: int, make: Callable[[Path], object], number: int, tmp_path: Path
) -> None:
    make(tmp_path / "there")
    before = descriptors()
    with pytest.raises(NoRegularFile, match="not a regular file") as caught:
        open_regular(tmp_path / "there", flags)
    assert (caught.value.errno, caught.value.filename) == (number, str(tmp_path / "there"))
    assert descriptors() == before


def test_a_file_and_a_link_to_one_are_read_and_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a\r\n")
    (tmp_path / "link").symlink_to("file")
    assert read_regular(tmp_path / "file") == read_regular(tmp_path / "link") == b"a\r\n"
    descriptor = open_regular(tmp_path / "new", os.O_WRONLY | os.O_CREAT)
    assert os.get_blocking(descriptor)
    os.write(descriptor, b"b")
    os.close(descriptor)
    assert read_regular(tmp_path / "new") == b"b"
    assert not (tmp_path / "new").stat().st_mode & 0o111


def test_what_cannot_be_opened_is_what_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nowhere").symlink_to("gone")
    for name in ("missing", "nowhere"):
        with pytest.raises(FileNotFoundError):
            read_regular(tmp_path / name)

    def away(path: Path, *_: int) -> int:
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))

    (tmp_path / "file").touch()
    monkeypatch.setattr(os, "open", away)
    with pytest.raises(OSError, match=os.strerror(errno.ENXIO)) as caught:  # the disk under a regular file has gone
        read_regular(tmp_path / "file")
    assert not isinstance(caught.value, NoRegularFile)
