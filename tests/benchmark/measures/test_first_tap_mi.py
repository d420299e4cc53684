"""Mean MI of the first tap against scikit-learn's estimate, with the settings of mean MI."""

import numpy as np
import pytest
from made_outputs import A, B, outputs
from sklearn.metrics import mutual_info_score

from benchmark.estimator import Settings
from benchmark.measures.first_tap_mi import compute
from benchmark.measures.mean_mi import compute as compute_all


def test_it_is_the_mean_over_the_pairs_within_the_first_tap() -> None:
    single = A.astype(np.float32).astype(float)
    codes = [np.digitize(x, np.histogram_bin_edges(x, 6)[1:-1]) for x in single.T]
    expected = np.mean([mutual_info_score(codes[i], codes[j]) for j in range(len(codes)) for i in range(j)])
    found = compute(outputs(A, B), Settings(mi={"kind": "binned", "bins": 6}))
    assert found.value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("scope", ["tap", "network"])
def test_it_is_what_mean_mi_says_of_that_tap_in_either_scope(scope: str) -> None:
    given = outputs(B, A)
    assert compute(given, Settings(scope=scope)).value == compute_all(given, Settings(scope=scope)).per_tap["tap0"]


def test_it_is_undefined_where_the_first_tap_has_no_pair_that_lives() -> None:
    assert compute(outputs(A[:, :1], B), Settings()).reason == "no pairs: one neuron"
    assert compute(outputs(np.ones((200, 3)), B), Settings()).reason == "all 3 neurons are constant"
