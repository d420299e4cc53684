"""ALine-D against a system of equations by loops; what it is on the held-out examples themselves; who is compared."""

from dataclasses import replace
from itertools import combinations
from statistics import NormalDist

import numpy as np
import pytest
from made_peers import with_logits
from made_readings import one_hot

from benchmark.estimator import Settings
from benchmark.measures.agreement_on_the_line import compute
from benchmark.types import Outputs, Taken, Value

NAME = "held-out-as-given"


def drawn(accuracy: list[float], examples: int, seed: int, classes: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Labels, and the answers (Q, S) of networks that are right with these chances."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, classes, examples)
    wrong = (labels + generator.integers(1, classes, (len(accuracy), examples))) % classes
    return labels, np.where(generator.random(wrong.shape) < np.array(accuracy)[:, None], labels, wrong)


def given(inputs: np.ndarray, held_out: np.ndarray, labels: np.ndarray, own: int = 0) -> Outputs:
    """Network `own` beside the others; each answers (Q, S) on the inputs and (Q, H) on the held-out examples."""
    made = with_logits([one_hot(one, 3) for one in inputs], own)

    def read(one: Outputs, **labelled: np.ndarray) -> Outputs:
        logits = one_hot(held_out[int(one.key[1:])], 3)
        return replace(one, readings={NAME: Taken("network", {"logits": logits, **labelled})})

    return replace(read(made, labels=labels), peers=tuple(map(read, made.peers)))


def of(inputs: np.ndarray, held_out: np.ndarray, labels: np.ndarray, own: int = 0) -> Value:
    return compute(given(inputs, held_out, labels, own), Settings())


LABELS, HELD = drawn([0.9, 0.8, 0.75, 0.6, 0.5], 90, seed=0)
INPUTS = drawn([0.8, 0.75, 0.6, 0.55, 0.45], 120, seed=1)[1]


def by_loops(inputs: np.ndarray, held_out: np.ndarray, labels: np.ndarray) -> list[float]:
    """The paper's system of equations, one for each pair, by a solver of least squares."""
    normal = NormalDist()

    def probit(one: np.ndarray, other: np.ndarray) -> float:
        return normal.inv_cdf(min(max(float(np.mean(one == other)), 0.5 / len(one)), 1 - 0.5 / len(one)))

    pairs = list(combinations(range(len(inputs)), 2))
    points = [(probit(held_out[i], held_out[j]), probit(inputs[i], inputs[j])) for i, j in pairs]
    slope = np.polyfit(*np.array(points).T, 1)[0]
    matrix, right = np.zeros((len(pairs), len(inputs))), np.zeros(len(pairs))
    for row, ((i, j), (before, now)) in enumerate(zip(pairs, points, strict=True)):
        matrix[row, [i, j]] = 0.5
        source = (probit(held_out[i], labels) + probit(held_out[j], labels)) / 2
        right[row] = now + slope * (source - before)
    return [normal.cdf(one) for one in np.linalg.lstsq(matrix, right, rcond=None)[0]]


@pytest.mark.parametrize("networks", [3, 5])
def test_it_solves_the_equations_of_all_pairs(networks: int) -> None:
    parts = INPUTS[:networks], HELD[:networks], LABELS
    expected = by_loops(*parts)
    assert len(set(expected)) == networks
    assert [of(*parts, own).value for own in range(networks)] == pytest.approx(expected, abs=1e-9)


def test_shares_of_all_and_of_none_stay_half_an_example_from_1_and_0() -> None:
    """Two networks agree everywhere, two nowhere."""
    held = np.array([LABELS, LABELS, (LABELS + 1) % 3, HELD[3]])
    inputs = np.array([INPUTS[0], INPUTS[0], (INPUTS[0] + 1) % 3, INPUTS[3]])
    found = [of(inputs, held, LABELS, own).value for own in range(4)]
    assert found == pytest.approx(by_loops(inputs, held, LABELS), abs=1e-9)


def test_on_the_held_out_examples_themselves_it_is_their_accuracy() -> None:
    for own in range(5):
        found = of(HELD, HELD, LABELS, own)
        assert found.value == pytest.approx(np.mean(HELD[own] == LABELS), abs=1e-9)
        assert found.details["slope"] == pytest.approx(1)
        assert found.details["correlation"] == pytest.approx(1)


def test_it_finds_accuracies_that_nobody_labelled() -> None:
    """Of networks that err independently, a wrong answer being any: agreement falls as accuracy does."""
    labels, held = drawn([0.95, 0.9, 0.85, 0.8, 0.75, 0.7], 4000, seed=2)
    truth, inputs = drawn([0.9, 0.82, 0.75, 0.68, 0.62, 0.56], 4000, seed=3)
    found = [of(inputs, held, labels, own).value for own in range(6)]
    assert found == pytest.approx((inputs == truth).mean(axis=1), abs=0.05)


def test_no_label_of_the_inputs_moves_it_and_neither_does_an_order() -> None:
    whole = given(INPUTS, HELD, LABELS, 2)
    expected = compute(whole, Settings())
    for labels in (np.zeros_like(whole.labels), 1 - whole.labels):
        assert compute(replace(whole, labels=labels), Settings()) == expected
    assert compute(replace(whole, peers=whole.peers[::-1]), Settings()) == expected
    assert compute(whole.at(np.random.default_rng(0).permutation(120)), Settings()) == expected


def test_networks_with_other_held_out_examples_are_left_out() -> None:
    whole = given(INPUTS, HELD, LABELS)
    some = replace(whole, peers=(replace(whole.peers[0], readings={}), *whole.peers[1:]))
    rest = [0, 2, 3, 4]
    found = compute(some, Settings())
    assert found.value == pytest.approx(by_loops(INPUTS[rest], HELD[rest], LABELS)[0], abs=1e-9)
    assert found.details["networks"] == 4
    alone = compute(replace(some, peers=some.peers[:2]), Settings())
    assert alone.reason == "fewer than two networks beside it have the same held-out examples"


def test_where_all_pairs_agree_alike_there_is_no_line() -> None:
    found = of(INPUTS[:3], np.tile(HELD[0], (3, 1)), LABELS)
    assert found.value is None
    assert found.reason == "all pairs of networks agree alike on the held-out examples: there is no line"


def test_where_all_are_right_on_every_held_out_example_it_is_from_the_inputs_alone() -> None:
    """Three networks are three equations: w of the first is the sum of its own two less the third."""
    found = [of(INPUTS[:3], np.tile(LABELS, (3, 1)), LABELS, own) for own in range(3)]
    normal = NormalDist()
    first, second, third = (normal.inv_cdf(np.mean(INPUTS[i] == INPUTS[j])) for i, j in ((0, 1), (0, 2), (1, 2)))
    expected = [first + second - third, first + third - second, second + third - first]
    assert [one.value for one in found] == pytest.approx([normal.cdf(one) for one in expected], abs=1e-9)
    assert found[0].details == {"networks": 3, "slope": None, "correlation": None}


def test_it_fails_where_networks_err_together_on_the_inputs() -> None:
    """Whoever was right there gives one answer here, which a coin makes right: they agree as before."""
    truth, together = drawn([0.5], 90, seed=4)
    inputs = np.where(HELD == LABELS, together, 2)
    for own in range(3):
        estimate = of(inputs, HELD, LABELS, own).value
        assert estimate is not None
        assert np.mean(inputs[own] == truth) + 0.1 < estimate
