"""The training margin over the spectral complexity: by hand, and what scaling and more directions change."""

import numpy as np
import pytest
from made_readings import number, read, value

NAME = "complexity-margin"


def of(margins: np.ndarray, spectra: dict[str, np.ndarray], name: str = NAME) -> float:
    logits = np.stack([margins, np.zeros_like(margins), np.full_like(margins, -99.0)], axis=1).astype(np.float32)
    labels = np.zeros(len(margins), dtype=np.int64)
    return number(name, read(training_set={"logits": logits, "labels": labels}, spectra=spectra))


def test_the_tenth_margin_is_over_the_product_of_the_norms_and_the_root_of_the_summed_stable_ranks() -> None:
    margins = np.random.default_rng(0).permutation(np.arange(-20.0, 81.0))  # of 101 in steps of 1 the eleventh is -10
    spectra = {"a": np.array([2.0, 2.0]), "b": np.array([3.0, 3.0]), "zeros": np.zeros(4)}
    assert of(margins, spectra) == pytest.approx(-10 / (6 * 2), abs=1e-6)  # the stable ranks are 2 and 2


def test_it_stays_where_weights_and_with_them_the_logits_grow() -> None:
    margins = np.random.default_rng(1).normal(size=50)
    spectra = {"a": np.array([2.0, 1.0]), "b": np.array([3.0])}
    larger = {name: values * 5 for name, values in spectra.items()}  # of two layers: the logits grow by 25
    assert of(25 * margins, larger) == pytest.approx(of(margins, spectra), rel=1e-5)


def test_more_directions_count_here_and_not_in_the_training_margin() -> None:
    margins = np.arange(1.0, 12.0)
    one, four = ({"a": np.full(directions, 2.0)} for directions in (1, 4))
    assert of(margins, four) == pytest.approx(of(margins, one) / 2, rel=1e-12)
    assert of(margins, four, "training-margin") == of(margins, one, "training-margin")


def test_many_large_layers_do_not_overflow_and_without_a_matrix_it_is_undefined() -> None:
    assert of(np.ones(5), {str(layer): np.array([1e30]) for layer in range(20)}) == 0.0
    labelled = {"logits": np.zeros((3, 2)), "labels": np.zeros(3, dtype=np.int64)}
    assert value(NAME, read(training_set=labelled, spectra={})).value is None
