"""Both sides of every race compute the same numbers. Which is faster depends on the processor and is not tested."""

from math import isfinite

import numpy as np
import pytest

from benchmark.performance.inputs import mixture
from benchmark.performance.races import Contest, binned_contest, entropy_contest, nearest_contest, timed


def of_unit_variance(samples: int, neurons: int) -> np.ndarray:
    """scikit-learn divides by the standard deviation before it looks for neighbours."""
    matrix = mixture(samples, neurons)
    return matrix / matrix.std(axis=0)


@pytest.mark.parametrize(
    "contest",
    [
        nearest_contest("", of_unit_variance(200, 12), ties="plain"),
        binned_contest("", mixture(60, 12), 5),
        entropy_contest("", mixture(60, 12)),
    ],
    ids=lambda contest: contest.work,
)
def test_an_estimator_and_its_reference_compute_the_same_numbers(contest: Contest) -> None:
    ours, theirs = contest.shared(contest.ours()), contest.theirs()
    assert len(theirs) == 8
    assert len(set(theirs)) > 4
    np.testing.assert_allclose(ours, theirs, atol=1e-9)
    race = timed(contest)
    assert isfinite(race.ratio)
    assert race.work == contest.work
