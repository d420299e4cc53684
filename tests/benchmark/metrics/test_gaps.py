"""The gaps against scikit-learn, fairlearn and scipy, their laws, and what is refused."""

from typing import Any

import numpy as np
import pytest
from fairlearn.metrics import MetricFrame, true_positive_rate
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import wasserstein_distance
from sklearn.metrics import recall_score

from benchmark.metrics import METRICS
from benchmark.metrics.gaps import Gap, sufficiency_gap, tpr_gap
from benchmark.types import Activations, History, Outputs

CLASSES = 6


def made(examples: int = 3000, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Predictions, labels, groups: predictions are right in six of ten, and lean on the group."""
    generator = np.random.default_rng(seed)
    labels, groups = generator.integers(0, CLASSES, examples), generator.integers(0, 2, examples)
    guessed = (generator.integers(0, CLASSES, examples) + groups) % CLASSES
    return np.where(generator.random(examples) < 0.6, labels, guessed), labels, groups


some = st.integers(1, 60).flatmap(
    lambda size: st.tuples(
        arrays(np.int64, size, elements=st.integers(0, 4)),
        arrays(np.int64, size, elements=st.integers(0, 4)),
        arrays(np.int64, size, elements=st.integers(0, 1)),
    )
)


def distributions(predictions: Any, labels: Any, groups: Any) -> Any:
    """For each prediction the labels of either group."""
    for c in range(max(predictions.max(), labels.max()) + 1):
        yield c, labels[(predictions == c) & (groups == 1)], labels[(predictions == c) & (groups == 0)]


def test_tpr_gap_is_the_difference_of_recalls_in_scikit_learn() -> None:
    predictions, labels, groups = made()
    women, men = (
        recall_score(labels[groups == g], predictions[groups == g], average=None, labels=range(CLASSES)) for g in (1, 0)
    )
    found = tpr_gap(predictions, labels, groups)
    np.testing.assert_allclose(found.per_class, women - men, rtol=0, atol=1e-12)
    assert found.mean_abs == pytest.approx(np.abs(women - men).mean(), abs=1e-12)
    assert found.sum_abs == pytest.approx(np.abs(women - men).sum(), abs=1e-12)
    assert found.rms == pytest.approx(np.sqrt(np.mean((women - men) ** 2)), abs=1e-12)
    assert found.max_abs == pytest.approx(np.abs(women - men).max(), abs=1e-12)
    share = [groups[labels == c].mean() for c in range(CLASSES)]
    assert found.share_correlation == pytest.approx(np.corrcoef(women - men, share)[0, 1], abs=1e-12)


def test_tpr_gap_is_that_of_fairlearn_one_class_against_the_rest() -> None:
    predictions, labels, groups = made(seed=1)
    for c, gap in enumerate(tpr_gap(predictions, labels, groups).per_class):
        frame = MetricFrame(
            metrics=true_positive_rate, y_true=labels == c, y_pred=predictions == c, sensitive_features=groups
        )
        assert gap == pytest.approx(frame.by_group[1] - frame.by_group[0], abs=1e-12)


def test_sufficiency_gap_is_the_total_variation_and_its_published_form_that_of_scipy() -> None:
    predictions, labels, groups = made(seed=2)
    total, published = [], 0.0
    for _, women, men in distributions(predictions, labels, groups):
        shares = [np.bincount(side, minlength=CLASSES) / len(side) for side in (women, men)]
        total.append(np.abs(shares[0] - shares[1]).sum() / 2)
        pooled = np.concatenate([women, men])
        published += abs(wasserstein_distance(women, pooled) - wasserstein_distance(men, pooled))
    found = sufficiency_gap(predictions, labels, groups)
    np.testing.assert_allclose(found.per_class, total, rtol=0, atol=1e-12)
    assert found.compatible == pytest.approx(published, abs=1e-12)


@given(some)
def test_the_published_form_is_a_distance_times_how_unequal_the_groups_are(examples: Any) -> None:
    expected = 0.0
    for _, women, men in distributions(*examples):
        if len(women) and len(men):
            w = len(women) / (len(women) + len(men))
            expected += abs(2 * w - 1) * wasserstein_distance(women, men)
    assert sufficiency_gap(*examples).compatible == pytest.approx(expected, abs=1e-12)


@given(some)
def test_groups_that_are_exchanged_turn_the_sign_and_the_order_of_examples_changes_nothing(examples: Any) -> None:
    predictions, labels, groups = examples
    order = np.random.default_rng(0).permutation(len(labels))
    there, back = tpr_gap(*examples), tpr_gap(predictions, labels, 1 - groups)
    np.testing.assert_array_equal(there.per_class, -back.per_class)
    assert there.undefined == back.undefined
    for gap in (tpr_gap, sufficiency_gap):
        np.testing.assert_array_equal(gap(*examples).per_class, gap(*(part[order] for part in examples)).per_class)


@given(some)
def test_gaps_lie_between_their_bounds_and_undefined_classes_are_counted(examples: Any) -> None:
    predictions, labels, groups = examples
    for gap, by in ((tpr_gap, labels), (sufficiency_gap, predictions)):
        found = gap(*examples)
        known = found.per_class[~np.isnan(found.per_class)]
        assert (np.abs(known) <= 1).all()
        one_sided = sum(len(np.unique(groups[by == c])) == 1 for c in np.unique(by))
        assert found.undefined == one_sided
        assert len(known) + one_sided == len(np.unique(by))


def test_an_empty_cell_is_undefined_and_never_0() -> None:
    found = tpr_gap([0, 0, 1, 2], [0, 0, 1, 2], [0, 1, 1, 0])
    assert np.isnan(found.per_class[[1, 2]]).all()
    assert (found.undefined, found.mean_abs) == (2, 0.0)
    nothing = tpr_gap([0, 1], [0, 1], [0, 1])
    assert (nothing.mean_abs, nothing.sum_abs, nothing.max_abs, nothing.undefined) == (None, None, None, 2)


def test_balanced_groups_have_no_gap_in_the_published_form_however_they_differ() -> None:
    found = sufficiency_gap([0, 0, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1])
    assert (found.mean_abs, found.compatible) == (1.0, 0.0)


def test_the_published_form_hangs_on_the_numbers_of_the_classes_and_total_variation_does_not() -> None:
    predictions, labels, groups = made(seed=3)
    groups[: len(groups) // 3] = 1
    renamed = np.array([3, 0, 5, 1, 4, 2])
    first, second = (sufficiency_gap(names[predictions], names[labels], groups) for names in (np.arange(6), renamed))
    assert first.mean_abs == pytest.approx(second.mean_abs, abs=1e-12)
    assert first.compatible != pytest.approx(second.compatible, abs=1e-6)


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        (([0], [0, 1], [0, 1]), "one length"),
        (([], [], []), "integers"),
        ((np.array([], int), np.array([], int), np.array([], int)), "at least 1"),
        (([0.5], [0], [1]), "predictions are integers"),
        ((["a"], [0], [1]), "predictions are integers"),
        (([0, 1], [0, -1], [1, 0]), "labels are 0 or more, not -1 as in row 1"),
        (([0, 1], [0, 1], [1, 2]), "groups are 0 or 1, not 2 as in row 1"),
        (([[0]], [0], [1]), "predictions are integers"),
    ],
)
def test_what_is_no_prediction_label_or_group_is_refused(examples: Any, message: str) -> None:
    for gap in (tpr_gap, sufficiency_gap):
        with pytest.raises(ValueError, match=message):
            gap(*examples)


def outputs(predictions: np.ndarray, labels: np.ndarray, groups: np.ndarray | None) -> Outputs:
    logits = np.eye(CLASSES, dtype=np.float32)[predictions]
    return Outputs("made", Activations({}), logits, labels, groups, History(1, (1.0,), (1.0,), "loss"))


def test_the_metrics_keep_every_form_and_an_error_that_is_about_right() -> None:
    given = made(20_000)
    for name, gap in (("tpr-gap", tpr_gap), ("sufficiency-gap", sufficiency_gap)):
        assert not METRICS[name].higher_is_better
        value = METRICS[name].compute(outputs(*given))
        found: Gap = gap(*given)
        assert (value.value, value.details["rms"], value.details["undefined"]) == (found.mean_abs, found.rms, 0)
        assert value.details["per_class"] == found.per_class.tolist()
        assert ("compatible" in value.details) == (name == "sufficiency-gap")
        again = [gap(*made(20_000, seed)).mean_abs for seed in range(10, 50)]
        assert value.standard_error == pytest.approx(np.std(again), rel=0.4)


def test_two_examples_have_a_gap_and_one_knows_not_how_sure() -> None:
    value = METRICS["tpr-gap"].compute(outputs(np.array([0, 1]), np.array([0, 0]), np.array([1, 0])))
    assert (value.value, value.standard_error) == (1.0, None)


def test_without_groups_or_with_one_alone_there_is_no_gap() -> None:
    predictions, labels, groups = made(60)
    with pytest.raises(ValueError, match="have no groups"):
        METRICS["tpr-gap"].compute(outputs(predictions, labels, None))
    value = METRICS["tpr-gap"].compute(outputs(predictions, labels, np.zeros_like(groups)))
    assert (value.value, value.reason) == (None, "no class has examples of both groups")
    assert value.details["per_class"] == [None] * CLASSES
