"""From records to models: what a mean over seeds is and how far it may err."""

from statistics import stdev, variance
from typing import Any

import numpy as np
import pytest
from made_boards import LOW, entry, measure, plan, value

from benchmark.plain.packing import packed
from benchmark.results.models import Model, Number, models
from benchmark.results.result import results
from benchmark.statistics.errors import difference

RIGHT = np.array([[1, 1, 1, 0, 0, 1, 1, 0], [1, 1, 0, 0, 1, 1, 1, 1], [1, 0, 1, 0, 1, 1, 1, 1]], dtype=np.float64)


def model(
    measured: list[dict[str, Any]],
    accuracies: list[dict[str, Any]] | None = None,
    judged: list[dict[str, Any] | None] | None = None,
    **about: Any,
) -> Model:
    """The one model whose networks have these values, seed by seed; each record says on what it was judged."""
    resolved = plan([entry("a", [0.0])], {"mean-mi": measure(LOW, **about)}, seeds=len(measured))
    scored = [cell["key"] for cell in resolved["cells"] if cell["work"] == "score"]
    accuracies = accuracies or [value(0.5, standard_error=0.01)] * len(measured)
    records = {
        key: {"measures": {"mean-mi": one}, "metrics": {"accuracy": other}, **({"judged": on} if on else {})}
        for key, one, other, on in zip(scored, measured, accuracies, judged or [None] * len(measured), strict=True)
    }
    (found,) = models(resolved["measures"], results(resolved, records))
    return found


def number(values: list[dict[str, Any]]) -> Number:
    return model(values).measures["mean-mi"]


def answers(right: np.ndarray) -> dict[str, Any]:
    return value(float(right.mean()), standard_error=0.4, by_example=packed(right), by_chance=0.25)


ON = {"examples": 8, "digest": "a" * 64}


def test_from_two_seeds_on_they_say_how_far_the_mean_of_a_measure_errs() -> None:
    found = number([value(x, sub_samples=[0.0, 9.0], standard_error=5.0) for x in (1.0, 2.0, 4.0)])
    assert (found.error, found.df, found.error_of) == (pytest.approx(stdev([1, 2, 4]) / 3**0.5), 2.0, "seeds")
    assert found.sub_samples == (0.0, 9.0)
    two = number([value(1.0), value(2.0, standard_error=0.4)])
    assert (two.error, two.df, two.error_of) == (pytest.approx(0.5), 1.0, "seeds")


def test_one_network_errs_by_how_it_is_read_or_by_its_own_error() -> None:
    halves = number([value(1.0, sub_samples=[1.0, 1.2, 0.9], standard_error=0.3)])
    assert (halves.error, halves.df) == (pytest.approx(stdev([1.0, 1.2, 0.9])), 2.0)
    assert halves.error_of == "reading"
    pairs = number([value(1.0, standard_error=0.3)])
    assert (pairs.error, pairs.df, pairs.error_of) == (0.3, None, "sampled pairs")
    assert (number([value(1.0)]).error, number([value(1.0)]).error_of) == (None, "")
    undefined = number([value(1.0, sub_samples=[1.0, None, 1.2])])
    assert (undefined.error, undefined.df) == (None, None)


def test_a_metric_errs_by_its_seeds_and_its_examples() -> None:
    """Against the variances written out: of examples over the seeds, of seeds, and of both, counted once."""
    found = model([value(1.0)] * 3, [answers(row) for row in RIGHT], [ON] * 3).metrics["accuracy"]
    k, n = RIGHT.shape
    rows, columns = RIGHT.mean(axis=1), RIGHT.mean(axis=0)
    left = RIGHT - rows[:, None] - columns + RIGHT.mean()
    both = (left**2).sum() / (k - 1) / (n - 1)
    alone = max(0.0, variance(columns) / n - both / n / k)
    assert found.error == pytest.approx((alone + variance(rows) / k) ** 0.5)
    assert (found.error_of, found.examples, len(found.by_example)) == ("seeds and examples", "a" * 64, 3)
    assert found.by_chance == 0.25
    (one,) = [model([value(1.0)], [answers(RIGHT[0])], [ON]).metrics["accuracy"]]
    assert (one.error, one.df, one.error_of) == (pytest.approx((variance(RIGHT[0]) / n) ** 0.5), n - 1, "examples")


def test_a_yardstick_counts_its_examples_too_but_is_not_on_those_of_the_metrics() -> None:
    found = model([answers(row) for row in RIGHT], judged=[ON] * 3, yardstick=True).measures["mean-mi"]
    assert (found.error_of, found.examples, len(found.by_example)) == ("seeds and examples", None, 3)
    assert model([answers(row) for row in RIGHT], judged=[ON] * 3).measures["mean-mi"].by_example == ()


def test_records_without_examples_count_those_of_each_network_and_its_seeds() -> None:
    old = [value(x, standard_error=0.3) for x in (0.5, 0.7, 0.6)]
    found = model([value(1.0)] * 3, old).metrics["accuracy"]
    assert found.error == pytest.approx((variance([0.5, 0.7, 0.6]) / 3 + 0.09) ** 0.5)
    assert found.error_of == "seeds and examples"
    assert found.df is not None
    assert found.df > 2
    one = model([value(1.0)], old[:1]).metrics["accuracy"]
    assert (one.error, one.df, one.error_of) == (0.3, None, "examples")
    bare = model([value(1.0)] * 2, [value(0.5), value(0.6, standard_error=0.3)]).metrics["accuracy"]
    assert (bare.error, bare.df, bare.error_of) == (pytest.approx(0.05), 1.0, "seeds")


@pytest.mark.parametrize(
    "judged", [[None] * 3, [ON, ON, {**ON, "digest": "b" * 64}], [ON, None, ON]], ids=["unknown", "other", "some"]
)
def test_networks_that_were_not_judged_on_the_same_examples_are_not_crossed(judged: list[Any]) -> None:
    found = model([value(1.0)] * 3, [answers(row) for row in RIGHT], judged).metrics["accuracy"]
    assert (found.by_example, found.examples, found.error_of) == ((), None, "seeds and examples")
    assert found.error is not None
    assert found.error > 0.4


def test_a_seed_without_examples_or_with_fewer_leaves_them_out() -> None:
    for other in (value(0.5, standard_error=0.4), answers(RIGHT[0, :4])):
        found = model([value(1.0)] * 2, [answers(RIGHT[0]), other], [ON] * 2).metrics["accuracy"]
        assert (found.by_example, found.examples) == ((), None)


def test_what_is_undefined_in_one_seed_has_no_error_and_differs_from_nothing() -> None:
    found = model([value(1.0)] * 2, [answers(RIGHT[0]), value(None)], [ON] * 2).metrics["accuracy"]
    assert (found.mean, found.error, found.df) == (None, None, None)
    assert difference(found, found).seen is None
