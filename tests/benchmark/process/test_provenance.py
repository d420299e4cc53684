"""Where a number comes from: what is said of packages, source, machine, time and memory; and the commands of a run."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from packaging.version import Version

from benchmark.process import provenance
from benchmark.process.provenance import PACKAGES, environment, now, record_command

ROOT = Path(__file__).parents[3]


def test_versions_and_machine_are_those_of_this_process() -> None:
    found = environment()
    assert list(found["versions"]) == ["python", *PACKAGES]
    assert found["versions"]["numpy"] == np.__version__ == version("numpy")
    assert found["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    assert found["machine"]["cores"] == os.cpu_count()
    assert found["machine"]["host"] == os.uname().nodename
    json.dumps(found, allow_nan=False)


def test_a_package_that_is_not_there_has_no_version() -> None:
    assert provenance._version("no-package-has-this-name") is None


def test_the_commit_is_that_of_this_checkout_and_says_where_something_is_uncommitted() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    changed = subprocess.run([*git, "diff", "--quiet", "HEAD"], check=False).returncode
    assert provenance._commit() == commit + ("-dirty" if changed else "")


def test_outside_a_checkout_and_without_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert provenance._commit() is None
    monkeypatch.undo()
    monkeypatch.setattr(provenance, "version", lambda package: "0.2.0")
    monkeypatch.setattr(provenance, "__file__", str(tmp_path / "benchmark" / "process" / "provenance.py"))
    assert provenance._commit() is None


@pytest.mark.parametrize(
    ("installed", "told", "commit"),
    [
        ("0.2.0", "0.2.0", None),
        ("0.2.0.post1.dev17+g1234abc", "0.2.0", "1234abc"),
        ("0.2.0.post1.dev18+g99ffab012.d20261127", "0.2.0", "99ffab012-dirty"),
        ("0.2.0rc1.post1.dev3+gabc", "0.2.0rc1", "abc"),
        ("0.2.0.post2", "0.2.0.post2", None),
        ("0.2.0+local", "0.2.0", None),
    ],
)
def test_a_version_that_counts_commits_tells_its_release_and_its_commit(
    installed: str, told: str, commit: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a checkout, where nobody else knows the commit."""
    assert Version(installed).release == Version(told).release
    monkeypatch.setattr(provenance, "version", lambda package: installed if package == "memorank" else "7.dev3+g1")
    monkeypatch.setattr(provenance, "__file__", str(tmp_path / "benchmark" / "process" / "provenance.py"))
    found = environment.__wrapped__()
    assert (found["versions"]["memorank"], found["commit"]) == (told, commit)
    assert found["versions"]["torch"] == "7.dev3+g1"  # of others nothing is taken away


def test_a_score_stays_made_here_when_only_the_commit_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = []
    for installed in ("0.2.0.post1.dev17+g1234abc", "0.2.0.post1.dev18+g5678def", "0.2.0", "0.3.0"):
        monkeypatch.setattr(provenance, "version", lambda package, own=installed: own)
        versions.append(environment.__wrapped__()["versions"]["memorank"])
    assert versions == ["0.2.0", "0.2.0", "0.2.0", "0.3.0"]


def test_the_time_is_in_utc_to_a_second() -> None:
    found = datetime.fromisoformat(now())
    assert found.utcoffset() is not None
    assert abs((datetime.now(UTC) - found).total_seconds()) < 60
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", now())


def test_the_peak_of_memory_is_that_of_this_process_and_stays_when_the_memory_is_given_back() -> None:
    code = (
        "from benchmark.process.provenance import peak_memory\n"
        "before = peak_memory()\nheld = b'x' * 200_000_000\nwhile_held = peak_memory()\ndel held\n"
        "print(before, while_held, peak_memory())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    before, held, after = map(int, done.stdout.split())
    assert 190_000_000 < held - before < 210_000_000
    assert abs(after - held) < 5_000_000


def test_the_processor_is_named_where_the_system_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda path, encoding: "vendor_id\t: A\nmodel name\t: A B: C\n")
    assert provenance._processor() == "A B: C"
    monkeypatch.setattr(Path, "read_text", lambda path, encoding: "processor\t: 0\n")
    assert provenance._processor() == provenance.platform.processor()


@pytest.mark.parametrize("damage", [None, "", "[1]", '{"commands": 3}', "\udcff"])
def test_each_command_is_added_and_a_damaged_file_begun_anew(damage: str | None, tmp_path: Path) -> None:
    path = tmp_path / "provenance.json"
    if damage is not None:
        path.write_bytes(damage.encode(errors="surrogateescape"))
    for words in (["run", "toy"], ["report"]):
        record_command(tmp_path, words)
    commands = json.loads(path.read_text())["commands"]
    assert [one["command"] for one in commands] == [["run", "toy"], ["report"]]
    assert all({"started", "versions", "commit", "machine"} <= set(one) for one in commands)
