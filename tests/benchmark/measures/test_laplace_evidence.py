"""The evidence against Laplace's form: with a Hessian by automatic differentiation, and with a Kronecker product."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from made_readings import number, read, value
from scipy.special import softmax
from torch.nn.functional import cross_entropy

NAME = "laplace-evidence"
GENERATOR = np.random.default_rng(0)
Arrays = dict[str, Any]


def last_layer(features: np.ndarray, weight: np.ndarray, labels: np.ndarray, bias: np.ndarray | None = None) -> Arrays:
    logits = features @ weight.T + (0 if bias is None else bias)
    taken = {"features": features, "logits": logits, "labels": labels, "weight": weight}
    return taken if bias is None else taken | {"bias": bias}


def largest(log_evidence: Callable[[float], float]) -> float:
    """Over precisions of the prior that are a hundred in a decade."""
    return max(map(log_evidence, np.logspace(-4, 4, 801)))


def logistic_regression() -> Arrays:
    """Of two classes: only the first input, which is -1 or 1, has a weight, so all are equally sure."""
    features = np.column_stack([GENERATOR.choice([-1.0, 1.0], 30), GENERATOR.normal(size=(30, 2))])
    labels = np.where(GENERATOR.random(30) < 0.9, features[:, 0] < 0, features[:, 0] > 0).astype(int)
    return last_layer(features, np.array([[1.2, 0, 0], [-1.2, 0, 0]]), labels)


def same_inputs() -> Arrays:
    """Of three classes with a bias: all examples have the same inputs, and labels that differ."""
    features = np.repeat(GENERATOR.normal(size=(1, 4)), 25, axis=0)
    return last_layer(features, GENERATOR.normal(size=(3, 4)), np.arange(25) % 3, GENERATOR.normal(size=3))


@pytest.mark.parametrize("make", [logistic_regression, same_inputs])
def test_it_is_the_form_of_laplace_with_the_hessian_by_automatic_differentiation(make: Callable[[], Arrays]) -> None:
    taken = make()
    features, labels = torch.from_numpy(taken["features"]), torch.from_numpy(taken["labels"])
    weight = torch.from_numpy(taken["weight"])
    if "bias" in taken:
        features = torch.cat([features, torch.ones(len(features), 1)], 1)
        weight = torch.cat([weight, torch.from_numpy(taken["bias"])[:, None]], 1)

    def loss(flat: torch.Tensor) -> torch.Tensor:
        return cross_entropy(features @ flat.reshape(weight.shape).T, labels, reduction="sum")

    mode = weight.flatten()
    hessian = torch.autograd.functional.hessian(loss, mode)

    def log_evidence(precision: float) -> float:
        prior = torch.distributions.Normal(0.0, torch.tensor(precision, dtype=torch.float64) ** -0.5)
        joint = -loss(mode) + prior.log_prob(mode).sum()
        curvature = hessian + precision * torch.eye(len(mode), dtype=torch.float64)
        return float(joint + len(mode) / 2 * np.log(2 * np.pi) - torch.logdet(curvature) / 2) / len(labels)

    found = value(NAME, read(last_layer=taken))
    assert found.value == pytest.approx(log_evidence(found.details["prior-precision"]), rel=1e-9)  # type: ignore[arg-type]
    assert found.value == pytest.approx(largest(log_evidence), abs=1e-3)
    assert 1e-3 < found.details["prior-precision"] < 1e3  # type: ignore[operator]


def test_otherwise_the_curvature_is_the_kronecker_product_of_both_means_times_the_number_of_examples() -> None:
    taken = last_layer(*(GENERATOR.normal(size=shape) for shape in ((40, 5), (3, 5))), np.arange(40) % 3, np.ones(3))
    predicted = softmax(taken["logits"], axis=1)
    inputs = np.column_stack([taken["features"], np.ones(40)])
    behind = np.mean([np.diag(one) - np.outer(one, one) for one in predicted], axis=0)
    curvature = 40 * np.kron(behind, np.mean([np.outer(one, one) for one in inputs], axis=0))
    squares = (taken["weight"] ** 2).sum() + 3
    loss = -np.log(predicted[range(40), taken["labels"]]).sum()

    def log_evidence(precision: float) -> float:
        grown = np.linalg.slogdet(np.eye(18) + curvature / precision)[1]
        return float(-loss - precision * squares / 2 - grown / 2) / 40

    assert number(NAME, read(last_layer=taken)) == pytest.approx(largest(log_evidence), abs=1e-3)


def test_neither_rotated_nor_scaled_features_change_it_where_the_weights_follow() -> None:
    """A scale whose square is 10 moves the best precision by a decade, along the grid."""
    features, weight, labels = GENERATOR.normal(size=(50, 4)), GENERATOR.normal(size=(3, 4)), np.arange(50) % 3
    own = value(NAME, read(last_layer=last_layer(features, weight, labels)))
    turn = np.linalg.qr(GENERATOR.normal(size=(4, 4)))[0] * 10**0.5
    other = value(NAME, read(last_layer=last_layer(features @ turn, weight @ turn / 10, labels)))
    assert other.value == pytest.approx(own.value, rel=1e-9)
    assert other.details["prior-precision"] == pytest.approx(10 * own.details["prior-precision"])  # type: ignore[operator]


def test_labels_that_the_network_says_have_more_evidence_than_others() -> None:
    taken = same_inputs() | logistic_regression()
    taken.pop("bias")
    right = taken["logits"].argmax(axis=1)
    assert number(NAME, read(last_layer=taken | {"labels": right})) > number(NAME, read(last_layer=taken))


def test_the_loss_stands_in_the_details_and_is_less_than_the_evidence_takes() -> None:
    taken = logistic_regression()
    loss = -np.log(softmax(taken["logits"], axis=1)[range(30), taken["labels"]]).mean()
    found = value(NAME, read(last_layer=taken))
    assert found.details["loss"] == pytest.approx(loss, abs=1e-12)
    assert found.value is not None
    assert found.value < -loss
