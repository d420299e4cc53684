"""How the time of a pair grows with S, N, k and B, and what hard inputs cost, as ratios to one case measured beside."""

from collections.abc import Callable

from benchmark.information import binned, nearest
from benchmark.information.pairs import pair_count
from benchmark.performance.clock import seconds
from benchmark.performance.inputs import Floats, hard, mixture

Row = tuple[str, str]
Estimator = Callable[..., object]


def growth() -> list[Row]:
    """The time of a pair, as a multiple of that at S = 2,500 and N = 64, k = 3 (kNN) or N = 256, B = 10 (binned)."""
    knn = _varied("kNN", nearest.mutual_information, 64, {"k": (1, 5, 10)})
    return knn + _varied("binned", binned.mutual_information, 256, {"B": (2, 5, 12, 13, 30, 100)})


def _varied(name: str, estimator: Estimator, neurons: int, settings: dict[str, tuple[int, ...]]) -> list[Row]:
    base = mixture(2500, neurons)
    unit = _pair_seconds(estimator, base)
    times = {f"S = {s:,}": _pair_seconds(estimator, mixture(s, neurons)) for s in (500, 1000, 5000, 10_000)}
    times |= {f"N = {n}": _pair_seconds(estimator, mixture(2500, n)) for n in (neurons // 4, neurons // 2, 2 * neurons)}
    for letter, values in settings.items():
        times |= {f"{letter} = {value}": _pair_seconds(estimator, base, value) for value in values}
    return [(f"{name}, {case}", f"{time / unit:.2f}") for case, time in times.items()]


def hard_inputs() -> list[Row]:
    """The time of a kNN pair of each hard input, as a multiple of that of the Gaussian mixture."""
    gaussian = mixture(2500, 64)
    base = _pair_seconds(nearest.mutual_information, gaussian)
    return [
        (name, f"{_pair_seconds(nearest.mutual_information, matrix) / base:.2f}")
        for name, matrix in hard(gaussian).items()
    ]


def _pair_seconds(estimator: Estimator, activations: Floats, setting: int | None = None) -> float:
    settings = () if setting is None else (setting,)
    return seconds(lambda: estimator(activations, *settings)) / pair_count(activations.shape[1])
