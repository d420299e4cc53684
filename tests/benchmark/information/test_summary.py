"""Summaries of many values: those of numpy, in any order and any parts."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from summary_contents import contents

from benchmark.information.summary import STEP, merged, summary


@settings(max_examples=150, deadline=None)
@example(np.array([5e-324, 0.0]), 0)
@given(arrays(np.float64, st.integers(1, 60), elements=st.floats(-20, 20)), st.integers(0, 60))
def test_a_summary_is_that_of_the_values(values: np.ndarray, cut: int) -> None:
    found = summary(values)
    assert found.mean == pytest.approx(values.mean(), abs=1e-12)
    assert (found.low, found.high, found.count) == (values.min(), values.max(), len(values))
    if len(values) > 1:
        assert found.deviation == pytest.approx(values.std(ddof=1), abs=2 * STEP)
    for share in (0.0, 0.05, 0.5, 0.95, 1.0):
        ends = [np.quantile(values, share, method=method) for method in ("lower", "higher")]
        assert ends[0] - STEP <= found.quantile(share) <= ends[1] + STEP
    counts, edges = found.histogram(7)
    assert counts.sum() == len(values)
    assert abs(np.histogram(values, edges)[0].cumsum()[:-1] - counts.cumsum()[:-1]).max() <= max(
        (abs(values - edge) <= STEP).sum() for edge in edges
    )
    assert contents(merged([summary(values[:cut]), summary(values[cut:])])) == contents(found)
    assert contents(summary(values[::-1])) == contents(found)


def test_a_sum_beyond_64_bits_is_exact() -> None:
    values = np.full(2_000_000, 19.0)
    values[:1000] = -1.0
    assert summary(values).mean == pytest.approx(values.mean(), abs=1e-12)


def test_of_no_values_nothing_is_known() -> None:
    found = summary(np.zeros(0), population=3)
    assert np.isnan([found.mean, found.deviation, found.standard_error, found.quantile(0.5)]).all()
    assert found.histogram(4)[0].tolist() == [0, 0, 0, 0]
    assert contents(merged([])) == contents(summary(np.zeros(0)))
