"""How networks were read: said once for those that were read alike, and by their names for others."""

import pytest
from made_rankings import made_ranking

from leaderboard.pages.tables.ranking_ways import fewer, ways_of_reading


def test_of_activations_that_were_given_only_what_fewer_examples_would_do_is_said() -> None:
    content = made_ranking()
    assert ways_of_reading(content) == fewer(content)
    content["fewer"] = {"mean-mi": 0.01234, "mean-entropy": -0.5}
    assert fewer(content) == ["on half of the examples: mean MI +0.0123, mean entropy -0.500 (mean of the networks)"]
    content["fewer"] = {}
    assert fewer(content) == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (("one", "one", "one"), ["one"]),
        (("one", "one", "other"), ["a, b: one", "c: other"]),
        (("one", "", ""), ["one"]),
    ],
)
def test_networks_are_named_where_they_were_not_all_read_alike(how: tuple[str, ...], said: list[str]) -> None:
    content = made_ranking()
    for row, own in zip(content["networks"], how, strict=True):
        row["how"] = own
    assert ways_of_reading(content)[:-1] == said
