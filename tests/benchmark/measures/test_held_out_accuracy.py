"""Held-out accuracy: a yardstick that reads labels, and the share that scikit-learn finds."""

from made_outputs import A, outputs
from sklearn.metrics import accuracy_score

from benchmark.estimator import Settings
from benchmark.measures.held_out_accuracy import MEASURE, compute


def test_it_is_the_share_of_examples_predicted_as_they_are_labelled() -> None:
    given = outputs(A)
    assert compute(given, Settings()).value == accuracy_score(given.labels, given.logits.argmax(axis=1)) == 0.75


def test_it_reads_labels_so_it_is_a_yardstick_and_counts_as_no_measure() -> None:
    assert MEASURE.yardstick
    assert "labels" in MEASURE.needs
