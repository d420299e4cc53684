"""How the time of a pair grows with S, N, k and B, and what hard inputs cost, as ratios to one case measured beside."""

from collections.abc import Callable
from functools import partial

from benchmark.information import binned, nearest
from benchmark.information.pairs import pair_count
from benchmark.performance.clock import seconds
from benchmark.performance.inputs import Floats, hard, mixture

Row = tuple[str, str]


def growth() -> list[Row]:
    """The time of a pair, as a multiple of that at N = 64, S = 2,500 and k = 3, or B = 10."""
    gaussian = mixture(2500, 64)
    knn = partial(_pair_seconds, nearest.mutual_information)
    bins = partial(_pair_seconds, binned.mutual_information)
    rows = []
    for name, measure in (("kNN", knn), ("binned", bins)):
        base = measure(gaussian)
        varied = {f"S = {s:,}": mixture(s, 64) for s in (500, 1000, 5000, 10_000)}
        varied |= {f"N = {n}": mixture(2500, n) for n in (16, 128, 256)}
        rows += [(f"{name}, {what}", f"{measure(matrix) / base:.2f}") for what, matrix in varied.items()]
        if name == "kNN":
            rows += [(f"kNN, k = {k}", f"{knn(gaussian, k) / base:.2f}") for k in (1, 5, 10)]
        else:
            rows += [(f"binned, B = {b}", f"{bins(gaussian, b) / base:.2f}") for b in (2, 5, 12, 13, 30, 100)]
    return rows


def hard_inputs() -> list[Row]:
    """The time of a kNN pair of each hard input, as a multiple of that of the Gaussian mixture."""
    gaussian = mixture(2500, 64)
    base = _pair_seconds(nearest.mutual_information, gaussian)
    return [
        (name, f"{_pair_seconds(nearest.mutual_information, matrix) / base:.2f}")
        for name, matrix in hard(gaussian).items()
    ]


def _pair_seconds(estimator: Callable[..., object], activations: Floats, setting: int | None = None) -> float:
    settings = () if setting is None else (setting,)
    return seconds(lambda: estimator(activations, *settings), repeats=3) / pair_count(activations.shape[1])
