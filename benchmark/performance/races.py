"""The estimators against plain references: scikit-learn a pair at a time, numpy a neuron at a time, parmigene in C."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numba import get_num_threads
from sklearn.feature_selection import mutual_info_regression
from sklearn.metrics import mutual_info_score

from benchmark.information import binned, nearest
from benchmark.information.pairs import pair_count
from benchmark.performance.clock import one_thread, seconds
from benchmark.performance.inputs import Floats, mixture

REFERENCE_PAIRS = 8


@dataclass(frozen=True)
class Race:
    """One estimator, with all threads and `alone` on one, against its reference: seconds for a pair, or a neuron."""

    work: str
    reference: str
    ours: float
    alone: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.theirs / self.ours


def races() -> list[Race]:
    """All of them; the one against parmigene where R has it."""
    gaussian = mixture(2500, 128)
    wide = mixture(10_000, 4608)
    found = [
        race_nearest("N = 128, S = 2,500, k = 3", gaussian),
        race_nearest("the same after ReLU", np.maximum(gaussian, 0)),
        race_nearest("N = 48, S = 10,000, k = 3", mixture(10_000, 48)),
        race_parmigene("N = 128, S = 2,500, k = 3", gaussian),
        race_binned("N = 256, S = 2,500, B = 10", mixture(2500, 256), 10),
        race_binned("N = 256, S = 10,000, B = 30", mixture(10_000, 256), 30),
        race_entropy("N = 4,608, S = 10,000, B = 100, float32", wide.astype(np.float32)),
        race_entropy("the same in float64", wide),
    ]
    return [race for race in found if race]


def race_nearest(name: str, activations: Floats) -> Race:
    """All pairs by `nearest` against scikit-learn's trees, a pair at a time."""
    theirs = seconds(
        lambda: [
            mutual_info_regression(activations[:, [n]], activations[:, n + 1], n_neighbors=3)
            for n in range(REFERENCE_PAIRS)
        ]
    )
    return _race(
        f"kNN MI, {name}",
        "scikit-learn, a pair at a time",
        lambda: nearest.mutual_information(activations),
        pair_count(activations.shape[1]),
        theirs / REFERENCE_PAIRS,
    )


def race_binned(name: str, activations: Floats, bins: int) -> Race:
    """All pairs by `binned` against scikit-learn's mutual_info_score on codes made beforehand."""
    columns = activations[:, : REFERENCE_PAIRS + 1].T
    codes = [np.digitize(column, np.histogram_bin_edges(column, bins)[1:-1]) for column in columns]
    theirs = seconds(lambda: [mutual_info_score(codes[n], codes[n + 1]) for n in range(REFERENCE_PAIRS)])
    return _race(
        f"binned MI, {name}",
        "scikit-learn, a pair at a time",
        lambda: binned.mutual_information(activations, bins),
        pair_count(activations.shape[1]),
        theirs / REFERENCE_PAIRS,
    )


def race_entropy(name: str, activations: Floats) -> Race:
    """Every neuron by `binned.entropy` against numpy.histogram, a neuron of the same matrix at a time."""
    span = (activations.min(), activations.max())
    spread = np.linspace(0, activations.shape[1] - 1, REFERENCE_PAIRS, dtype=int)  # no two on one cache line
    theirs = seconds(lambda: [np.histogram(activations[:, neuron], 100, span) for neuron in spread])
    return _race(
        f"entropy, {name}",
        "numpy.histogram, a neuron at a time",
        lambda: binned.entropy(activations),
        activations.shape[1],
        theirs / REFERENCE_PAIRS,
    )


def race_parmigene(name: str, activations: Floats) -> Race | None:
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
    pairs = pair_count(activations.shape[1])
    return _race(
        f"kNN MI, {name}",
        "parmigene, as many threads",
        lambda: nearest.mutual_information(activations),
        pairs,
        float(finished.stdout) / pairs,
    )


def _race(work: str, reference: str, ours: Callable[[], object], units: int, theirs: float) -> Race:
    with one_thread():
        alone = seconds(ours) / units
    return Race(work, reference, seconds(ours) / units, alone, theirs)
