"""The online code: its closed forms, scikit-learn over the same slices, and the faults of published code."""

from dataclasses import replace
from itertools import pairwise
from math import log
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from benchmark.metrics import METRICS
from benchmark.metrics.compression import BLOCKS, online_code
from benchmark.types import Activations, History, Outputs


def noise(examples: int = 4000, features: int = 10, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return generator.normal(size=(examples, features)), generator.integers(0, 2, examples)


def told(examples: int = 2000, features: int = 20, classes: int = 2, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Features that tell most of the labels."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, classes, examples)
    centres = generator.normal(size=(classes, features))
    return centres[labels] + 1.5 * generator.normal(size=(examples, features)), labels


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("features", [2, 10, 20])
def test_noise_is_not_compressed(features: int, seed: int) -> None:
    found = online_code(*noise(features=features, seed=seed), seed=seed)
    assert 0.95 < found.compression < 1.01
    assert found.uniform_bits == 4000


@pytest.mark.parametrize("seed", range(3))
def test_published_code_that_adds_nats_to_bits_makes_143_of_noise(seed: int) -> None:
    features, labels = noise(features=2, seed=seed)
    assert online_code(features, labels, units="mixed").compression == pytest.approx(1.43, abs=0.01)


@pytest.mark.parametrize(("probe", "width"), [("linear", 10), ("mlp", 128)])
def test_separable_labels_take_the_first_block_and_no_more(probe: Any, width: int) -> None:
    features, labels = noise(4000, width)
    features[:, 0] += 100.0 * (2 * labels - 1)
    assert online_code(features, labels, probe).compression == pytest.approx(4000 / 80, rel=0.02)


@pytest.mark.parametrize("classes", [2, 5])
def test_the_linear_code_is_that_of_scikit_learn_over_the_same_slices(classes: int) -> None:
    features, labels = told(classes=classes)
    order = np.random.default_rng(3).permutation(len(labels))
    x, y = features[order], labels[order]
    ends = [len(y) * end // 1000 for end in BLOCKS]
    bits = ends[0] * np.log2(classes)
    for known, end in pairwise(ends):
        probe = LogisticRegression(C=1.0, max_iter=10_000).fit(x[:known], y[:known])
        nats = log_loss(y[known:end], probe.predict_proba(x[known:end]), normalize=False, labels=range(classes))
        bits += nats / np.log(2)
    found = online_code(features, labels, seed=3)
    assert found.online_bits == pytest.approx(bits, rel=0.01)
    assert found.compression == pytest.approx(2000 * np.log2(classes) / bits, rel=0.01)
    assert 1.2 < found.compression < 10


def test_an_mlp_reads_what_no_line_separates() -> None:
    features, _ = noise(2000, 2)
    labels = (features[:, 0] * features[:, 1] > 0).astype(int)
    assert online_code(features, labels).compression < 1.02
    assert online_code(np.hstack([features] * 8), labels, "mlp").compression > 1.5


def test_an_mlp_does_not_compress_noise_and_each_seed_has_its_own_code() -> None:
    features, labels = noise(1000, 50)
    found = [online_code(features, labels, "mlp", seed=seed).compression for seed in (0, 0, 1)]
    assert found[0] == found[1] != found[2]
    assert all(0.85 < compression < 1.01 for compression in found)


def test_a_block_is_never_coded_by_a_probe_that_has_seen_it() -> None:
    """Labels of the last block alone are turned: a probe that saw them would know."""
    features, labels = noise(1000)
    features[:, 0] += 100.0 * labels
    order = np.random.default_rng(0).permutation(1000)
    labels[order[676:]] = 1 - labels[order[676:]]
    for probe in ("linear", "mlp"):
        assert online_code(features, labels, probe).online_bits > 20 + 324


def test_the_classes_are_those_of_the_labels_and_their_numbers_mean_nothing() -> None:
    features, labels = told(classes=3)
    first, second = (online_code(features, names[labels]) for names in (np.arange(3), np.array([7, 2, 40])))
    assert first.uniform_bits == second.uniform_bits == pytest.approx(2000 * np.log2(3))
    assert first.compression == pytest.approx(second.compression, rel=1e-3)


def test_a_label_that_has_not_come_yet_is_sent_uniformly() -> None:
    features, labels = noise(1000)
    order = np.random.default_rng(0).permutation(1000)
    labels[:] = 0
    labels[order[700:]] = 1
    found = online_code(features, labels)
    assert found.online_bits == 1000  # no block before the last holds both
    assert found.compression == 1


@pytest.mark.parametrize("noisy", [0.0, 2.0])
def test_the_error_is_that_of_other_examples(noisy: float) -> None:
    features, labels = told(40 * 500)
    features += noisy * np.random.default_rng(1).normal(size=features.shape)
    found = [online_code(*part) for part in zip(np.split(features, 40), np.split(labels, 40), strict=True)]
    spread = np.std([code.compression for code in found], ddof=1)
    assert np.mean([code.standard_error for code in found]) == pytest.approx(spread, rel=0.3)


@pytest.mark.parametrize("classes", [2, 5])
def test_the_number_of_each_example_is_the_delta_method_and_gives_its_code_length_back(classes: int) -> None:
    found = online_code(*told(600, classes=classes))
    each, c = found.by_example, found.compression
    assert each.mean() == pytest.approx(c, rel=1e-12)
    assert found.standard_error == pytest.approx(each.std(ddof=1) / 600**0.5)
    step = 1e-7  # of one more bit for one example
    for example in (0, 17, 599):
        longer = found.lengths.copy()
        longer[example] += step
        moved = (found.uniform_bits / longer.sum() - c) / step
        assert moved == pytest.approx(-c / found.online_bits, rel=1e-4)
    assert each[17] - each[0] == pytest.approx(-c / found.online_bits * 600 * (found.lengths[17] - found.lengths[0]))
    assert np.allclose((2 - each / c) * np.log2(classes) / c, found.lengths)


def test_lengths_stand_in_the_order_of_the_examples() -> None:
    features, labels = noise(1000)
    features[:, 0] += 100.0 * labels
    wrong = np.random.default_rng(0).permutation(1000)[990:]  # of the last block
    labels[wrong] = 1 - labels[wrong]
    found = online_code(features, labels)
    assert sorted(np.argsort(found.lengths)[-10:]) == sorted(wrong)
    assert (found.lengths[np.random.default_rng(0).permutation(1000)[:20]] == 1).all()  # the first block


@pytest.mark.parametrize("size", [2, 3, 7, 49, 51])
@pytest.mark.parametrize("probe", ["linear", "mlp"])
def test_few_examples_have_a_code_too(size: int, probe: Any) -> None:
    features, _ = noise(size)
    found = online_code(features, np.arange(size) % 2, probe)
    assert np.isfinite(found.online_bits)
    assert found.online_bits > 0


def test_features_may_be_a_tensor_of_any_float_and_of_any_size() -> None:
    features, labels = told(500)
    expected = online_code(features, labels).compression
    for given in (torch.from_numpy(features), torch.from_numpy(features).bfloat16(), features.astype(np.float16)):
        assert online_code(given, torch.from_numpy(labels)).compression == pytest.approx(expected, rel=0.05)
    assert online_code(features * 1e6, labels).compression > 0.5
    assert online_code(np.zeros((500, 3)), labels).compression == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("features", "labels", "other", "message"),
    [
        (np.zeros((3, 2)), [0, 1], {}, r"not \(3, 2\) and \(2,\)"),
        (np.zeros(3), [0, 1, 0], {}, "shape"),
        (np.zeros((1, 2)), [0], {}, "needs at least 2"),
        (np.zeros((3, 2)), [0, 0, 0], {}, "all labels are the same"),
        (np.zeros((2, 2)), [0.0, 1.0], {}, "labels are integers"),
        (np.zeros((2, 2)), ["f", "m"], {}, "labels are integers"),
        (np.array([[0, np.nan], [0, 0]]), [0, 1], {}, "neuron 1 has the value nan"),
        (np.zeros((2, 2)), [0, 1], {"probe": "forest"}, "probe is 'linear' or 'mlp', not 'forest'"),
        (np.zeros((2, 2)), [0, 1], {"units": "nats"}, "units is 'bits' or 'mixed', not 'nats'"),
    ],
)
def test_what_has_no_code_is_refused(features: Any, labels: Any, other: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        online_code(features, labels, **other)


def outputs(groups: Any) -> Outputs:
    features, labels = told(400)
    by_tap = {"first": noise(400)[0].astype(np.float32), "last": features.astype(np.float32)}
    history = History(1, (1.0,), (1.0,), "loss")
    return Outputs("made", Activations(by_tap), np.zeros((400, 2), np.float32), labels, groups, history)


def test_the_metric_is_of_the_groups_at_every_tap_and_its_headline_the_last() -> None:
    labels = told(400)[1]
    value = METRICS["compression"].compute(outputs(labels))
    assert not METRICS["compression"].higher_is_better
    assert value.value == value.per_tap["last"] > 1.2 > value.per_tap["first"]
    assert value.details["uniform_bits"] == 400
    assert value.details["online_bits"]["last"] == pytest.approx(400 / value.value)
    assert value.standard_error is not None
    assert value.by_example is not None
    assert value.by_example.mean() == pytest.approx(value.value)
    with pytest.raises(ValueError, match="have no groups"):
        METRICS["compression"].compute(outputs(None))
    assert METRICS["compression"].compute(outputs(np.zeros(400, int))).reason == "all examples are of one group"


def test_published_and_own_units_differ_by_ln_2() -> None:
    features, labels = told()
    own, mixed = (online_code(features, labels, units=units).online_bits for units in ("bits", "mixed"))
    assert mixed - 40 == pytest.approx((own - 40) * log(2))


def test_by_chance_is_what_the_labels_alone_tell_of_the_groups() -> None:
    """The last tap tells labels and groups; groups permuted inside labels leave what labels say of groups."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 2, 400)
    for agreeing, low, high in ((0.5, 0.7, 1.05), (0.95, 1.5, 3.0)):
        groups = np.where(generator.random(400) < agreeing, labels, 1 - labels)
        features = 4.0 * np.column_stack([labels, groups]) + generator.normal(size=(400, 2))
        given = replace(outputs(groups), labels=labels, activations=Activations({"last": features.astype(np.float32)}))
        value = METRICS["compression"].compute(given)
        assert low < value.by_chance < high < value.value
        assert METRICS["compression"].compute(given).by_chance == value.by_chance
