"""The measures beside an anchor: each compares one that there is, in its direction, with one of two anchors."""

import pytest

from benchmark.measures import MEASURES
from benchmark.measures.anchored import MEASURES as ANCHORED


@pytest.mark.parametrize("measure", ANCHORED, ids=lambda measure: measure.name)
def test_a_measure_points_the_same_way_as_the_one_that_is_anchored(measure) -> None:
    anchored = measure.anchored
    assert measure.better == MEASURES[anchored.of].better
    assert measure.needs == ("anchors",)
    assert not measure.placebo


def test_the_two_measures_have_each_anchor_once_entropy_as_a_difference_and_mi_as_a_ratio() -> None:
    assert {(one.anchored.of, one.anchored.by, one.anchored.to) for one in ANCHORED} == {
        ("mean-entropy", "difference", "own"),
        ("mean-entropy", "difference", "first"),
        ("mean-mi", "ratio", "own"),
        ("mean-mi", "ratio", "first"),
    }
    assert [one.name.endswith("-first") for one in ANCHORED] == [one.anchored.to == "first" for one in ANCHORED]
