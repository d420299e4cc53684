"""What figures are drawn from: quantiles and densities, held against numpy on the single values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_boards import records, resolved

from benchmark.information.summary import summary
from leaderboard.rows.assembly import build_board
from leaderboard.rows.figures import STEPS, box, mi_density


def histogram(values: np.ndarray, bins: int = 40) -> dict:
    counts, edges = summary(values).histogram(bins)
    return {"counts": counts.tolist(), "first": float(edges[0]), "last": float(edges[-1])}


def with_taps(found: dict, neurons: int = 12) -> dict:
    """The records with what scoring keeps of each tap; MI rises with the condition."""
    for key, record in found.items():
        if "measures" in record:
            condition = float(key.split(".", 1)[1][:3])
            generator = np.random.default_rng(int(100 * condition))
            record["taps"] = {
                tap: {
                    "entropy": (3 - condition + generator.normal(0, 0.1, neurons)).tolist(),
                    "mi_histogram": histogram(generator.gamma(2, 0.1 + condition / 5, 66) - 0.05),
                }
                for tap in ("first", "last")
            }
    return found


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=60))
def test_a_box_is_what_numpy_says_and_its_whiskers_are_values_within_reach(values: list[float]) -> None:
    found = box(values)
    assert found is not None
    q1, median, q3 = np.quantile(values, (0.25, 0.5, 0.75))
    assert (found["q1"], found["median"], found["q3"]) == pytest.approx((q1, median, q3))
    inside = [value for value in values if q1 - 1.5 * (q3 - q1) <= value <= q3 + 1.5 * (q3 - q1)]
    assert (found["low"], found["high"]) == (min(inside), max(inside))
    assert found["neurons"] == len(values)
    assert (found["notch"] is None) == (len(values) < 10)


def test_there_is_no_box_and_no_density_of_nothing() -> None:
    assert box([]) is None
    assert mi_density([], 1.0) is None
    assert mi_density([{"counts": [0, 0], "first": -0.5, "last": 0.5}], 0.5) is None


def test_a_density_holds_the_share_of_the_pairs_that_it_reaches_over() -> None:
    values = np.random.default_rng(0).gamma(2, 0.2, 4000) - 0.05
    found = mi_density([histogram(values[:1500]), histogram(values[1500:])], 1.0)
    assert found is not None
    assert len(found["density"]) == STEPS
    assert found["pairs"] == 4000
    assert sum(found["density"]) / STEPS == pytest.approx((values < 1.0).mean(), abs=0.003)
    assert found["below_zero"] == pytest.approx((values < 0).mean(), abs=0.01)
    middle = np.histogram(values, 4, (0.0, 1.0))[0] / 4000
    assert np.reshape(found["density"], (4, 16)).sum(axis=1)[1:] / STEPS == pytest.approx(middle[1:], abs=0.01)
    assert min(found["density"]) >= 0


def test_all_models_of_a_suite_share_the_steps_of_a_tap_and_keep_their_order() -> None:
    plan = resolved()
    rows = build_board(plan, with_taps(records(plan)))["figures"]["taps"]
    assert len(rows) == 2 * 3 * 2  # suites, conditions, taps; one kind of inputs
    own = [row for row in rows if (row["suite"], row["tap"]) == ("colored", "last")]
    assert [row["condition"] for row in own] == [0.0, 0.5, 1.0]
    assert len({row["mi"]["last"] for row in own}) == 1
    assert {row["entropy"]["neurons"] for row in own} == {24}  # of two seeds
    medians = [row["entropy"]["median"] for row in own]
    assert medians == sorted(medians, reverse=True)


def test_a_model_without_records_has_a_row_without_numbers() -> None:
    plan = resolved()
    found = with_taps(records(plan))
    for key in [key for key in found if key.startswith("colored.0.5")]:
        del found[key]
    rows = [row for row in build_board(plan, found)["figures"]["taps"] if row["suite"] == "colored"]
    assert [(row["entropy"], row["mi"]) for row in rows if row["condition"] == 0.5] == [(None, None)] * 2


def test_records_without_taps_have_no_rows() -> None:
    plan = resolved()
    assert build_board(plan, records(plan))["figures"]["taps"] == []
