"""A ranking in Python: its order, its DataFrames, its texts."""

import pytest
from made_rankings import made_ranking

from leaderboard.ranking import Ranking
from registry import UserError

RANKING = Ranking(made_ranking())


def test_order_and_ties_are_those_of_its_kind_and_without_a_kind_there_are_two() -> None:
    assert sorted(RANKING.ties[0]) == ["a", "b"]
    assert RANKING.ties[1] == ["c"]
    assert RANKING.order == [*RANKING.ties[0], "c"]
    both = Ranking(made_ranking(None))
    assert both.orders["example-level"][0] == ["c"]
    with pytest.raises(UserError, match="hangs on the kind of memorization: give kind, or look at orders"):
        _ = both.order


def test_scores_and_taps_are_data_frames_with_a_row_for_each_number() -> None:
    scores = RANKING.scores
    assert list(scores.columns) == [
        "network", "measure", "value", "error", "reason", "heuristic_first", "heuristic_last",
    ]  # fmt: skip
    assert len(scores) == 3 * 4
    mi = scores[scores.measure == "mean-mi"].set_index("network")
    assert mi.heuristic_first.to_dict() == {"a": 1, "b": 1, "c": 3}
    assert mi.value["c"] > mi.value[["a", "b"]].max()
    taps = RANKING.taps
    assert set(taps.tap) == {"activations"}
    assert taps[taps.measure == "mean-mi"].set_index("network").value.to_dict() == pytest.approx(mi.value.to_dict())


def test_what_is_returned_can_be_changed_without_changing_it() -> None:
    RANKING.ties[0].clear()
    RANKING.to_dict()["networks"].clear()
    assert len(RANKING.order) == len(RANKING.content["networks"]) == 3


def test_its_texts() -> None:
    assert repr(RANKING) == "<memorank.Ranking of 3 networks>"
    assert RANKING.summary(60).count("\n") > 6
    assert "<td>1-2, tied</td>" in RANKING._repr_html_()
    assert RANKING.warnings == []
