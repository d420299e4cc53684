"""Kernels survive a fork, and several threads may call them at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
POOL = """
import multiprocessing
import numpy as np
from memorank import information
a = np.random.default_rng(0).normal(size=(50, 3))
def mean(_):
    return float(information.binned.mutual_information(a).mean())
mean(0)
with multiprocessing.get_context("fork").Pool(2) as pool:
    assert pool.map_async(mean, range(4)).get(timeout=60) == [mean(0)] * 4
"""
THREADS = """
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from memorank import information
a = np.random.default_rng(0).normal(size=(200, 20))
once = float(information.binned.mutual_information(a).mean())
def mean(_):
    return float(information.binned.mutual_information(a).mean())
with ThreadPoolExecutor(4) as threads:
    assert list(threads.map(mean, range(100))) == [once] * 100
"""


def run(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    own = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_THREADING")}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**own, "PYTHONPATH": str(ROOT), "NUMBA_NUM_THREADS": "2", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.long
@pytest.mark.parametrize("code", [POOL, THREADS], ids=["a pool that forks", "several threads"])
def test_kernels_run_after_a_fork_and_in_several_threads(code: str) -> None:
    done = run(code)
    assert done.returncode == 0, done.stderr


def test_in_threads_that_do_not_survive_a_fork_a_kernel_says_so_and_nobody_waits() -> None:
    done = run(POOL, NUMBA_THREADING_LAYER="omp")
    if "No threading layer could be loaded" in done.stderr:
        pytest.skip("this numba has no OpenMP")
    assert done.returncode == 1
    assert "RuntimeError: this process was forked after kernels had run in GNU OpenMP's threads" in done.stderr
    assert "TimeoutError" not in done.stderr
