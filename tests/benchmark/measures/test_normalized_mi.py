"""Mean MI over mean entropy: what it is made of, its scale, and where there is none."""

import numpy as np
import pytest
from made_outputs import A, B, measured, outputs

NAMES = ["normalized-mi", "mean-mi", "mean-entropy"]
SAME_BINS = {"entropy": {"bins": 8, "edges": "per-neuron"}, "mi": {"kind": "binned", "bins": 8, "edges": "per-neuron"}}


def numbers(*matrices: np.ndarray, **options) -> list[float | None]:
    found = measured(outputs(*matrices), NAMES, **options)["measures"]
    return [found[name]["value"] for name in NAMES]


@pytest.mark.parametrize("options", [{}, SAME_BINS], ids=["neighbours", "bins"])
def test_it_is_the_one_measure_over_the_other_for_several_taps_too(options: dict) -> None:
    share, mi, entropy = numbers(A, B, **options)
    assert mi is not None
    assert entropy is not None
    assert share == pytest.approx(mi / entropy, rel=1e-12)


def test_copies_share_all_that_they_tell_where_both_are_from_the_same_bins() -> None:
    assert numbers(np.repeat(A[:, :1], 4, axis=1), **SAME_BINS)[0] == pytest.approx(1.0, abs=1e-12)
    other = numbers(A, **SAME_BINS)[0]
    assert other is not None
    assert 0 < other < 0.5  # of independent neurons nothing but the bias of the bins


def test_it_is_undefined_with_a_reason_where_mean_mi_is() -> None:
    found = measured(outputs(A[:, :1]), NAMES)["measures"]["normalized-mi"]
    assert (found["value"], found["reason"]) == (None, "no pairs: one neuron")
    assert numbers(np.ones((200, 3)))[0] is None
