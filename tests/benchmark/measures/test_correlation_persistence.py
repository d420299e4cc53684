"""Lifetimes of components against a search for the spanning tree edge by edge, and in closed form."""

import numpy as np
import pytest
from made_outputs import A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures.correlation_persistence import compute

MIXED = B @ np.random.default_rng(0).normal(size=(3, 9)) + 0.3 * np.random.default_rng(1).normal(size=(200, 9))


def by_edges(matrix: np.ndarray) -> list[float]:
    """From the shortest edge to the longest, those that join what was apart (Kruskal)."""
    count = matrix.shape[1]
    correlation = np.corrcoef(matrix.astype(np.float32).astype(float), rowvar=False)
    edges = sorted((1 - abs(correlation[i, j]), i, j) for j in range(count) for i in range(j))
    component, deaths = list(range(count)), []
    for length, i, j in edges:
        if component[i] != component[j]:
            deaths.append(length)
            component = [component[i] if one == component[j] else one for one in component]
    return deaths


def test_it_is_the_mean_edge_of_the_spanning_trees_of_all_taps() -> None:
    found, deaths = compute(outputs(MIXED, A), Settings()), [by_edges(MIXED), by_edges(A)]
    assert [len(one) for one in deaths] == [8, 4]
    assert found.value == pytest.approx(np.mean([*deaths[0], *deaths[1]]), abs=1e-9)
    assert found.per_tap == pytest.approx({"tap0": np.mean(deaths[0]), "tap1": np.mean(deaths[1])}, abs=1e-9)


def test_copies_die_at_once_whatever_their_sign_and_neurons_at_right_angles_live_to_1() -> None:
    copies = np.outer(np.arange(10.0), [1.0, -2.0, 3.0])
    assert compute(outputs(copies), Settings()).value == pytest.approx(0, abs=1e-12)
    apart = np.vstack([np.eye(5), -np.eye(5)])
    assert compute(outputs(apart), Settings()).value == pytest.approx(1, abs=1e-12)


def test_order_and_scale_of_single_neurons_make_no_difference() -> None:
    turned = (MIXED * np.geomspace(0.01, 100, 9) + 3)[np.random.default_rng(2).permutation(200), ::-1]
    assert compute(outputs(turned), Settings()).value == pytest.approx(np.mean(by_edges(MIXED)), abs=1e-4)


def test_a_constant_neuron_correlates_with_nothing() -> None:
    beside = np.column_stack([MIXED, np.full(200, 0.1)])
    expected = np.mean([*by_edges(MIXED), 1.0])
    assert compute(outputs(beside), Settings()).value == pytest.approx(expected, abs=1e-9)


def test_it_is_undefined_without_a_pair_that_lives() -> None:
    assert compute(outputs(A[:, :1]), Settings()).reason == "no pairs: one neuron"
    found = compute(outputs(np.ones((200, 3))), Settings())
    assert (found.reason, dict(found.per_tap)) == ("all 3 neurons are constant", {"tap0": None})
    assert compute(outputs(A[:, :1], MIXED), Settings()).per_tap["tap0"] is None
