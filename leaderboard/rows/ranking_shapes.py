"""From a ranking to what its figures draw: at each tap the spread of MI over pairs and of entropy over neurons.

In: the content of ranking.json. Out: rows with quantiles, and with densities over ranges that all networks share.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmark.record import TapNumbers
from leaderboard.content.ranking import Shape, TapShapes

if TYPE_CHECKING:
    from benchmark.ranking.assembly import RankingContent

BOX_AT = ("0.05", "0.25", "0.5", "0.75", "0.95")  # quantiles of the MI of pairs
STEPS = 128  # of a density
SHOWN = 0.99  # the share of every network's pairs that lies below the end of the range, at least
MANY = 1000  # neurons, above which those of nearly the same entropy are counted together
Weighted = tuple[NDArray[np.float64], NDArray[np.float64]]  # values that rise, and how many there are of each


def tap_shapes(content: "RankingContent") -> list[TapShapes]:
    """What is drawn of each tap, in the order of the networks' taps."""
    means = {row["network"]: row["per_tap"] for row in content["numbers"] if row["measure"] == "mean-mi"}
    details = {row["network"]: row["details"] for row in content["networks"]}
    return [
        _at_tap(
            title,
            {name: details[name][tap] for name, tap in own.items()},
            {name: means.get(name, {}).get(tap) for name, tap in own.items()},
        )
        for title, own in aligned({name: list(one) for name, one in details.items()})
    ]


def aligned(taps: Mapping[str, Sequence[str]]) -> list[tuple[str, dict[str, str]]]:
    """Which tap of each network stands beside which: those of one name, or else those of one place.

    Args:
        taps: The taps of each network, in its order.

    Returns:
        A title, and for each network that has it the name of its tap.

    >>> aligned({"a": ["in", "out"], "b": ["in", "out"]})[1]
    ('out', {'a': 'out', 'b': 'out'})
    >>> aligned({"a": ["conv", "fc"], "b": ["0", "2"]})[0]
    ('1 of 2', {'a': 'conv', 'b': '0'})
    """
    counts = {len(own) for own in taps.values()}
    if len({tuple(own) for own in taps.values()}) > 1 and len(counts) == 1:
        (count,) = counts
        return [(f"{at + 1} of {count}", {name: own[at] for name, own in taps.items()}) for at in range(count)]
    every = dict.fromkeys(tap for own in taps.values() for tap in own)
    return [(tap, {name: tap for name, own in taps.items() if tap in own}) for tap in every]


def density(values: Weighted, low: float, high: float) -> list[float]:
    """The density of some values at `STEPS` equal steps, the highest of them 1.

    A Gaussian kernel with the width that Silverman (1986, equation 3.31) advises, at least that of a step, so that
    values that are all equal are a peak and no infinity.

    Args:
        values: Numbers of any unit, in rising order, and how many there are of each.
        low: Where the first step lies.
        high: Where the last one lies.
    """
    at, counts = values
    places = np.linspace(low, high, STEPS)
    middle = np.average(at, weights=counts)
    deviation = float(np.sqrt(np.average((at - middle) ** 2, weights=counts)))
    quartiles = (_quantile(values, 0.75) - _quantile(values, 0.25)) / 1.34
    spread = min(deviation, quartiles) or deviation
    width = max(0.9 * spread * float(counts.sum()) ** -0.2, (high - low) / (STEPS - 1))
    heights = np.exp(-0.5 * ((places[:, None] - at) / width) ** 2) @ counts
    highest = float(heights.max())
    return [round(float(one) / highest, 4) if highest else 0.0 for one in heights]


def _at_tap(title: str, found: Mapping[str, TapNumbers], means: Mapping[str, float | None]) -> TapShapes:
    pairs = {name: mi for name, one in found.items() if (mi := _pairs(one))}
    neurons = {name: entropies for name, one in found.items() if (entropies := _neurons(one))}
    mi_range = _range([(_quantile(one, 1 - SHOWN), _quantile(one, SHOWN)) for one in pairs.values()])
    entropy_range = _range([(float(one[0].min()), float(one[0].max())) for one in neurons.values()])
    shapes: dict[str, Shape] = {}
    for name, one in found.items():
        quantiles = one.get("mi_quantiles") or {}
        box = [quantiles[at] for at in BOX_AT if at in quantiles]
        shapes[name] = {
            "box": box if len(box) == len(BOX_AT) else None,
            "mean": means.get(name),
            "mi": density(pairs[name], *mi_range) if name in pairs else None,
            "entropy": density(neurons[name], *entropy_range) if name in neurons else None,
        }
    return {"title": title, "mi_range": mi_range, "entropy_range": entropy_range, "networks": shapes}


def _pairs(one: TapNumbers) -> Weighted | None:
    """The MI of the pairs of a tap, each at the middle of its bin, None where there are no pairs.

    No pair lies outside of what was seen, as the middle of a bin may where all pairs are equal.
    """
    histogram = one["mi_histogram"]
    edges = np.linspace(histogram["first"], histogram["last"], len(histogram["counts"]) + 1)
    counts = np.asarray(histogram["counts"], dtype=np.float64)
    if not counts.sum():
        return None
    quantiles = one.get("mi_quantiles") or {}
    middles = np.clip((edges[:-1] + edges[1:]) / 2, quantiles.get("0.0"), quantiles.get("1.0"))
    return middles[counts > 0], counts[counts > 0]


def _neurons(one: TapNumbers) -> Weighted | None:
    """The entropies of the neurons of a tap, None where there are none."""
    entropies = np.asarray(one["entropy"], dtype=np.float64)
    if len(entropies) > MANY:
        counts, edges = np.histogram(entropies, MANY)
        return ((edges[:-1] + edges[1:]) / 2)[counts > 0], counts[counts > 0].astype(np.float64)
    values, counts = np.unique(entropies, return_counts=True)
    return (values, counts.astype(np.float64)) if len(values) else None


def _quantile(values: Weighted, share: float) -> float:
    """The least value up to which at least this share of all lies."""
    at, counts = values
    upto = np.cumsum(counts)
    return float(at[int(np.searchsorted(upto, share * upto[-1]))])


def _range(ends: Sequence[tuple[float, float]]) -> list[float]:
    """A range that holds them all and 0 where they come near it, never of no length."""
    low, high = min((low for low, _ in ends), default=0.0), max((high for _, high in ends), default=1.0)
    room = 0.04 * (high - low) or 0.05
    start = 0.0 if 0 <= low < 0.5 * high else low - room
    return [float(start), float(high + room)]
