"""Which examples metrics and the yardstick are computed on."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import COMPUTED, A, B, measured, outputs

from benchmark.estimator import Settings
from benchmark.plain.packing import unpacked
from benchmark.scoring.score import sampled, score
from benchmark.scoring.subsampling import halves


def test_a_yardstick_reads_held_out_examples_of_the_networks_own_condition() -> None:
    evaluation, own = outputs(A), replace(outputs(A), labels=np.zeros(200, np.int64))
    found = score({"evaluation": evaluation, "in-distribution": own}, "evaluation", Settings(), COMPUTED, ["accuracy"])
    expected = float((own.logits.argmax(axis=1) == 0).mean())
    assert found["measures"]["held-out-accuracy"]["value"] == expected
    assert found["metrics"]["accuracy"]["standard_error"] == pytest.approx((0.75 * 0.25 / 200) ** 0.5)


def test_metrics_and_the_yardstick_are_computed_on_what_is_judged_and_measures_on_all() -> None:
    given, plain = outputs(A, B), measured(outputs(A, B))
    judged = np.arange(200) < 60  # of these the first 50 are wrong
    evaluation, own = replace(given, judged=judged), replace(given, judged=~judged)
    found = score({"evaluation": evaluation, "in-distribution": own}, "evaluation", Settings(), COMPUTED, ["accuracy"])
    accuracy, yardstick = found["metrics"]["accuracy"], found["measures"]["held-out-accuracy"]
    assert accuracy["value"] == pytest.approx(10 / 60)
    assert accuracy["standard_error"] == pytest.approx((10 * 50 / 60**3) ** 0.5)
    assert unpacked(accuracy["by_example"]).tolist() == [0.0] * 50 + [1.0] * 10
    assert yardstick["value"] == 1.0
    assert unpacked(yardstick["by_example"]).tolist() == [1.0] * 140
    for name in set(COMPUTED) - {"held-out-accuracy"}:
        assert found["measures"][name] == plain["measures"][name]
    assert found["taps"] == plain["taps"]


def test_a_yardstick_without_an_example_says_so() -> None:
    given = replace(outputs(A), judged=np.zeros(200, bool))
    found = score({"evaluation": outputs(A), "in-distribution": given}, "evaluation", Settings(), COMPUTED, [])
    value = found["measures"]["held-out-accuracy"]
    assert (value["value"], value["sub_samples"]) == (None, [])
    assert "no held-out example is left" in value["reason"]


def test_samples_and_halves_take_along_which_examples_are_judged() -> None:
    judged = np.arange(200) % 3 == 0
    given = replace(outputs(A, B), labels=np.arange(200), judged=judged)
    for part in (sampled(given, 50), *halves(given, Settings(sub_samples=2))):
        assert part.judged is not None
        assert np.array_equal(part.judged, judged[part.labels])
