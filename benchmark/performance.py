"""How fast the estimators are, as ratios to plain references in the same process: `python -m benchmark.performance`.

In: nothing. Out: a table of ratios, and pairs per second and core. Absolute times are of this machine alone.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numba import config, get_num_threads, set_num_threads
from numpy.typing import NDArray
from sklearn.feature_selection import mutual_info_regression
from sklearn.metrics import mutual_info_score
from tabulate import tabulate

from benchmark.information import binned, nearest
from benchmark.provenance import environment

REPEATS = 3
REFERENCE_PAIRS = 8


@dataclass(frozen=True)
class Race:
    """One estimator against its reference: seconds for a pair (or a neuron) each."""

    work: str
    reference: str
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.theirs / self.ours


def mixture(samples: int, neurons: int, seed: int = 0) -> NDArray[np.float64]:
    """Neurons (S, N) that share eight latent variables: saturating, noisy, dependent on each other."""
    generator = np.random.default_rng(seed)
    latent = generator.normal(size=(samples, 8))
    noise = 0.3 * generator.normal(size=(samples, neurons))
    return np.asarray(np.tanh(latent @ generator.normal(size=(8, neurons))) + noise)


def race_nearest(name: str, activations: NDArray[np.float64]) -> Race:
    """All pairs by `nearest` against scikit-learn's trees, a pair at a time."""
    pairs = activations.shape[1] * (activations.shape[1] - 1) / 2
    ours = _seconds(lambda: nearest.mutual_information(activations)) / pairs
    theirs = _seconds(
        lambda: [
            mutual_info_regression(activations[:, [n]], activations[:, n + 1], n_neighbors=3)
            for n in range(REFERENCE_PAIRS)
        ]
    )
    return Race(f"kNN MI, {name}", "scikit-learn, a pair at a time", ours, theirs / REFERENCE_PAIRS)


def race_binned(name: str, activations: NDArray[np.float64], bins: int) -> Race:
    """All pairs by `binned` against scikit-learn's mutual_info_score on codes made beforehand."""
    pairs = activations.shape[1] * (activations.shape[1] - 1) / 2
    ours = _seconds(lambda: binned.mutual_information(activations, bins)) / pairs
    columns = activations[:, : REFERENCE_PAIRS + 1].T
    codes = [np.digitize(column, np.histogram_bin_edges(column, bins)[1:-1]) for column in columns]
    theirs = _seconds(lambda: [mutual_info_score(codes[n], codes[n + 1]) for n in range(REFERENCE_PAIRS)])
    return Race(f"binned MI, {name}", "scikit-learn, a pair at a time", ours, theirs / REFERENCE_PAIRS)


def race_entropy(name: str, activations: NDArray[np.float64]) -> Race:
    """Every neuron by `binned.entropy` against numpy.histogram, a neuron at a time."""
    ours = _seconds(lambda: binned.entropy(activations)) / activations.shape[1]
    span = (activations.min(), activations.max())
    columns = np.ascontiguousarray(activations[:, :REFERENCE_PAIRS].T)
    theirs = _seconds(lambda: [np.histogram(column, 100, span) for column in columns])
    return Race(f"entropy, {name}", "numpy.histogram, a neuron at a time", ours, theirs / REFERENCE_PAIRS)


def race_parmigene(name: str, activations: NDArray[np.float64]) -> Race | None:
    """All pairs by `nearest` against parmigene's C with as many threads; None where R does not have it."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / "activations.csv"
        np.savetxt(table, activations.T, delimiter=",")
        code = (
            "library(parmigene); m <- as.matrix(read.csv(commandArgs(TRUE)[1], header=FALSE));"
            "t <- proc.time()[3]; invisible(knnmi.all(m, 3)); cat(proc.time()[3] - t)"
        )
        command = ["Rscript", "-e", code, str(table)]
        threads = {"OMP_NUM_THREADS": str(get_num_threads()), "PATH": "/usr/local/bin:/usr/bin:/bin"}
        finished = subprocess.run(command, capture_output=True, text=True, check=False, env=threads)
    if finished.returncode:
        return None
    pairs = activations.shape[1] * (activations.shape[1] - 1) / 2
    ours = _seconds(lambda: nearest.mutual_information(activations)) / pairs
    return Race(f"kNN MI, {name}", "parmigene, as many threads", ours, float(finished.stdout) / pairs)


def main() -> None:
    """Run every race with all threads, then kNN MI with one, and how it grows."""
    machine = environment()["machine"]
    print(f"{machine['processor']}, {get_num_threads()} of {config.NUMBA_NUM_THREADS} threads")
    gaussian = mixture(2500, 128)
    races = [
        race_nearest("N = 128, S = 2,500", gaussian),
        race_nearest("N = 128, S = 2,500, after ReLU", np.maximum(gaussian, 0)),
        race_nearest("N = 48, S = 10,000", mixture(10_000, 48)),
        race_parmigene("N = 128, S = 2,500", gaussian),
        race_binned("N = 256, S = 2,500, B = 10", mixture(2500, 256), 10),
        race_binned("N = 256, S = 10,000, B = 30", mixture(10_000, 256), 30),
        race_entropy("N = 1,024, S = 10,000, B = 100", mixture(10_000, 1024)),
    ]
    rows = [(r.work, r.reference, f"{r.ratio:.0f} x", f"{1 / r.ours / get_num_threads():,.0f}") for r in races if r]
    print(tabulate(rows, ("work", "reference", "faster", "per second and core"), disable_numparse=True))
    print()
    print(tabulate(_growth(gaussian), ("kNN MI, k = 3 unless said", "microseconds a pair"), disable_numparse=True))


def _growth(gaussian: NDArray[np.float64]) -> list[tuple[str, str]]:
    generator = np.random.default_rng(1)
    hard = {
        "heavy tails": generator.standard_cauchy(gaussian.shape),
        "saturated tanh": np.tanh(20 * gaussian),
        "one rogue scale": gaussian * np.where(np.arange(gaussian.shape[1]) == 0, 1e6, 1.0),
        "coarse grid": np.round(4 * gaussian),
        "duplicated": np.repeat(gaussian[:, ::2], 2, axis=1),
        "r = .99": gaussian[:, :1] + 0.1 * gaussian,
    }
    few = slice(0, 64)
    rows = {f"S = {s:,}": mixture(s, 32) for s in (500, 1000, 2500, 5000, 10_000)}
    rows |= {f"N = {n}": gaussian[:, :n] for n in (16, 64, 128)}
    rows |= {name: matrix[:, few] for name, matrix in hard.items()}
    result = [(name, f"{_pair_microseconds(matrix, 3):.0f}") for name, matrix in rows.items()]
    result += [(f"k = {k}", f"{_pair_microseconds(gaussian[:, few], k):.0f}") for k in (1, 3, 5, 10)]
    threads = get_num_threads()
    set_num_threads(1)
    result.append(("one thread", f"{_pair_microseconds(gaussian[:, few], 3):.0f}"))
    set_num_threads(threads)
    return result


def _pair_microseconds(activations: NDArray[np.float64], k: int) -> float:
    pairs = activations.shape[1] * (activations.shape[1] - 1) / 2
    return float(_seconds(lambda: nearest.mutual_information(activations, k)) / pairs * 1e6)


def _seconds(work: Callable[[], object]) -> float:
    """Median of a few runs after one that compiles and warms up."""
    work()
    spent = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return float(median(spent))


if __name__ == "__main__":
    main()
