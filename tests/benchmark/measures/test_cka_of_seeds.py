"""Linear CKA against its form by centred Gram matrices; what leaves it as it is; where it is 0, 1 and undefined."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import outputs

from benchmark.estimator import Settings
from benchmark.measures.cka_of_seeds import compute_first, compute_last
from benchmark.types import Value

GENERATOR = np.random.default_rng(0)


def drawn(*shape: int) -> np.ndarray:
    return GENERATOR.normal(size=shape) + 3


def seeds(*networks: tuple[np.ndarray, ...]) -> tuple[Value, Value]:
    """First and last tap of the first network, whose peers the others are."""
    own, *others = (outputs(*matrices, key=f"n{place}") for place, matrices in enumerate(networks))
    given = replace(own, peers=tuple(others))
    return compute_first(given, Settings()), compute_last(given, Settings())


def by_gram(a: np.ndarray, b: np.ndarray) -> float:
    """Kornblith et al. 2019, equation 3, with the linear kernel."""
    a, b = (one.astype(np.float32).astype(float) for one in (a, b))
    centring = np.eye(len(a)) - 1 / len(a)
    k, el = a @ a.T, b @ b.T

    def hsic(one: np.ndarray, two: np.ndarray) -> float:
        return float(np.trace(one @ centring @ two @ centring))

    return hsic(k, el) / np.sqrt(hsic(k, k) * hsic(el, el))


@pytest.mark.parametrize("width", [3, 80])
def test_it_is_that_of_centred_gram_matrices_averaged_over_the_seeds(width: int) -> None:
    networks = [(drawn(50, width), drawn(50, width)) for _ in range(3)]
    first, last = seeds(*networks)
    own, *others = networks
    assert first.value == pytest.approx(np.mean([by_gram(own[0], other[0]) for other in others]), rel=1e-9)
    assert last.value == pytest.approx(np.mean([by_gram(own[1], other[1]) for other in others]), rel=1e-9)


@pytest.mark.parametrize("width", [4, 60])
def test_rotation_shift_and_one_scale_change_nothing_and_a_scale_for_one_neuron_does(width: int) -> None:
    a = drawn(40, width)
    rotation = np.linalg.qr(drawn(width, width))[0]
    assert seeds((a,), (50 * a @ rotation - 7,))[0].value == pytest.approx(1, abs=1e-5)
    scaled = a.copy()
    scaled[:, 0] *= 1000
    assert seeds((a,), (scaled,))[0].value < 0.9


def test_it_is_0_where_nothing_is_linearly_related() -> None:
    wave = 2 * np.pi * np.arange(64)[:, None] / 64
    assert seeds((np.sin(wave * [1, 2]),), (np.sin(wave * [3, 4, 5]),))[0].value == pytest.approx(0, abs=1e-12)


def test_it_is_mutual() -> None:
    a, b = drawn(30, 5), drawn(30, 7)
    assert seeds((a,), (b,))[0].value == pytest.approx(seeds((b,), (a,))[0].value, rel=1e-12)


def test_huge_activations_are_no_infinity() -> None:
    a = drawn(30, 5)
    assert seeds((1e30 * a,), (1e-30 * a,))[0].value == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("dead", [0, 1])
def test_a_constant_tap_is_undefined_and_the_other_tap_is_not(dead: int) -> None:
    networks = [(drawn(30, 4), drawn(30, 4)), (drawn(30, 4), drawn(30, 4))]
    networks[dead] = (np.full((30, 4), 0.1), networks[dead][1])
    first, last = seeds(*networks)
    assert (first.value, first.reason) == (None, "tap tap0 is constant in the network or in one of another seed")
    assert last.value is not None
