"""ATC and DoC: what they are on the held-out examples themselves, and by hand on others."""

import numpy as np
import pytest
from made_readings import number, read
from scipy.special import softmax

GENERATOR = np.random.default_rng(0)
SOURCE = 2 * GENERATOR.normal(size=(90, 3)).astype(np.float32)
LABELS = np.where(GENERATOR.random(90) < 0.6, SOURCE.argmax(axis=1), GENERATOR.integers(0, 3, 90))
TARGET = GENERATOR.normal(size=(70, 3)).astype(np.float32)
RIGHT = int((SOURCE.argmax(axis=1) == LABELS).sum())


def of(name: str, own: np.ndarray, labels: np.ndarray = LABELS) -> float:
    return number(name, read(own, held_out_as_given={"logits": SOURCE, "labels": labels}))


def confidence(logits: np.ndarray) -> np.ndarray:
    return softmax(logits.astype(float), axis=1).max(axis=1)


@pytest.mark.parametrize("name", ["atc", "doc"])
def test_on_the_held_out_examples_themselves_each_is_their_accuracy(name: str) -> None:
    assert 0 < RIGHT < 90
    assert of(name, SOURCE) == pytest.approx(RIGHT / 90, abs=1e-14)


def test_atc_is_the_share_above_the_confidence_that_as_many_held_out_examples_stay_below_as_are_wrong() -> None:
    threshold = sorted(confidence(SOURCE))[90 - RIGHT]
    assert of("atc", TARGET) == pytest.approx((confidence(TARGET) >= threshold).mean(), abs=1e-15)


def test_doc_is_less_by_how_much_confidence_falls() -> None:
    fall = confidence(SOURCE).mean() - confidence(TARGET).mean()
    assert fall > 0.05
    assert of("doc", TARGET) == pytest.approx(RIGHT / 90 - fall, abs=1e-14)


def test_atc_is_0_where_all_are_wrong_and_on_the_source_1_where_none_is() -> None:
    assert of("atc", TARGET, (SOURCE.argmax(axis=1) + 1) % 3) == 0.0
    assert of("atc", SOURCE, SOURCE.argmax(axis=1)) == 1.0


def test_atc_tells_apart_what_is_rounded_to_1() -> None:
    source = np.array([[100.0, 0.0], [300.0, 0.0]], dtype=np.float32)
    given = {"logits": source, "labels": np.array([1, 0])}  # the less sure one is wrong
    assert number("atc", read(np.array([[200.0, 0.0], [400.0, 0.0]]), held_out_as_given=given)) == 0.5
