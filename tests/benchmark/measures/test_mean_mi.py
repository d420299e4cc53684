"""Mean MI against scikit-learn's estimate, the closed form of Gaussian pairs, and where there is none."""

import numpy as np
import pytest
from made_outputs import A, B, outputs
from sklearn.metrics import mutual_info_score

from benchmark.estimator import Settings
from benchmark.measures.mean_mi import compute, compute_last

BINNED = Settings(mi={"kind": "binned", "bins": 6})


def plain(matrix: np.ndarray, bins: int) -> list[float]:
    """Binned MI of each pair of neurons, i < j."""
    single = matrix.astype(np.float32).astype(float)
    codes = [np.digitize(x, np.histogram_bin_edges(x, bins)[1:-1]) for x in single.T]
    return [mutual_info_score(codes[i], codes[j]) for j in range(len(codes)) for i in range(j)]


def test_it_is_the_mean_over_the_pairs_within_taps_and_of_the_last_alone() -> None:
    given, values = outputs(A, B), [plain(A, 6), plain(B, 6)]
    found = compute(given, BINNED)
    assert found.value == pytest.approx(np.mean([*values[0], *values[1]]), abs=1e-12)
    assert found.per_tap == pytest.approx({"tap0": np.mean(values[0]), "tap1": np.mean(values[1])}, abs=1e-12)
    assert compute_last(given, BINNED).value == pytest.approx(np.mean(values[1]), abs=1e-12)


def test_by_default_it_comes_near_the_closed_form_of_gaussian_neurons() -> None:
    generator, rho = np.random.default_rng(0), 0.8
    common, own = generator.normal(size=(2000, 1)), generator.normal(size=(2000, 8))
    neurons = np.sqrt(rho) * common + np.sqrt(1 - rho) * own  # each two correlate by rho
    assert compute(outputs(neurons), Settings()).value == pytest.approx(-0.5 * np.log(1 - rho**2), abs=0.05)
    assert compute(outputs(own), Settings()).value == pytest.approx(0, abs=0.01)


def test_a_neuron_has_no_pair_and_constant_ones_have_no_mi() -> None:
    for settings in (Settings(), BINNED):
        assert compute(outputs(A[:, :1]), settings).reason == "no pairs: one neuron"
        assert compute_last(outputs(A, np.ones((200, 3))), settings).reason == "all 3 neurons are constant"
