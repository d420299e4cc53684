"""The sides of a comparison: records, a bare board and the paper say the same where they know the same."""

import pytest
from made_comparisons import agreement_of, board_part, part, run

from leaderboard.rows.comparison_parts import PAPER, Stated, part_of_paper
from registry import SUITES


def test_records_give_every_network_and_the_keys_of_all() -> None:
    made = run([3, 4], conditions=[0.0, 1.0])
    side = part(made, "mine")
    assert (side.said, side.holds, side.networks, len(side.keys)) == ("mine", "records", 8, 8)
    (colored, _) = side.suites
    assert (colored.suite, colored.group, colored.seeds) == ("colored", "data-colored", (3, 4))
    number = colored.models["", "evaluation", "tap", 1.0].numbers["measure", "mean-mi"]
    assert number.by_seed == tuple(
        made[1][f"colored.1.0.s{seed}-00.0.evaluation"]["measures"]["mean-mi"]["value"] for seed in (3, 4)
    )
    assert colored.made["data_fingerprint"] == "f" * 64
    assert side.hypotheses == ("mean-mi",)
    assert colored.taus == {}


def test_a_board_gives_the_means_and_errors_of_its_records_and_no_network() -> None:
    made = run(range(3))
    whole, bare = part(made), board_part(made)
    assert (bare.holds, bare.networks, bare.keys) == ("board", whole.networks, frozenset())
    for one, other in zip(whole.suites, bare.suites, strict=True):
        assert one.models.keys() == other.models.keys()
        for place, seen in one.models.items():
            for name, number in seen.numbers.items():
                bare_number = other.models[place].numbers[name]
                assert bare_number.by_seed == ()
                assert (bare_number.mean, bare_number.error) == (number.mean, number.error)


def test_a_board_states_taus_with_the_measure_as_it_is() -> None:
    """Mean MI rises with memorization: against shortcuts low is good, so that its tau is +1 and here -1."""
    made = run(range(5), noise=0.001)
    bare = board_part(made)
    (row, *_) = [row for row in agreement_of(made) if row["measure"] == "mean-mi"]
    assert (row["tau"], row["sign"]) == (1.0, -1)
    stated = bare.suites[0].taus["", "evaluation", "tap", "accuracy", "mean-mi"]
    assert stated == Stated(-1.0, 5, -1.0, -1.0)


def test_the_paper_states_what_the_registry_has_of_it() -> None:
    side = part_of_paper(PAPER)
    assert side.holds == "paper"
    assert {suite.suite for suite in side.suites} == {name for name in SUITES if SUITES[name].paper}
    count = 0
    for suite in side.suites:
        paper = SUITES[suite.suite].paper
        assert paper is not None
        assert (suite.data, suite.family) == (paper.data, paper.family)
        for (_, inputs, _, metric, measure), stated in suite.taus.items():
            sign = 1 if side.measures[measure]["better"][suite.kind] == "high" else -1
            assert inputs == "evaluation"
            assert stated.tau == pytest.approx(sign * paper.tau[metric][measure])
            assert (stated.low, stated.high) == (None, None)
            count += 1
    assert count == 14  # Table 2 has seven columns and two measures
