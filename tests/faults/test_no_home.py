"""A container: no home, no passwd entry, nowhere to keep kernels, a long TMPDIR. A run ends there as at home."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from processes import interrupted
from real_command import ROOT, board_bytes

from registry.kernel_folder import kernel_folder

NOBODY = 54321  # in no list of users
READING = "+dac_read_search"  # of everything, wherever these tests and Python lie; writing is not allowed by it


def as_nobody(words: Sequence[str], folder: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run a command as a user that the system does not know, or skip the test where that cannot be done."""
    asked = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    asked += [f"--inh-caps={READING}", f"--ambient-caps={READING}"]
    if shutil.which("setpriv") is None or os.geteuid() != 0:
        pytest.skip("needs root and setpriv")
    if subprocess.run(["setpriv", *asked, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not allow setpriv to become another user")
    return subprocess.run(
        ["setpriv", *asked, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@pytest.mark.long
def test_a_run_ends_without_home_passwd_entry_and_cache_and_with_a_long_tmpdir(toy_run: Path, tmp_path: Path) -> None:
    temporary = tmp_path / ("t" * (120 - 1 - len(str(tmp_path))))
    temporary.mkdir()
    kept, own = kernel_folder(), temporary / f"memorank-{NOBODY}"
    if kept.folder and kept.folder.is_dir():  # compiled by these tests just now: the run finds them as if it had
        shutil.copytree(kept.folder, own / "kernels" / kept.folder.name)
        own.chmod(0o700)
    interrupted(toy_run, tmp_path / "run", slice(4))
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "PYTHONUTF8": "1"}
    own_by_git = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    environment |= own_by_git  # git tells a user nothing of what belongs to another, and a board names the commit
    command = [sys.executable, "-P", "-m", "memorank"]
    done = as_nobody([*command, "run", "toy", "--out", "run", "--workers", "2"], tmp_path, environment)
    assert done.returncode == 0, done.stderr
    assert f"no place for compiled kernels: the user has no home folder; they are kept in {own}/kernels/" in done.stderr
    assert "Traceback" not in done.stderr
    assert "42 cells were done, 12 computed now" in done.stdout
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)
    assert not list(temporary.glob("pymp-*"))
