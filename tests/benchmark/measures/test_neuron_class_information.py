"""The correlation ratio against scipy's analysis of variance, a closed form, and where nothing varies."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import A, B, outputs
from scipy.stats import f_oneway

from benchmark.estimator import Settings
from benchmark.measures.neuron_class_information import compute
from benchmark.types import Value

CLASSES = np.repeat([0, 1, 2], [100, 70, 30])


def measured(classes: np.ndarray, *matrices: np.ndarray) -> Value:
    logits = np.eye(classes.max() + 2)[classes].astype(np.float32)
    return compute(replace(outputs(*matrices), logits=logits), Settings())


def by_variance_analysis(classes: np.ndarray, matrix: np.ndarray) -> float:
    """From F = (between / (K - 1)) / (inside / (S - K)): 1 / (1 - eta^2) is 1 + between / inside."""
    kinds = np.unique(classes)
    between_over_inside = [
        f_oneway(*(neuron[classes == c] for c in kinds)).statistic * (len(kinds) - 1) / (len(neuron) - len(kinds))
        for neuron in matrix.astype(np.float32).astype(float).T
    ]
    return float(np.mean([0.5 * np.log(1 + x) for x in between_over_inside]))


def test_it_is_what_an_analysis_of_variance_of_the_first_tap_says() -> None:
    told = A + CLASSES[:, None] * np.arange(5)
    assert measured(CLASSES, told, B).value == pytest.approx(by_variance_analysis(CLASSES, told), abs=1e-12)


def test_two_classes_apart_have_the_closed_form() -> None:
    classes = np.arange(20000) % 2
    matrix = np.random.default_rng(0).normal(size=(20000, 3)) + 2 * classes[:, None]  # between: 1, inside: 1
    assert measured(classes, matrix).value == pytest.approx(0.5 * np.log(2), abs=0.01)


def test_scale_order_and_names_make_no_difference() -> None:
    order = np.random.default_rng(1).permutation(200)
    turned = 1000 * A[order][:, ::-1] + 5
    assert measured(2 - CLASSES[order], turned).value == pytest.approx(measured(CLASSES, A).value, rel=1e-5)


def test_what_the_class_tells_whole_has_a_limit_and_a_constant_neuron_or_one_class_nothing() -> None:
    whole = measured(CLASSES, CLASSES[:, None] * np.ones(2)).value
    assert whole == pytest.approx(-0.5 * np.log(1e-6), abs=1e-6)
    assert measured(CLASSES, np.column_stack([CLASSES, np.full(200, 0.1)])).value == pytest.approx(whole / 2, abs=1e-6)
    assert measured(np.zeros(200, int), A).value == pytest.approx(0, abs=1e-12)


def test_it_is_undefined_where_all_neurons_are_constant() -> None:
    assert measured(CLASSES, np.full((200, 4), 0.1), B).reason == "all 4 neurons are constant"
