"""The signs of the rivals from activations and from readings: fixed before any plan was run with them."""

import pytest

from benchmark.measures import MEASURES

HIGH, LOW = {"heuristic": "high", "example-level": "high"}, {"heuristic": "low", "example-level": "low"}
KIND = {"heuristic": "high", "example-level": "low"}  # unlike for the two kinds
AS_MI = {"heuristic": "low", "example-level": "high"}
SIGNS = {
    "alpha-req-first": HIGH,
    "stable-rank-first": KIND,
    "stable-rank-last": HIGH,
    "rankme-last": HIGH,
    "participation-ratio-last": HIGH,
    "gaussian-mi": AS_MI,
    "gaussian-mi-first": AS_MI,
    "mean-mi-first": AS_MI,
    "class-conditional-mi": AS_MI,
    "total-correlation-last": AS_MI,
    "o-information-last": AS_MI,
    "neuron-class-information-first": AS_MI,
    "mi-profile": HIGH,
    "two-nn-last": LOW,
    "cdnv-last": LOW,
    "activation-sparsity": LOW,
    "dormant-units": LOW,
    "diffusion-spectral-entropy-last": HIGH,
    "correlation-persistence": KIND,
    "selective-invariance": HIGH,
    "shift-consistency": HIGH,
    "effective-invariance": HIGH,
    "noise-consistency": HIGH,
    "shuffle-persistence": LOW,
    "mixup-midpoints": KIND,
    "mixup-linearity": KIND,
    "pgdl-dbi-mixup": KIND,
    "input-jacobian": KIND,
    "input-curvature": KIND,
    "weight-noise-stability": HIGH,
    "knn-agreement-first": AS_MI,
    "prediction-depth": KIND,
    "adaptive-sharpness": LOW,
    "laplace-evidence": HIGH,
    "training-margin": HIGH,
    "shifted-training-accuracy": HIGH,
    "confidence-gap": KIND,
    "membership-auc": KIND,
    "atc": HIGH,
    "doc": HIGH,
    "disagreement-discrepancy": HIGH,
    "agreement-on-the-line": HIGH,
    "held-out-calibration-error": LOW,
    "stable-rank-of-weights": LOW,
    "weight-watcher-alpha": LOW,
    "prediction-changes": LOW,
    "unit-ablation": HIGH,
    "susceptibility": LOW,
    "gradient-disparity": LOW,
    "projection-norm": LOW,
    "normalized-mi": AS_MI,
    "complexity-margin": HIGH,
}


@pytest.mark.parametrize("name", SIGNS)
def test_the_sign_is_the_one_that_was_fixed_and_it_is_computed_on_request(name: str) -> None:
    assert MEASURES[name].better == SIGNS[name]
    assert MEASURES[name].on_request
    assert not MEASURES[name].placebo
