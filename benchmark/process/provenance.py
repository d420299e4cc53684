"""Where a number comes from: versions, commit, machine, time and memory. None of it is in a board.

In: nothing. Out: plain data for records and for provenance.json.
"""

import json
import os
import platform
import re
import resource
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypedDict

from benchmark.process.files import locked, write_json
from registry.regular_files import read_regular

OWN = "memorank"
PACKAGES = (OWN, "torch", "numpy", "scipy", "numba", "scikit-learn", "safetensors", "transformers", "tokenizers")


class Machine(TypedDict):
    """The machine that a process runs on."""

    host: str
    system: str
    processor: str
    cores: int | None


class Environment(TypedDict):
    """What the numbers of a process may hang on, beside what it computes."""

    versions: dict[str, str | None]
    commit: str | None
    machine: Machine


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Versions, source commit and machine of this process."""
    return {
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "commit": _commit(),
        "machine": {
            "host": platform.node(),
            "system": platform.platform(),
            "processor": _processor(),
            "cores": os.cpu_count(),
        },
    }


def now() -> str:
    """The time in UTC, as ISO 8601 writes it, to a second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def peak_memory() -> int:
    """The most memory this process has held so far, in bytes."""
    with suppress(OSError, StopIteration):  # Linux; what getrusage says there counts the process that started this one
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _version(package: str) -> str | None:
    """The installed version of a package; of memorank that of its last release alone."""
    installed = _installed(package)
    return release(installed) if installed and package == OWN else installed


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def release(installed: str) -> str:
    """The release that a version of memorank is, or comes after.

    A version of setuptools-scm counts the commits since the release, and so moves with each of them. A record holds the
    release alone: by it a score is known as made with these versions, and which commit it was stands beside it. What a
    commit moves is told by the versions of entries, which are in the keys.

    >>> release("0.2.0"), release("0.2.0.post1.dev17+g1234abc"), release("0.2.0rc1"), release("0.2.0.post1")
    ('0.2.0', '0.2.0', '0.2.0rc1', '0.2.0.post1')
    """
    public = installed.partition("+")[0]
    return re.sub(r"(\.post\d+)?\.dev\d+$", "", public)


def built_commit(installed: str) -> str | None:
    """The commit that a version names, with "-dirty" for changes that were not committed; None where it names none.

    >>> built_commit("0.2.0.post1.dev17+g1234abc"), built_commit("0.2.0+g1234abc.d20261127"), built_commit("0.2.0")
    ('1234abc', '1234abc-dirty', None)
    """
    named = re.search(r"\+g([0-9a-f]+)(\.d\d+)?$", installed)
    return f"{named[1]}{'-dirty' if named[2] else ''}" if named else None


def _commit() -> str | None:
    """The commit of the source tree, with "-dirty" for uncommitted changes.

    Outside a checkout of memorank it is the commit that was built, None where that is a release.
    """
    tree = Path(__file__).parents[2]
    if not (tree / ".git").exists():
        return built_commit(_installed(OWN) or "")
    try:
        command = ["git", "-C", str(tree), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor()
    )


def record_command(run: Path, command: list[str]) -> None:
    """Add this command, its environment and time to the run folder's provenance.json."""
    path = run / "provenance.json"
    with locked(run, wait=True):
        try:
            earlier = list(json.loads(read_regular(path))["commands"])
        except (OSError, ValueError, KeyError, TypeError):
            earlier = []
        write_json(path, {"commands": [*earlier, {"command": command, "started": now(), **environment()}]})
