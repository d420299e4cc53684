"""What a gap owes to single examples and to chance, against leaving examples out and permuting groups one by one."""

from typing import Any

import numpy as np
import pytest

from benchmark.metrics import METRICS
from benchmark.metrics._gap_examples import sufficiency_influence, tpr_influence
from benchmark.metrics._permuted import permuted_within
from benchmark.metrics.gaps import _counts, sufficiency_gap, tpr_gap
from benchmark.types import Activations, History, Outputs, Value

GAPS = {"tpr-gap": (tpr_gap, tpr_influence), "sufficiency-gap": (sufficiency_gap, sufficiency_influence)}
CLASSES = 4


def made(examples: int, seed: int = 0, lean: float = 0.3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Predictions, labels, groups: by turns one group is recognized more often, and less."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, CLASSES, examples)
    groups = (generator.random(examples) < 0.3 + 0.1 * labels).astype(int)
    right = 0.6 + lean * (groups - 0.5) * np.where(labels % 2, 1, -1)
    guessed = (labels + 1 + generator.integers(0, 2, examples)) % CLASSES
    return np.where(generator.random(examples) < right, labels, guessed), labels, groups


def value_of(name: str, predictions: np.ndarray, labels: np.ndarray, groups: np.ndarray) -> Value:
    logits = np.eye(int(max(predictions.max(), labels.max())) + 1, dtype=np.float32)[predictions]
    history = History(1, (1.0,), (1.0,), "loss")
    return METRICS[name].compute(Outputs("made", Activations({}), logits, labels, groups, history))


@pytest.mark.parametrize("name", GAPS)
def test_the_influence_is_what_leaving_an_example_out_does(name: str) -> None:
    gap, influence = GAPS[name]
    given = made(2400)
    whole: Any = gap(*given).mean_abs
    found = influence(_counts(*given))[given[1], given[0], given[2]]
    rows = np.random.default_rng(1).permutation(2400)[:150]
    left_out: list[Any] = [gap(*(np.delete(part, row) for part in given)).mean_abs for row in rows]
    expected = (2400 - 1) * (whole - np.array(left_out))
    assert np.abs(found).max() > 0.5
    np.testing.assert_allclose(found[rows], expected, rtol=0.02, atol=0.01)


@pytest.mark.parametrize("name", GAPS)
@pytest.mark.parametrize("examples", [60, 400])
def test_the_numbers_of_the_examples_have_the_gap_for_their_mean_and_its_error(name: str, examples: int) -> None:
    value = value_of(name, *made(examples))
    assert value.by_example is not None
    assert value.by_example.shape == (examples,)
    assert value.by_example.mean() == pytest.approx(value.value, abs=1e-12)
    assert value.by_example.std(ddof=1) / examples**0.5 == pytest.approx(value.standard_error)


@pytest.mark.long
@pytest.mark.parametrize("name", GAPS)
@pytest.mark.parametrize("lean", [0.0, 0.4])
def test_the_error_is_that_of_other_examples(name: str, lean: float) -> None:
    found = [value_of(name, *made(300, seed, lean)) for seed in range(60)]
    spread = np.std([one.value for one in found if one.value is not None], ddof=1)
    assert np.mean([one.standard_error for one in found]) == pytest.approx(spread, rel=0.25)


@pytest.mark.long
@pytest.mark.parametrize("name", GAPS)
def test_the_error_of_a_difference_of_two_networks_on_the_same_examples_is_that_of_its_mean(name: str) -> None:
    """Two networks that agree on most examples: their gaps differ by less than two unpaired errors say."""
    differences, errors, unpaired = [], [], []
    for seed in range(60):
        predictions, labels, groups = made(400, seed)
        generator = np.random.default_rng(1000 + seed)
        other = np.where(generator.random(400) < 0.15, (labels + 1) % CLASSES, predictions)
        one, two = (value_of(name, given, labels, groups) for given in (predictions, other))
        assert one.by_example is not None
        assert two.by_example is not None
        differences.append(one.value - two.value)  # type: ignore[operator]
        errors.append((one.by_example - two.by_example).std(ddof=1) / 20)
        unpaired.append(np.hypot(one.standard_error, two.standard_error))  # type: ignore[arg-type]
    assert np.mean(errors) == pytest.approx(np.std(differences, ddof=1), rel=0.3)
    assert np.mean(errors) < 0.8 * np.mean(unpaired)


@pytest.mark.parametrize("name", GAPS)
def test_by_chance_is_the_mean_over_groups_permuted_inside_labels(name: str) -> None:
    gap, _ = GAPS[name]
    predictions, labels, groups = made(120, lean=0.7)
    drawn: list[Any] = [gap(predictions, labels, permuted_within(labels, groups, seed)).mean_abs for seed in range(600)]
    found = value_of(name, predictions, labels, groups)
    assert found.by_chance == pytest.approx(np.mean(drawn), abs=4 * np.std(drawn) * (1 / 600 + 1 / 200) ** 0.5)
    assert found.by_chance == value_of(name, predictions, labels, groups).by_chance
    assert found.value is not None
    assert found.value > np.quantile(drawn, 0.9)  # the groups matter here


def test_a_gap_of_few_examples_in_many_classes_is_one_by_chance() -> None:
    generator = np.random.default_rng(0)
    labels, groups = generator.integers(0, 28, 400), generator.integers(0, 2, 400)
    predictions = np.where(generator.random(400) < 0.6, labels, generator.integers(0, 28, 400))
    value = value_of("tpr-gap", predictions, labels, groups)
    assert value.value is not None
    assert value.value > 0.2
    assert value.by_chance == pytest.approx(value.value, abs=2 * value.standard_error)  # type: ignore[operator]


@pytest.mark.parametrize("name", GAPS)
@pytest.mark.parametrize(
    ("predictions", "labels", "groups"),
    [
        ([0, 0], [0, 0], [1, 0]),  # nothing varies
        ([0, 1, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]),  # all is right
        ([0, 0, 0], [0, 0, 0], [1, 1, 0]),
        ([0, 1, 2, 0], [0, 1, 2, 1], [1, 0, 1, 0]),  # hardly a class has both
    ],
)
def test_few_examples_have_numbers_or_none(name: str, predictions: Any, labels: Any, groups: Any) -> None:
    value = value_of(name, *(np.array(part) for part in (predictions, labels, groups)))
    assert (value.value is None) == (value.reason is not None)
    assert value.by_example is None or np.isfinite(value.by_example).all()
    assert value.by_chance is None or 0 <= value.by_chance <= 1
    assert (value.by_chance is None) == (value.value is None)


@pytest.mark.parametrize("name", GAPS)
def test_classes_of_which_there_is_no_example_are_kept_and_change_nothing(name: str) -> None:
    predictions, labels, groups = made(200)
    logits = np.eye(CLASSES + 3, dtype=np.float32)[predictions]
    history = History(1, (1.0,), (1.0,), "loss")
    more = METRICS[name].compute(Outputs("made", Activations({}), logits, labels, groups, history))
    fewer = value_of(name, predictions, labels, groups)
    assert more.details["per_class"] == [*fewer.details["per_class"], None, None, None]
    assert (more.value, more.details["undefined"]) == (fewer.value, fewer.details["undefined"])
    assert more.by_example is not None
    assert fewer.by_example is not None
    assert np.corrcoef(more.by_example, fewer.by_example)[0, 1] == pytest.approx(1)  # but for the draws of the error
    assert more.by_chance == pytest.approx(fewer.by_chance, abs=0.02)
