"""Other ways to measure than the plan's: each changes what it says, and none stands twice."""

import numpy as np
import pytest

from benchmark.estimator import BinnedSettings, NearestSettings, Settings
from benchmark.information import binned, nearest
from benchmark.scoring.variants import PAIRS, Variant, variant_value, variants
from benchmark.types import Activations, History, Outputs

PLANNED = Settings()
GENERATOR = np.random.default_rng(0)
MATRIX = GENERATOR.normal(size=(100, 6)).clip(-1).astype(np.float32)
LABELS = np.zeros(100, np.int64)
OUTPUTS = Outputs(
    "k", Activations({"t": MATRIX}), np.zeros((100, 2), np.float32), LABELS, None, History(1, (), (1,), "loss")
)


def found(axis: str, label: str, measure: str = "mean-mi", planned: Settings = PLANNED) -> float | None:
    (one,) = [v for v in variants(planned) if (v.measure, v.axis, v.label) == (measure, axis, label)]
    return variant_value(OUTPUTS, one, {})["value"]


def mean_mi(matrix: np.ndarray) -> float:
    return float(matrix[np.triu_indices(len(matrix), 1)].mean())


def test_each_variant_changes_what_it_says() -> None:
    assert found("plan", "as planned", "mean-entropy") == pytest.approx(binned.entropy(MATRIX).mean())
    assert found("bins", "30", "mean-entropy") == pytest.approx(binned.entropy(MATRIX, 30).mean())
    assert found("edges", "robust", "mean-entropy") == pytest.approx(binned.entropy(MATRIX, edges="robust").mean())
    assert found("estimator", "nearest, k 5") == pytest.approx(mean_mi(nearest.mutual_information(MATRIX, 5)))
    assert found("estimator", "30 bins, per-neuron") == pytest.approx(mean_mi(binned.mutual_information(MATRIX, 30)))
    assert found("estimator", "10 bins, global") == pytest.approx(
        mean_mi(binned.mutual_information(MATRIX, edges="global"))
    )
    plain = nearest.mutual_information(MATRIX, ties="plain")
    assert found("ties", "plain") == pytest.approx(mean_mi(plain)) != pytest.approx(found("plan", "as planned"))
    rows = np.sort(np.random.default_rng(0).permutation(100)[:50])
    assert found("samples", "1/2") == pytest.approx(mean_mi(nearest.mutual_information(MATRIX[rows])))
    assert found("scope", "network") == pytest.approx(found("plan", "as planned"))  # of one tap


def test_nothing_stands_twice_and_a_plan_with_bins_takes_all_pairs() -> None:
    for planned in (Settings(), Settings(mi=BinnedSettings(kind="binned"))):
        variety = variants(planned)
        assert len({(v.measure, v.settings.model_dump_json(), v.part) for v in variety}) == len(variety)
        assert [v.axis for v in variety[:2]] == ["plan", "plan"]
    assert all(v.settings.mi.pairs in ("all", PAIRS) for v in variants(Settings()))
    scopes = [v for v in variants(Settings(mi=BinnedSettings(kind="binned"))) if v.axis == "scope"]
    assert all(v.settings.mi.pairs == "all" for v in scopes)


def test_of_ties_the_other_one_is_a_variant_where_there_are_neighbours_at_all() -> None:
    for own, other in (("plain", "jitter"), ("jitter", "plain")):
        variety = variants(Settings(mi=NearestSettings(ties=own)))
        assert [v.label for v in variety if v.axis == "ties"] == [other]
        assert {v.settings.mi.ties for v in variety if "nearest" in v.label} == {own}
    assert "ties" not in {v.axis for v in variants(Settings(mi=BinnedSettings(kind="binned")))}


def test_too_few_examples_for_a_variant_are_undefined_and_no_error() -> None:
    assert variant_value(OUTPUTS, Variant("mean-mi", "samples", "1/50", Settings(), 50), {})["value"] is None


def test_what_has_been_scored_as_planned_is_not_computed_again() -> None:
    known = {"mean-mi": {"value": 9.0, "per_tap": {"t": 9.0}, "standard_error": None}}
    planned, halved = (
        Variant("mean-mi", "plan", "as planned", Settings()),
        Variant("mean-mi", "samples", "1/2", PLANNED, 2),
    )
    assert variant_value(OUTPUTS, planned, known) == {
        "measure": "mean-mi", "axis": "plan", "label": "as planned", "value": 9.0, "per_tap": {"t": 9.0}
    }  # fmt: skip
    assert variant_value(OUTPUTS, halved, known)["value"] != 9.0
