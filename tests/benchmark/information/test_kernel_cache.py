"""A cache of kernels that is damaged, full or not there costs the time of compiling, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core.caching import FunctionCache, NullCache
from real_command import ROOT

from benchmark.information import _kernel_cache
from benchmark.information._extremes import extremes
from benchmark.information._kernel_cache import kernel
from registry.kernel_folder import KernelFolder


def twice(x: int) -> int:
    return 2 * x


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(_kernel_cache, "kernel_folder", lambda: KernelFolder(tmp_path))
    return tmp_path


def test_without_a_place_a_kernel_is_compiled_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_kernel_cache, "kernel_folder", lambda: KernelFolder(None, "nowhere"))
    compiled = kernel()(twice)
    assert isinstance(compiled._cache, NullCache)
    assert compiled(4) == 8


def test_a_kept_kernel_is_taken_and_a_damaged_one_compiled_and_kept_anew(folder: Path) -> None:
    assert kernel()(twice)(4) == 8
    kept = sorted(folder.rglob("*.nb?"))
    assert {path.suffix for path in kept} == {".nbc", ".nbi"}
    again = kernel()(twice)
    assert again(4) == 8
    assert again.stats.cache_hits
    for path in kept:
        for damage in (b"", b"\x80\x04garbage", path.read_bytes()[:-20]):
            path.write_bytes(damage)
            damaged = kernel()(twice)
            assert damaged(4) == 8
            assert not damaged.stats.cache_hits
            mended = kernel()(twice)
            assert mended(4) == 8
            assert mended.stats.cache_hits


HITS = """
import sys
sys.path[:] = [sys.argv[1], *(path for path in sys.path if path != sys.argv[2])]
import numpy as np
from benchmark.information import _extremes
_extremes.extremes(np.ones((3, 2), np.float32))
assert _extremes.__file__.startswith(sys.argv[1])
print(len(_extremes._see_all.__wrapped__.stats.cache_hits))
"""


def test_a_copy_of_the_tree_in_another_place_finds_what_this_one_has_compiled(tmp_path: Path) -> None:
    extremes(np.ones((3, 2), np.float32))
    for package in ("benchmark", "registry"):
        shutil.copytree(ROOT / package, tmp_path / "copy" / package, copy_function=shutil.copyfile)
    words = [sys.executable, "-P", "-c", HITS, str(tmp_path / "copy"), str(ROOT)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_a_disk_that_is_full_ends_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FunctionCache, "save_overload", full)
    assert kernel()(twice)(4) == 8
    assert not list(folder.rglob("*.nbc"))


def test_a_place_that_can_no_longer_be_written_ends_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*given: object) -> None:
        raise RuntimeError("cannot cache function: no locator available")

    monkeypatch.setattr(FunctionCache, "__init__", nowhere)
    assert kernel()(twice)(4) == 8
