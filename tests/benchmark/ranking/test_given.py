"""What may be ranked, and what is refused in one line that names the network, the tap and the neuron."""

from typing import Any

import numpy as np
import pytest
import torch

from benchmark.ranking.given import examples_of, in_order, networks
from registry import UserError

DRAWN = np.random.default_rng(0).normal(size=(3, 20, 4))
A, B = DRAWN[0], DRAWN[1]


def test_arrays_tensors_and_lists_are_float32_matrices_by_tap() -> None:
    found = networks({"a": A, "b": torch.from_numpy(B), "c": {"fc1": DRAWN[2].tolist(), "fc2": A[:, :1]}})
    assert [list(one.by_tap) for one in found.values()] == [["activations"], ["activations"], ["fc1", "fc2"]]
    assert {matrix.dtype for one in found.values() for matrix in one.by_tap.values()} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(found["b"].by_tap["activations"], B.astype(np.float32))
    assert examples_of(found["c"]) == 20


def changed(where: tuple[int, int], value: float) -> Any:
    array = A.copy()
    array[where] = value
    return array


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "a ranking needs 2 networks or more, got 0"),
        ({"a": A}, "a ranking needs 2 networks or more, got 1"),
        ([A, B], "networks are given by name, as {'a': one, 'b': another}, not as list"),
        ({"a": A, "": B}, "a network's name is a text, not ''"),
        ({"a": A, 3: B}, "a network's name is a text, not 3"),
        ({"a": A, "b": {}}, "network 'b' has no tap"),
        ({"a": A, "b": A}, "'a' and 'b' are the same network: all their activations are equal"),
        ({"a": A, "b": B[:19]}, "'a' has 20 examples and 'b' 19: read all networks on the same ones"),
        ({"a": A, "b": {"x": B, "y": B[:5]}}, "network 'b': tap 'x' has 20 examples and tap 'y' 5"),
        ({"a": A, "b": B[:, :1]}, "network 'b' has one neuron at each tap: mutual information needs two"),
        ({"a": A, "b": B[:, :0]}, r"has the shape \(20, 0\): nothing was read"),
        ({"a": A, "b": B[:, 0]}, r"has the shape \(20,\), not \(examples, neurons\): leave it out"),
        ({"a": A, "b": np.zeros((20, 2, 3, 3))}, r"has the shape \(20, 2, 3, 3\), not \(examples, neurons\)"),
        (
            {"b": B, "a": changed((7, 2), np.nan)},
            "tap 'activations', neuron 2: activation nan on example 7",
        ),
        ({"b": B, "a": changed((7, 2), 1e300)}, r"neuron 2: activation 1e\+300 on example 7"),
        ({"a": A, "b": [["x", "y"]] * 20}, "network 'b', tap 'activations'"),
        ({"a": A, "b": {1: A, "1": B}}, "network 'b': two taps have one name as texts: 1, '1'"),
        ({"a": A, "b": A + 1j}, "activations are numbers, not complex128"),
    ],
)
def test_what_cannot_be_ranked_is_one_line(given: Any, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        networks(given)
    assert "\n" not in str(caught.value)


def test_taps_of_one_name_stand_at_one_place() -> None:
    found = networks({"a": {"fc1": A, "fc2": B}, "b": {"fc2": A, "fc1": B}})
    assert list(found["b"].by_tap) == ["fc1", "fc2"]
    np.testing.assert_array_equal(found["b"].by_tap["fc2"], A.astype(np.float32))
    assert in_order(found["b"], ["others"]) is found["b"]


def test_what_float32_would_round_away_is_kept_and_bfloat16_is_read() -> None:
    far = networks({"a": 1e-3 * A + 1e5, "b": B})["a"].by_tap["activations"]
    np.testing.assert_allclose((far - far.mean()) / far.std(), (A - A.mean()) / A.std(), atol=1e-3)
    half = networks({"a": torch.from_numpy(A).bfloat16(), "b": B})["a"].by_tap["activations"]
    np.testing.assert_allclose(half, A, rtol=0.01)
