"""What is compiled when: nothing on import, each kernel once, and then kept on disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CALLED = """
import sys
for name, module in list(sys.modules.items()):
    for kernel in vars(module).values() if name.startswith("benchmark.information") else ():
        for types in getattr(kernel, "signatures", ()):
            print("kernel", kernel.py_func.__module__, kernel.py_func.__name__, types)
"""
ROOT = Path(__file__).parents[3]
USE = "import numpy as np; from memorank import information as i; a = np.random.default_rng(0).normal(size=(50, 3));"


def kept(folder: Path, code: str) -> set[str]:
    """The compiled kernels in the folder after a new process has run the code."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=folder.parent)
    return {str(path) for path in folder.rglob("*.nbc")}


@pytest.mark.long
def test_an_import_compiles_nothing_and_a_first_call_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "kernels"
    assert kept(folder, "import memorank, benchmark.information, benchmark.performance.races") == set()
    first = kept(folder, USE + "i.binned.entropy(a)")
    assert first
    assert kept(folder, USE + "i.binned.entropy(a)") == first


@pytest.mark.long
def test_what_is_compiled_ahead_is_all_that_a_run_needs(tmp_path: Path) -> None:
    ahead = compiled(tmp_path, "import runpy; runpy.run_module('benchmark.information', run_name='__main__')")
    run = "import memorank; memorank.main(['run', 'toy', '--set', 'seeds=[0]', '--out', 'run'])"
    assert ahead
    assert compiled(tmp_path, run) <= ahead


def compiled(folder: Path, code: str) -> set[str]:
    """The kernels that are called in a new process that runs the code, each with its types: from the disk or not."""
    code = f"{code}\n{CALLED}"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=folder, stdout=subprocess.PIPE
    )
    assert done.returncode == 0
    return {line for line in done.stdout.decode().splitlines() if line.startswith("kernel ")}


@pytest.mark.long
def test_memory_grows_with_the_neurons_and_samples_and_not_with_the_pairs_histograms(tmp_path: Path) -> None:
    code = """
import resource, numpy as np
from benchmark.information import binned, pairs
few = np.random.default_rng(0).normal(size=(200, 3)).astype(np.float32)
binned.mutual_information(few, 30)  # compiles
pairs.pair_summary(binned.pair_information(few, 30))
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
small = peak()
activations = np.random.default_rng(0).normal(size=(200, 1500)).astype(np.float32)
pairs.pair_summary(binned.pair_information(activations, 30))
summed = peak() - small
binned.mutual_information(activations, 30)
whole = peak() - small
print(summed, whole)
assert summed < 16, summed  # MB; the matrix alone has 18, the joint histograms would have 4,000
assert whole < 40, whole
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
