"""Entropies and pairs of one network: each tap by itself or all together, computed once, against the estimators."""

import numpy as np
import pytest
from made_outputs import A, B

from benchmark.estimator import Settings
from benchmark.information import binned, nearest
from benchmark.information.summary import summary
from benchmark.measures._neurons import (
    constant_neurons,
    entropies,
    over_all_taps,
    over_last_tap,
    pairs,
    tied_share,
)
from benchmark.types import Activations

BINNED = {"kind": "binned", "bins": 5}


def activations(*matrices: np.ndarray) -> Activations:
    return Activations({f"tap{n}": matrix.astype(np.float32) for n, matrix in enumerate(matrices)})


def upper(matrix: np.ndarray) -> np.ndarray:
    return matrix[np.triu_indices(len(matrix), 1)]


def test_entropies_are_those_of_each_tap_or_of_one_range_for_all() -> None:
    given = activations(A, B)
    by_tap = entropies(given, Settings())
    assert {tap: values.tolist() for tap, values in by_tap.items()} == {
        tap: binned.entropy(matrix).tolist() for tap, matrix in given.by_tap.items()
    }
    together = entropies(given, Settings(scope="network"))
    assert np.array_equal(np.concatenate(list(together.values())), binned.entropy(np.hstack([A, B]).astype(np.float32)))
    assert [len(values) for values in together.values()] == [5, 3]


@pytest.mark.parametrize("mi", [{}, BINNED])
def test_pairs_are_those_within_each_tap_or_between_taps_too(mi: dict) -> None:
    def information(matrix: np.ndarray) -> np.ndarray:
        return binned.mutual_information(matrix, 5) if mi else nearest.mutual_information(matrix)

    given = activations(A, B)
    found = pairs(given, Settings(mi=mi))
    values = [upper(information(matrix)) for matrix in given.by_tap.values()]
    assert [part.count for part in found.within.values()] == [10, 3]
    assert [part.mean for part in found.within.values()] == pytest.approx([own.mean() for own in values], abs=1e-12)
    assert found.admitted.mean == pytest.approx(np.concatenate(values).mean(), abs=1e-12)
    together = pairs(given, Settings(mi=mi, scope="network"))
    whole = information(np.hstack([A, B]).astype(np.float32))
    assert together.admitted.count == 28
    assert together.admitted.mean == pytest.approx(upper(whole).mean(), abs=1e-12)
    assert together.within["tap1"].mean == pytest.approx(upper(whole[5:, 5:]).mean(), abs=1e-12)


@pytest.mark.parametrize("scope", ["tap", "network"])
def test_a_sample_of_the_pairs_is_of_those_that_the_scope_admits(scope: str) -> None:
    found = pairs(activations(A, B), Settings(mi={**BINNED, "pairs": 7}, scope=scope))
    assert found.admitted.count == 7
    assert found.admitted.population == (13 if scope == "tap" else 28)
    assert [part.population for part in found.within.values()] == [10, 3]


@pytest.mark.parametrize(("mi", "matrix"), [({}, A), ({"ties": "plain"}, np.maximum(A, 0)), (BINNED, A)])
def test_a_constant_neuron_shares_nothing(mi: dict, matrix: np.ndarray) -> None:
    dead = matrix.copy()
    dead[:, 2] = 7.0
    given = activations(dead)
    assert constant_neurons(given)["tap0"].tolist() == [False, False, True, False, False]
    living = pairs(activations(np.delete(dead, 2, axis=1)), Settings(mi=mi)).admitted
    assert pairs(given, Settings(mi=mi)).admitted.mean == pytest.approx(living.mean * 6 / 10, abs=1e-12)


def test_everything_is_computed_once_for_one_network_and_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for module, name in ((binned, "entropy"), (nearest, "pair_information")):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, real=real, name=name: asked.append(name) or real(*given))
    given = activations(A)
    for _ in range(2):
        entropies(given, Settings())
        pairs(given, Settings())
    assert asked == ["entropy", "pair_information"]
    entropies(given, Settings(entropy={"bins": 7}))
    assert asked == ["entropy", "pair_information", "entropy"]


def test_the_share_of_tied_values_is_that_of_values_which_another_example_has() -> None:
    matrix = np.array([[0.0, 1.0], [0.0, 2.0], [3.0, 3.0], [0.0, 2.0]], dtype=np.float32)
    counted = [np.unique(column, return_counts=True)[1] for column in matrix.T]
    assert tied_share(matrix) == sum(counts[counts > 1].sum() for counts in counted) / 8
    assert tied_share(np.arange(6, dtype=np.float32).reshape(3, 2)) == 0.0
    assert tied_share(np.zeros((3, 2), dtype=np.float32)) == 1.0


def test_a_mean_of_no_values_has_a_reason_instead() -> None:
    given = activations(A[:, :1], np.ones((200, 2)), B)
    none, sampled_away = summary(np.zeros(0)), summary(np.zeros(0), population=3)
    by_tap = {"tap0": none, "tap1": summary(np.array([0.0])), "tap2": sampled_away}
    found = over_all_taps(given, by_tap, summary(np.array([0.25, 0.75])))
    assert found.value == 0.5
    assert found.per_tap == {"tap0": None, "tap1": None, "tap2": None}
    reasons = [over_last_tap(given, {tap: values}).reason for tap, values in by_tap.items()]
    assert reasons == [
        "no pairs: one neuron",
        "all 2 neurons are constant",
        "none of the 3 pairs is in the sample",
    ]


def test_only_a_mean_over_a_sample_of_several_has_an_error() -> None:
    given, values = activations(A), np.array([0.25, 0.5, 0.75])
    for population, expected in ((3, None), (12, np.sqrt(0.0625 / 3 * (1 - 3 / 12)))):
        error = over_last_tap(given, {"tap0": summary(values, population)}).standard_error
        assert error == (expected and pytest.approx(expected, rel=1e-3))
    assert over_last_tap(given, {"tap0": summary(values[:1], 12)}).standard_error is None
