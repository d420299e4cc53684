"""What the figures of a board are drawn from: the entropies of neurons and the MI of pairs, for each model and tap.

In: the results of a plan. Out: rows with the quantiles of a box and a density of 64 steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from benchmark.record import HistogramContent, TapNumbers
from benchmark.results.result import Result
from leaderboard.content.models import Box, Density, TapRow

Taps = Mapping[str, TapNumbers]  # of one network

STEPS = 64  # of a density
SHOWN = 0.99  # the share of the pairs of every condition that the steps reach over, at least
NOTCHED = 10  # neurons from which on a box has a notch


def tap_rows(results: Iterable[Result]) -> list[TapRow]:
    """One row for each model and tap, the neurons of all its seeds together.

    The steps of a density are common to all models of a suite, kind of inputs, scope and tap: they start at 0.
    """
    rows: list[TapRow] = []
    suites = {result.cell["entry"]: result.suite for result in results}
    for (entry, inputs, scope), models in _grouped(results).items():
        about = suites[entry]
        taps = dict.fromkeys(tap for networks in models.values() for network in networks for tap in network)
        for tap in taps:
            found = {model: [network[tap] for network in own if tap in network] for model, own in models.items()}
            last = max((_end([one["mi_histogram"] for one in own]) for own in found.values()), default=0.0)
            for (recipe, condition), own in found.items():
                neurons = [entropy for one in own for entropy in one["entropy"]]
                density = mi_density([one["mi_histogram"] for one in own], last)
                rows.append(
                    {
                        "suite": about["suite"],
                        "data": about["data"],
                        "family": about["family"],
                        "recipe": recipe,
                        "inputs": inputs,
                        "scope": scope,
                        "condition": condition,
                        "tap": tap,
                        "entropy": box(neurons),
                        "mi": density,
                    }
                )
    return rows


def box(values: Sequence[float]) -> Box | None:
    """The quantiles of a box plot, or None if there are no values.

    Args:
        values: Numbers of any unit.

    Returns:
        The median, the quartiles, the farthest values within 1.5 interquartile ranges of these (Tukey 1977), and the
        notch (McGill, Tukey, Larsen 1978), which is None for fewer than ten values.

    >>> found = box([1.0, 2.0, 3.0, 4.0, 50.0])
    >>> found["median"], found["q1"], found["q3"], found["low"], found["high"], found["notch"]
    (3.0, 2.0, 4.0, 1.0, 4.0, None)
    """
    if not values:
        return None
    numbers = np.sort(np.asarray(values, dtype=np.float64))
    q1, median, q3 = (float(value) for value in np.quantile(numbers, (0.25, 0.5, 0.75)))
    reach = 1.5 * (q3 - q1)
    within = numbers[(numbers >= q1 - reach) & (numbers <= q3 + reach)]
    half = 1.57 * (q3 - q1) / sqrt(len(numbers))
    return {
        "neurons": len(numbers),
        "low": float(within[0]),
        "q1": q1,
        "median": median,
        "q3": q3,
        "high": float(within[-1]),
        "notch": [median - half, median + half] if len(numbers) >= NOTCHED else None,
    }


def mi_density(histograms: Sequence[HistogramContent], last: float) -> Density | None:
    """The density of some histograms together, in equal steps from 0 to `last`.

    Args:
        histograms: Counts of pairs in equal bins from `first` to `last`, in nats.
        last: Where the steps end. What lies above is not shown: the density integrates to the share that is.

    Returns:
        The number of pairs, the share of estimates below 0 (they are counted in the first step), and the density per
        nat at each step; None where there is no pair.
    """
    pairs = sum(sum(one["counts"]) for one in histograms)
    if not pairs or last <= 0:
        return None
    edges = np.linspace(0.0, last, STEPS + 1)
    shares = _share_below(histograms, edges) / pairs
    below_zero, shares[0] = float(shares[0]), 0.0
    density = np.diff(shares) / (last / STEPS)
    return {
        "pairs": int(pairs),
        "below_zero": _rounded(below_zero),
        "last": last,
        "density": [_rounded(float(value)) for value in density],
    }


def _grouped(results: Iterable[Result]) -> dict[tuple[int, str, str], dict[tuple[str, float | str], list[Taps]]]:
    """The taps of each network, by entry, inputs and scope, then by recipe and condition."""
    groups: dict[tuple[int, str, str], dict[tuple[str, float | str], list[Taps]]] = {}
    for result in results:
        if result.is_score:
            cell, score = result.cell, result.score
            models = groups.setdefault((cell["entry"], str(cell["inputs"]), str(cell["scope"])), {})
            found = models.setdefault((cell["recipe"], cell["condition"]), [])
            if score is not None:
                found.append(score.get("taps", {}))
    return groups


def _end(histograms: Sequence[HistogramContent]) -> float:
    """The MI below which at least `SHOWN` of the pairs of a model lie."""
    pairs = sum(sum(one["counts"]) for one in histograms)
    if not pairs:
        return 0.0
    edges = np.unique([edge for one in histograms for edge in _edges(one)])
    shares = _share_below(histograms, edges) / pairs
    return float(edges[int(np.argmax(shares >= SHOWN))])


def _share_below(histograms: Sequence[HistogramContent], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many pairs lie below each place. The pairs of a bin are taken to be spread evenly over it."""
    below = np.zeros(len(places))
    for one in histograms:
        counts = np.cumsum([0, *one["counts"]])
        edges = _edges(one)
        if edges[0] < edges[-1]:
            below += np.interp(places, edges, counts)
        else:
            below += np.where(places >= edges[0], float(counts[-1]), 0.0)
    return below


def _edges(histogram: HistogramContent) -> NDArray[np.float64]:
    return np.linspace(histogram["first"], histogram["last"], len(histogram["counts"]) + 1)


def _rounded(value: float) -> float:
    """A number in five significant digits: a picture shows no more."""
    return float(f"{value:.5g}")
