"""How networks were read: said once for those that were read alike, and by their names for others."""

import numpy as np
import pytest
from made_rankings import made_ranking

from benchmark.ranking.assembly import ranking_of
from leaderboard.pages.tables.ranking import PLUS_MINUS
from leaderboard.pages.tables.ranking_ways import fewer, ways_of_reading


def test_of_activations_that_were_given_only_what_fewer_examples_would_do_is_said() -> None:
    content = made_ranking()
    assert ways_of_reading(content) == [*fewer(content), PLUS_MINUS]
    content["fewer"] = {"mean-mi": 0.01234, "mean-entropy": -0.5}
    assert fewer(content) == [
        "with half as many examples the numbers would move: mean MI +0.0123, mean entropy -0.500 (mean of the networks)"
    ]
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
    assert ways_of_reading(content)[:-2] == said


def test_mean_mi_less_that_of_permuted_neurons_is_said_where_it_was_asked_for() -> None:
    generator = np.random.default_rng(0)
    given = {name: generator.normal(size=(60, 4)) for name in "ab"}
    assert not any("permuted" in sentence for sentence in ways_of_reading(ranking_of(given)))
    said = ways_of_reading(ranking_of(given, corrected=True))[-1]
    assert said.startswith("mean MI less that of permuted neurons: a ")
