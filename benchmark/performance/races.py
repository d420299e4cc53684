"""The estimators against plain references: scikit-learn a pair at a time, numpy a neuron at a time, parmigene in C."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numba import get_num_threads
from scipy.special import entr
from sklearn.feature_selection import mutual_info_regression
from sklearn.metrics import mutual_info_score

from benchmark.information import binned, nearest
from benchmark.information.pairs import pair_count
from benchmark.performance.clock import one_thread, seconds
from benchmark.performance.inputs import Floats, mixture

REFERENCE_UNITS = 8  # pairs or neurons that a slow reference computes


@dataclass(frozen=True)
class Contest:
    """An estimator and its reference, which compute the same numbers of the same activations, in nats.

    `ours` computes all `units` (pairs or neurons), `theirs` the few that `shared` picks out of what `ours` returns.
    """

    work: str
    reference: str
    units: int
    ours: Callable[[], Floats]
    theirs: Callable[[], list[float]]
    shared: Callable[[Floats], Floats]


@dataclass(frozen=True)
class Race:
    """A contest that was timed, ours with all threads and `alone` on one: seconds for a pair, or a neuron."""

    work: str
    reference: str
    ours: float
    alone: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.theirs / self.ours


def races() -> Iterator[Race]:
    """All races; the one against parmigene only if R has it."""
    gaussian = mixture(2500, 128)
    wide = mixture(10_000, 4608)
    yield timed(nearest_contest("N = 128, S = 2,500, k = 3", gaussian))
    relu = np.maximum(gaussian, 0)
    yield timed(nearest_contest("the same after ReLU", relu))
    yield timed(nearest_contest("the same after ReLU, ties: plain", relu, "plain"))
    yield timed(nearest_contest("N = 48, S = 10,000, k = 3", mixture(10_000, 48)))
    parmigene = race_parmigene("N = 128, S = 2,500, k = 3", gaussian)
    if parmigene:
        yield parmigene
    yield timed(binned_contest("N = 256, S = 2,500, B = 10", mixture(2500, 256), 10))
    yield timed(binned_contest("N = 256, S = 10,000, B = 30", mixture(10_000, 256), 30))
    yield timed(entropy_contest("N = 4,608, S = 10,000, B = 100, float32", wide.astype(np.float32)))
    yield timed(entropy_contest("the same in float64", wide))


def timed(contest: Contest) -> Race:
    """Time both sides of a contest, one after the other."""
    return _race(
        contest.work, contest.reference, contest.ours, contest.units, seconds(contest.theirs) / REFERENCE_UNITS
    )


def nearest_contest(name: str, activations: Floats, ties: nearest.Ties = "jitter") -> Contest:
    """All pairs by `nearest` against scikit-learn's trees, a pair at a time; those add a noise of their own."""

    def trees() -> list[float]:
        pairs = [(activations[:, [n]], activations[:, n + 1]) for n in range(REFERENCE_UNITS)]
        return [float(mutual_info_regression(x, y, n_neighbors=3)[0]) for x, y in pairs]

    return Contest(
        f"kNN MI, {name}",
        "scikit-learn, a pair at a time",
        pair_count(activations.shape[1]),
        lambda: nearest.mutual_information(activations, ties=ties),
        trees,
        lambda found: np.maximum(_neighbouring(found), 0.0),  # scikit-learn returns 0 for a negative estimate
    )


def binned_contest(name: str, activations: Floats, bins: int) -> Contest:
    """All pairs by `binned` against scikit-learn's mutual_info_score on codes made beforehand."""
    columns = activations[:, : REFERENCE_UNITS + 1].T
    codes = [np.digitize(column, np.histogram_bin_edges(column, bins)[1:-1]) for column in columns]
    return Contest(
        f"binned MI, {name}",
        "scikit-learn, a pair at a time",
        pair_count(activations.shape[1]),
        lambda: binned.mutual_information(activations, bins),
        lambda: [float(mutual_info_score(codes[n], codes[n + 1])) for n in range(REFERENCE_UNITS)],
        _neighbouring,
    )


def entropy_contest(name: str, activations: Floats) -> Contest:
    """Every neuron by `binned.entropy` against numpy.histogram, a neuron of the same matrix at a time."""
    span = (activations.min(), activations.max())
    spread = np.linspace(0, activations.shape[1] - 1, REFERENCE_UNITS, dtype=int)  # no two on one cache line

    def histograms() -> list[float]:
        counts = [np.histogram(activations[:, neuron], 100, span)[0] for neuron in spread]
        return [float(entr(count / len(activations)).sum()) for count in counts]

    return Contest(
        f"entropy, {name}",
        "numpy.histogram, a neuron at a time",
        activations.shape[1],
        lambda: binned.entropy(activations),
        histograms,
        lambda found: found[spread],
    )


def race_parmigene(name: str, activations: Floats) -> Race | None:
    """All pairs by `nearest` against parmigene's C with as many threads; None if R does not have it."""
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


def _neighbouring(information: Floats) -> Floats:
    """The pairs of a neuron and the next one that a reference computes, out of MI (N, N)."""
    return np.diagonal(information, 1)[:REFERENCE_UNITS]


def _race(work: str, reference: str, ours: Callable[[], object], units: int, theirs: float) -> Race:
    with one_thread():
        alone = seconds(ours) / units
    return Race(work, reference, seconds(ours) / units, alone, theirs)
