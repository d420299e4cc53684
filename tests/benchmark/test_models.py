"""From records to models: what a mean over seeds is and how far it may err."""

from statistics import stdev

import pytest
from made_boards import LOW, entry, measure, plan, value

from benchmark.models import Number, models


def number(values: list[dict]) -> Number:
    """Mean MI of the one model whose networks have these values, seed by seed."""
    resolved = plan([entry("a", [0.0])], {"mean-mi": measure(LOW)}, seeds=len(values))
    scored = [cell["key"] for cell in resolved["cells"] if cell["work"] == "score"]
    records = {
        key: {"measures": {"mean-mi": one}, "metrics": {"accuracy": value(0.5, standard_error=0.01)}}
        for key, one in zip(scored, values, strict=True)
    }
    (model,) = models(resolved, records)
    assert model.metrics["accuracy"].error == pytest.approx(0.0 if len(values) > 2 else 0.01 / len(values) ** 0.5)
    return model.measures["mean-mi"]


def test_from_three_seeds_on_they_say_how_far_their_mean_errs() -> None:
    found = number([value(x, sub_samples=[0.0, 9.0]) for x in (1.0, 2.0, 4.0)])
    assert found.error == pytest.approx(stdev([1, 2, 4]) / 3**0.5)
    assert found.sub_samples == (0.0, 9.0)


def test_one_or_two_networks_are_told_apart_by_halves_of_what_they_are_read_on() -> None:
    assert number([value(1.0, sub_samples=[1.0, 1.2, 0.9])]).error == pytest.approx(stdev([1.0, 1.2, 0.9]))
    both = number([value(1.0, sub_samples=[1.0, 1.2, 0.9]), value(2.0, sub_samples=[2.1, 2.2, 2.3])])
    assert both.sub_samples == pytest.approx((1.55, 1.7, 1.6))
    assert both.error == pytest.approx(stdev([1.55, 1.7, 1.6]))


def test_without_halves_the_networks_own_errors_count_and_without_those_nothing_is_known() -> None:
    assert number([value(1.0, standard_error=0.3), value(2.0, standard_error=0.4)]).error == pytest.approx(0.25)
    assert number([value(1.0), value(2.0, standard_error=0.4)]).error is None
    assert number([value(1.0), value(2.0)]).error is None
    undefined = number([value(1.0, sub_samples=[1.0, None, 1.2])])
    assert undefined.error is None
