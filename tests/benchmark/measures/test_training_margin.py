"""The normalized training margin: a quantile by hand, and what scaling the weights changes."""

import numpy as np
import pytest
from made_readings import number, read, value

NAME = "training-margin"
SPECTRA = {"a": np.array([2.0, 1.0]), "b": np.array([3.0]), "zeros": np.zeros(4)}


def of(margins: np.ndarray, spectra: dict[str, np.ndarray]) -> float:
    logits = np.stack([margins, np.zeros_like(margins), np.full_like(margins, -9.0)], axis=1).astype(np.float32)
    labels = np.zeros(len(margins), dtype=np.int64)
    return number(NAME, read(training_set={"logits": logits, "labels": labels}, spectra=spectra))


def test_a_tenth_of_the_margins_lie_below_it_and_it_is_over_the_product_of_the_norms() -> None:
    margins = np.random.default_rng(0).permutation(np.arange(-20.0, 81.0))
    assert of(margins, SPECTRA) == pytest.approx(-10 / 6, abs=1e-6)  # of 101 numbers in steps of 1, the eleventh


def test_it_stays_where_weights_and_with_them_the_logits_grow() -> None:
    margins = np.random.default_rng(1).normal(size=50)
    larger = {name: values * 5 for name, values in SPECTRA.items()}  # of two layers: the logits grow by 25
    assert of(25 * margins, larger) == pytest.approx(of(margins, SPECTRA), rel=1e-5)


def test_the_margin_by_itself_stands_in_the_details_and_many_large_layers_do_not_overflow() -> None:
    labelled = {"logits": np.array([[4.0, 1.0]] * 3, dtype=np.float32), "labels": np.zeros(3, dtype=np.int64)}
    found = value(NAME, read(training_set=labelled, spectra={str(n): np.array([1e30]) for n in range(20)}))
    assert found.value == 0.0  # 3 over a number beyond those of float64
    assert found.details == {"margin": 3.0}


def test_without_a_weight_matrix_it_is_undefined() -> None:
    labelled = {"logits": np.zeros((3, 2)), "labels": np.zeros(3, dtype=np.int64)}
    assert value(NAME, read(training_set=labelled, spectra={})).value is None
