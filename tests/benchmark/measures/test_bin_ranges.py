"""The range of the bins: a network's own, or on a half of it that of the whole."""

import numpy as np
import pytest

from benchmark.information import binned
from benchmark.information._bins import Bounds
from benchmark.measures._bin_ranges import network_range, ranges
from benchmark.types import Activations

GENERATOR = np.random.default_rng(0)
A, B = (scale * GENERATOR.normal(size=(60, n)).astype(np.float32) for scale, n in ((1, 6), (10, 4)))
WHOLE = Activations({"a": A, "b": B})
OWN = {"a": np.array([0, 2, 5]), "b": np.array([1, 3])}
HALF = Activations({"a": A[:30, OWN["a"]], "b": B[:30, OWN["b"]]}, WHOLE, OWN)
EDGES = ["global", "per-neuron", "robust"]


@pytest.mark.parametrize("scope", ["tap", "network"])
@pytest.mark.parametrize("edges", EDGES)
def test_a_whole_network_has_its_own(edges: str, scope: str) -> None:
    found = ranges(WHOLE, edges, scope)
    assert found == {"a": edges, "b": edges}
    assert network_range(found) == edges


@pytest.mark.parametrize("edges", EDGES)
def test_a_half_has_for_each_tap_that_of_the_tap_of_the_whole(edges: str) -> None:
    found = ranges(HALF, edges, "tap")
    for tap, matrix in WHOLE.by_tap.items():
        low, high = binned.bounds(matrix, edges)
        own = OWN[tap] if edges == "per-neuron" else [0]
        assert np.array_equal(found[tap], [low[own], high[own]])


@pytest.mark.parametrize("edges", ["global", "robust"])
def test_in_scope_network_all_taps_share_one(edges: str) -> None:
    found = ranges(HALF, edges, "network")
    assert found["a"] is found["b"]
    assert np.array_equal(found["a"], binned.bounds(np.hstack([A, B]), edges))
    assert network_range(found) is found["a"]


def test_in_scope_network_each_neuron_keeps_its_own_side_by_side() -> None:
    found = network_range(ranges(HALF, "per-neuron", "network"))
    both = np.hstack([A[:, OWN["a"]], B[:, OWN["b"]]])
    assert isinstance(found, Bounds)
    assert np.array_equal(found, [both.min(axis=0), both.max(axis=0)])


def test_halves_of_one_network_read_its_range_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, asked = Activations({"a": A}), []
    monkeypatch.setattr(binned, "bounds", lambda matrix, edges: asked.append(edges) or Bounds(A[0], A[1]))
    for _ in range(3):
        ranges(Activations({"a": A[:30]}, whole, {"a": np.arange(6)}), "global", "tap")
    assert asked == ["global"]
