"""From outputs to numbers: dead neurons, one neuron, ties, sampling, both scopes, and what reads what."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from made_outputs import COMPUTED, GENERATOR, HISTORY, A, B, measured, outputs
from scipy.special import softmax

from benchmark.estimator import Settings
from benchmark.information import binned, nearest
from benchmark.metrics import METRICS
from benchmark.run_folder.outputs import pack, unpack
from benchmark.scoring.score import score
from benchmark.scoring.subsampling import halves
from benchmark.types import Outputs, Value


def upper(matrix: np.ndarray) -> np.ndarray:
    return matrix[np.triu_indices(len(matrix), 1)]


def test_scope_tap_pools_neurons_and_within_tap_pairs() -> None:
    found = measured(outputs(A, B))["measures"]
    a32, b32 = A.astype(np.float32), B.astype(np.float32)
    entropies = [binned.entropy(a32), binned.entropy(b32)]
    information = [upper(nearest.mutual_information(m)) for m in (a32, b32)]
    assert found["mean-entropy"]["value"] == pytest.approx(np.concatenate(entropies).mean(), abs=1e-12)
    assert found["mean-mi"]["value"] == pytest.approx(np.concatenate(information).mean(), abs=1e-12)
    assert found["mean-mi"]["per_tap"] == pytest.approx({"tap0": information[0].mean(), "tap1": information[1].mean()})
    assert found["mean-entropy-last"]["value"] == pytest.approx(entropies[1].mean(), abs=1e-12)
    assert found["mean-mi-last"]["value"] == pytest.approx(information[1].mean(), abs=1e-12)


def test_scope_network_has_one_range_and_all_pairs() -> None:
    found = measured(outputs(A, B), scope="network")["measures"]
    both = np.concatenate([A, B], axis=1).astype(np.float32)
    assert found["mean-entropy"]["value"] == pytest.approx(binned.entropy(both).mean(), abs=1e-12)
    information = nearest.mutual_information(both)
    assert found["mean-mi"]["value"] == pytest.approx(upper(information).mean(), abs=1e-12)
    assert found["mean-mi"]["per_tap"]["tap1"] == pytest.approx(upper(information[5:, 5:]).mean(), abs=1e-12)


def test_the_order_of_examples_and_neurons_changes_no_bit() -> None:
    rows, columns = GENERATOR.permutation(200), GENERATOR.permutation(5)
    relu, logits = np.maximum(A, 0), np.random.default_rng(1).normal(size=(200, 3)).astype(np.float32)
    for given, scope in product((A, relu), ("tap", "network")):
        whole = replace(outputs(given, B), logits=logits)
        other = outputs(given[rows][:, columns], B[rows]).activations
        plain, turned = (measured(one, scope=scope)["measures"] for one in (whole, whole.at(rows, other)))
        assert {n: v["value"] for n, v in plain.items()} == {n: v["value"] for n, v in turned.items()}


def test_constant_neurons_count_as_zero_and_are_reported() -> None:
    dead = A.copy()
    dead[:, [1, 3]] = 0.5
    found = measured(outputs(dead))
    living = np.delete(A, [1, 3], axis=1).astype(np.float32)
    information = upper(nearest.mutual_information(living))
    assert found["measures"]["mean-mi"]["value"] == pytest.approx(information.sum() / 10, abs=1e-12)
    assert found["taps"]["tap0"]["constant_neurons"] == 2
    assert np.array(found["taps"]["tap0"]["entropy"])[[1, 3]].tolist() == [0, 0]
    assert found["warnings"] == ["tap tap0: 2 of 5 neurons are constant: entropy 0, MI 0"]


def test_all_dead_is_undefined_and_one_dead_tap_is_not_the_end() -> None:
    zeros = np.zeros((50, 4))
    for name in ("mean-entropy", "mean-mi", "mean-entropy-last", "mean-mi-last"):
        value = measured(outputs(zeros))["measures"][name]
        assert value["value"] is None
        assert value["reason"] == "all 4 neurons are constant"
    half = measured(outputs(A[:50], zeros))["measures"]
    assert half["mean-mi"]["value"] is not None
    assert half["mean-mi"]["per_tap"]["tap1"] is None
    assert half["mean-mi-last"]["reason"] == "all 4 neurons are constant"


def test_one_neuron_has_no_pairs() -> None:
    found = measured(outputs(A[:, :1]))["measures"]
    reason = {"reason": "no pairs: one neuron", "standard_error": None}
    assert found["mean-mi"] == {"value": None, "per_tap": {"tap0": None}, **reason, "sub_samples": [None] * 10}
    assert found["mean-entropy"]["value"] > 0


@pytest.mark.parametrize("scope", ["tap", "network"])
@pytest.mark.parametrize("kind", ["nearest", "binned"])
def test_a_sample_of_the_pairs_comes_with_its_standard_error(scope: str, kind: str) -> None:
    given = outputs(GENERATOR.normal(size=(100, 20)), GENERATOR.normal(size=(100, 12)))
    whole = measured(given, scope=scope, mi={"kind": kind})
    found = measured(given, scope=scope, mi={"kind": kind, "pairs": 60})
    for name in ("mean-mi", "mean-mi-last"):
        error = found["measures"][name]["standard_error"]
        assert whole["measures"][name]["standard_error"] is None
        assert 0 < abs(found["measures"][name]["value"] - whole["measures"][name]["value"]) < 4 * error
    sampled = sum(sum(tap["mi_histogram"]["counts"]) for tap in found["taps"].values())
    assert sampled == 60 if scope == "tap" else 0 < sampled < 60
    assert found == measured(given, scope=scope, mi={"kind": kind, "pairs": 60})
    assert measured(given, scope=scope, mi={"kind": kind, "pairs": 10_000})["measures"] == whole["measures"]


def test_a_tap_without_a_pair_in_the_sample_is_undefined() -> None:
    given = outputs(GENERATOR.normal(size=(100, 40)), GENERATOR.normal(size=(100, 2)))
    found = measured(given, mi={"kind": "binned", "pairs": 2})["measures"]
    assert found["mean-mi"]["value"] is not None
    assert found["mean-mi-last"]["reason"] == "none of the 1 pairs is in the sample"


def test_ties_are_warned_of_where_they_matter() -> None:
    relu = outputs(np.maximum(A, 0))
    plain = {"kind": "nearest", "ties": "plain"}
    assert "of the values are tied" in measured(relu, mi=plain)["warnings"][0]
    assert measured(relu, mi={"kind": "binned"})["warnings"] == []
    assert measured(relu)["warnings"] == []
    assert measured(outputs(A), mi=plain)["warnings"] == []


def test_what_ties_do_is_gone_from_the_measure() -> None:
    relu = outputs(np.maximum(GENERATOR.normal(size=(1000, 12)), 0))
    sparse = outputs(np.where(np.arange(1000)[:, None] % 331 == 7, GENERATOR.normal(size=(1000, 12)), 0))
    for given in (relu, sparse):
        assert abs(measured(given, ["mean-mi"])["measures"]["mean-mi"]["value"]) < 0.02
        plain = measured(given, ["mean-mi"], mi={"kind": "nearest", "ties": "plain"})
        assert plain["measures"]["mean-mi"]["value"] < -1


@pytest.mark.parametrize(("value", "shown"), [(np.nan, "nan"), (np.inf, "inf")])
def test_what_is_not_finite_is_named(value: float, shown: str) -> None:
    bad = B.copy()
    bad[17, 2] = value
    with pytest.raises(ValueError, match=f"tap 'tap1', neuron 2: activation {shown} on example 17"):
        measured(outputs(A, bad))


def test_too_few_examples_are_refused_with_the_minimum() -> None:
    with pytest.raises(ValueError, match="3 samples are too few: this estimator needs at least 4"):
        measured(outputs(A[:3]))


def test_samples_caps_what_measures_read_and_not_what_metrics_read() -> None:
    given = outputs(A, B)
    found = measured(given, samples=50)
    assert (found["samples"], found["examples"]) == (50, 200)
    assert found["metrics"]["accuracy"]["value"] == 0.75
    assert found == measured(given, samples=50)
    assert found["measures"]["mean-mi"]["value"] != measured(given)["measures"]["mean-mi"]["value"]


def test_metrics_read_the_evaluation_examples_whatever_measures_read() -> None:
    evaluation, own = outputs(A), outputs(B)
    own = Outputs("k", own.activations, own.logits[:, ::-1], own.labels, None, HISTORY)
    found = score(
        {"evaluation": evaluation, "in-distribution": own}, "in-distribution", Settings(), COMPUTED, ["accuracy"]
    )
    assert found["metrics"]["accuracy"]["value"] == 0.75
    assert found["measures"]["held-out-accuracy"]["value"] == 0.25
    assert found["measures"]["mean-mi"]["value"] == measured(outputs(B))["measures"]["mean-mi"]["value"]


def test_the_rivals_read_predictions_alone() -> None:
    given = outputs(A)
    logits = GENERATOR.normal(size=(200, 3)).astype(np.float32)
    predicted = softmax(logits.astype(np.float64), axis=1)
    found = measured(replace(given, logits=logits))["measures"]
    assert found["mean-confidence"]["value"] == pytest.approx(predicted.max(axis=1).mean(), abs=1e-12)
    expected = np.linalg.norm(predicted, "nuc") / np.sqrt(3 * 200)
    assert found["nuclear-norm"]["value"] == pytest.approx(expected, abs=1e-12)
    certain = np.full((200, 2), -1e4, dtype=np.float32)
    certain[np.arange(200), np.arange(200) % 2] = 1e4
    sure = measured(replace(given, logits=certain))["measures"]
    assert (sure["mean-confidence"]["value"], sure["nuclear-norm"]["value"]) == (1.0, pytest.approx(1.0))
    one_class = measured(replace(given, logits=np.tile([1e4, -1e4], (200, 1)).astype(np.float32)))["measures"]
    assert (one_class["mean-confidence"]["value"], one_class["nuclear-norm"]["value"]) == (1.0, pytest.approx(0.5**0.5))


def test_placebos() -> None:
    found = measured(outputs(A))["measures"]
    assert (found["steps"]["value"], found["weight-norm"]["value"]) == (7.0, 3.0)
    assert 0 <= found["random"]["value"] < 1
    assert found["random"]["value"] != measured(outputs(A, key="other"))["measures"]["random"]["value"]


def test_outputs_come_back_from_disk_and_shared_activations_are_stored_once() -> None:
    evaluation = outputs(A, B)
    own = Outputs("k", evaluation.activations, evaluation.logits, 1 - evaluation.labels, None, HISTORY)
    shared = pack({"evaluation": evaluation, "in-distribution": own})
    apart = pack({"evaluation": evaluation, "in-distribution": outputs(B, A)})
    assert len(shared) < 0.7 * len(apart)
    reads = ["evaluation", "in-distribution"]
    back = unpack(shared, "k", reads, ["tap0", "tap1"], HISTORY)
    assert back["evaluation"].activations is back["in-distribution"].activations
    assert list(back["evaluation"].activations.by_tap) == ["tap0", "tap1"]
    assert np.array_equal(back["in-distribution"].labels, own.labels)
    assert np.array_equal(back["evaluation"].activations.by_tap["tap1"], B.astype(np.float32))
    assert unpack(apart, "k", reads, ["tap0", "tap1"], HISTORY)["in-distribution"].activations.by_tap["tap0"].shape == (
        200,
        3,
    )


@pytest.mark.parametrize(
    "each", [np.ones(199), np.ones((200, 1)), np.full(200, np.nan), np.full(200, 1e31)], ids=lambda array: str(array)
)
def test_a_metric_from_outside_gives_a_number_for_each_example_or_none(
    each: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = replace(METRICS["accuracy"], compute=lambda given: Value(0.5, by_example=each))
    monkeypatch.setattr("benchmark.scoring.score.METRICS", {"accuracy": bad})
    with pytest.raises(ValueError, match="accuracy: by_example is 200 numbers up to 1e"):
        measured(outputs(A))


def test_a_number_by_chance_stands_in_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(METRICS["accuracy"], compute=lambda given: Value(0.5, by_chance=0.25))
    monkeypatch.setattr("benchmark.scoring.score.METRICS", {"accuracy": other})
    found = measured(outputs(A))["metrics"]["accuracy"]
    assert found == {"value": 0.5, "per_tap": {}, "reason": None, "standard_error": None, "by_chance": 0.25}


def test_sub_samples_are_halves_of_examples_and_neurons_without_repetition() -> None:
    given, settings = outputs(A, B), Settings(sub_samples=3)
    parts = halves(given, settings)
    assert [[m.shape for m in part.activations.by_tap.values()] for part in parts] == [[(100, 2), (100, 2)]] * 3
    for part in parts:
        for tap, matrix in part.activations.by_tap.items():
            whole = given.activations.by_tap[tap].T.tolist()
            places = [[column.index(value) for value in half] for column, half in _columns(whole, matrix)]
            assert places[0] == places[1]
            assert len(set(places[0])) == 100
            assert np.array_equal(part.logits, given.logits[places[0]])
    again = halves(outputs(A, B), settings)
    assert all(np.array_equal(x.logits, y.logits) for x, y in zip(parts, again, strict=True))
    assert halves(outputs(A[:7]), settings) == []  # half of 7 is too few for k = 3


def _columns(whole: list[list[float]], matrix: np.ndarray) -> list[tuple[list[float], list[float]]]:
    """Each neuron of a half beside the whole neuron it comes from."""
    return [(next(c for c in whole if set(half) <= set(c)), half) for half in matrix.T.tolist()]


def test_the_spread_of_the_sub_samples_is_that_of_reading_other_examples() -> None:
    """Of mean confidence, a plain mean of the examples alone: its standard error is known."""
    logits = GENERATOR.normal(size=(2000, 3)).astype(np.float32)
    given = replace(outputs(GENERATOR.normal(size=(2000, 2))), logits=logits, labels=np.zeros(2000, np.int64))
    found = measured(given, ["mean-confidence", "steps"], sub_samples=100)["measures"]
    confidence = softmax(logits.astype(np.float64), axis=1).max(axis=1)
    assert np.std(found["mean-confidence"]["sub_samples"], ddof=1) == pytest.approx(
        confidence.std(ddof=1) / 2000**0.5, rel=0.2
    )
    assert found["steps"]["sub_samples"] == []
