"""What a ranking's figures draw, held against the single values and against scipy's own density."""

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_rankings import made_ranking
from scipy.stats import gaussian_kde

from benchmark.ranking.assembly import RankingContent
from leaderboard.rows.ranking_shapes import MANY, STEPS, aligned, density, tap_shapes

ONE = {"entropy": [1.0], "mi_histogram": {"counts": [], "first": 0.0, "last": 0.0}, "mi_quantiles": {}}


def with_details(**details: dict[str, Any]) -> RankingContent:
    """A ranking of networks of one tap each, of which this is known."""
    networks = [{"network": name, "details": {"tap": one}} for name, one in details.items()]
    return cast(RankingContent, {"networks": networks, "numbers": []})


def test_quantiles_and_mean_are_those_of_the_pairs_and_every_network_is_there() -> None:
    content = made_ranking()
    (tap,) = tap_shapes(content)
    assert tap["title"] == "activations"
    assert list(tap["networks"]) == ["a", "b", "c"]
    for row in content["networks"]:
        box = tap["networks"][row["network"]]["box"]
        assert box is not None
        assert box == sorted(box)
        assert box[2] == row["details"]["activations"]["mi_quantiles"]["0.5"]
    means = {row["network"]: row["value"] for row in content["numbers"] if row["measure"] == "mean-mi"}
    assert {name: one["mean"] for name, one in tap["networks"].items()} == means  # of one tap, the mean is that of all


def test_a_density_is_that_of_scipy_at_the_same_width() -> None:
    values = np.random.default_rng(0).normal(size=200)
    quartiles = np.quantile(values, (0.25, 0.75), method="inverted_cdf")
    width = 0.9 * min(values.std(), (quartiles[1] - quartiles[0]) / 1.34) * 200**-0.2
    other = gaussian_kde(values, bw_method=width / values.std(ddof=1))(np.linspace(-3, 3, STEPS))
    found = density((np.sort(values), np.ones(200)), -3, 3)
    assert found == pytest.approx(other / other.max(), abs=2e-4)


@given(st.lists(st.floats(0, 5), min_size=1, max_size=30))
@settings(deadline=None, max_examples=40)
def test_a_density_is_between_0_and_1_and_counted_values_are_as_good_as_single_ones(values: list[float]) -> None:
    single = density((np.sort(values), np.ones(len(values))), 0.0, 5.0)
    assert len(single) == STEPS
    assert 0 <= min(single) <= max(single) == 1.0
    distinct, counts = np.unique(values, return_counts=True)
    assert density((distinct, counts.astype(float)), 0.0, 5.0) == pytest.approx(single, abs=1e-3)


def test_values_that_are_all_equal_are_a_peak_where_they_lie() -> None:
    found = density((np.array([2.0]), np.array([7.0])), 0.0, 4.0)
    assert abs(int(np.argmax(found)) - (STEPS - 1) / 2) <= 1
    assert found[0] == found[-1] == 0.0


def test_a_tap_of_one_neuron_has_an_entropy_and_no_pairs() -> None:
    (tap,) = tap_shapes(with_details(a=ONE, b={**ONE, "entropy": [2.0]}))
    assert [(one["box"], one["mean"], one["mi"]) for one in tap["networks"].values()] == [(None, None, None)] * 2
    low, high = tap["entropy_range"]
    peaks = [low + (high - low) * int(np.argmax(one["entropy"])) / (STEPS - 1) for one in tap["networks"].values()]
    assert peaks == pytest.approx([1.0, 2.0], abs=0.02)


def test_pairs_that_all_share_nothing_lie_at_0_and_not_in_the_middle_of_a_bin() -> None:
    counts = [0] * 40
    counts[20] = 28
    quantiles = dict.fromkeys(("0.0", "0.05", "0.25", "0.5", "0.75", "0.95", "1.0"), 0.0)
    dead = {"entropy": [0.0] * 8, "mi_histogram": {"counts": counts, "first": -0.5, "last": 0.5}}
    (tap,) = tap_shapes(with_details(a={**dead, "mi_quantiles": quantiles}))
    low, high = tap["mi_range"]
    curve = tap["networks"]["a"]["mi"]
    assert curve is not None
    assert low + (high - low) * int(np.argmax(curve)) / (STEPS - 1) == pytest.approx(0.0, abs=(high - low) / STEPS)


def test_many_neurons_are_counted_together_and_look_the_same() -> None:
    entropies = np.random.default_rng(0).normal(3, 0.2, MANY + 1)
    (together,) = tap_shapes(with_details(a={**ONE, "entropy": entropies.tolist()}))
    single = density((np.sort(entropies), np.ones(MANY + 1)), *together["entropy_range"])
    assert together["networks"]["a"]["entropy"] == pytest.approx(single, abs=0.02)


def test_all_that_was_seen_lies_in_the_range_but_a_hundredth_of_the_pairs() -> None:
    (tap,) = tap_shapes(made_ranking())
    low, high = tap["mi_range"]
    for one in tap["networks"].values():
        assert one["box"] is not None
        assert low <= one["box"][0]
        assert one["box"][-1] <= high


@pytest.mark.parametrize(
    ("taps", "titles"),
    [
        ({"a": ["in", "out"], "b": ["in", "out"]}, ["in", "out"]),
        ({"a": ["conv", "fc"], "b": ["0", "2"]}, ["1 of 2", "2 of 2"]),
        ({"a": ["in", "mid", "out"], "b": ["in", "out"]}, ["in", "mid", "out"]),
    ],
)
def test_taps_stand_beside_each_other_by_name_or_by_place(taps: dict[str, list[str]], titles: list[str]) -> None:
    assert [title for title, _ in aligned(taps)] == titles
    assert [tap for _, own in aligned(taps) for name, tap in own.items() if name == "b"] == taps["b"]
