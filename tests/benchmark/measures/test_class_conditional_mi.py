"""MI inside the predicted classes: in closed form, by loops, and where classes are too small."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import A, B, outputs
from scipy.stats import norm, rankdata

from benchmark.estimator import Settings
from benchmark.measures.class_conditional_mi import compute
from benchmark.measures.gaussian_mi import compute as compute_whole
from benchmark.types import Outputs, Value


def predicting(classes: np.ndarray, *matrices: np.ndarray) -> Outputs:
    logits = np.eye(classes.max() + 2)[classes].astype(np.float32)
    return replace(outputs(*matrices), logits=logits)


def measured(classes: np.ndarray, *matrices: np.ndarray) -> Value:
    return compute(predicting(classes, *matrices), Settings())


def plain(matrix: np.ndarray) -> float:
    scores = [norm.ppf(rankdata(x) / (len(x) + 1)) for x in matrix.astype(np.float32).T]
    return float(np.mean([-0.5 * np.log(1 - r**2) for r in np.corrcoef(scores)[np.triu_indices(len(scores), 1)]]))


CLASSES = np.repeat([0, 1, 2], [120, 60, 20])


def test_it_is_the_mean_over_classes_by_their_sizes_and_by_taps() -> None:
    by_tap = {
        tap: sum(size / 200 * plain(matrix[c == CLASSES]) for c, size in enumerate([120, 60, 20]))
        for tap, matrix in {"tap0": A, "tap1": B}.items()
    }
    found = measured(CLASSES, A, B)
    assert found.per_tap == pytest.approx(by_tap, abs=1e-12)
    assert found.value == pytest.approx((10 * by_tap["tap0"] + 3 * by_tap["tap1"]) / 13, abs=1e-12)


def test_what_the_class_alone_makes_alike_is_gone_and_what_else_does_stays() -> None:
    generator = np.random.default_rng(0)
    classes = np.arange(4000) % 2
    own, common = generator.normal(size=(4000, 5)), generator.normal(size=(4000, 1))
    assert compute_whole(outputs(own + 5 * classes[:, None]), Settings()).value > 0.2
    assert measured(classes, own + 5 * classes[:, None]).value == pytest.approx(0, abs=0.001)
    shared = own + common + 5 * classes[:, None]  # inside a class each two correlate by 1/2
    assert measured(classes, shared).value == pytest.approx(-0.5 * np.log(1 - 0.25), abs=0.02)


def test_the_order_of_examples_and_the_names_of_classes_make_no_difference() -> None:
    order = np.random.default_rng(1).permutation(200)
    assert measured(2 - CLASSES[order], 9 * A[order]).value == pytest.approx(measured(CLASSES, A).value, abs=1e-12)


def test_classes_of_fewer_than_10_examples_are_left_out() -> None:
    small = np.repeat([0, 1], [191, 9])
    assert measured(small, A).value == pytest.approx(plain(A[:191]), abs=1e-12)
    assert measured(np.arange(200) // 9, A).reason == "no class is predicted for 10 examples"
    ten = np.repeat([0, 1], [190, 10])
    assert measured(ten, A).value == pytest.approx(0.95 * plain(A[:190]) + 0.05 * plain(A[190:]), abs=1e-12)


def test_one_class_is_the_whole_and_a_neuron_that_is_constant_inside_shares_nothing_there() -> None:
    assert measured(np.zeros(200, int), A).value == pytest.approx(plain(A), abs=1e-12)
    two = np.repeat([0, 1], 100)
    assert measured(two, np.column_stack([two, 2 * two])).value == 0


def test_it_is_undefined_where_there_is_no_pair_that_lives() -> None:
    assert measured(CLASSES, np.ones((200, 3))).reason == "all 3 neurons are constant"
    assert measured(CLASSES, A[:, :1]).reason == "no pairs: one neuron"
    assert measured(CLASSES, A[:, :1], B).per_tap["tap0"] is None
