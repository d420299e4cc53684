"""Which suites and recipes of two sides stand beside each other."""

from typing import Any

from made_comparisons import part, run

from leaderboard.rows.comparison_pairs import only_one_has, paired
from leaderboard.rows.comparison_parts import PAPER, Part, part_of_paper


def names(a: Part, b: Part) -> list[tuple[str, str, str]]:
    return [(pair.a.suite, pair.b.data, pair.b.family) for pair in paired(a, b)]


def side(*suites: str, **changes: Any) -> Part:
    return part(run([0, 1], suites, [0.0, 1.0], **changes))


def test_suites_are_paired_by_name_data_and_family_in_the_order_of_a() -> None:
    a, b = side("colored", "shuffled", "leaky"), side("leaky", "long", "colored")
    assert names(a, b) == [("colored", "data-colored", "mlp"), ("leaky", "data-leaky", "mlp")]
    assert only_one_has(a, b, paired(a, b)) == [
        {"side": "A", "suite": "shuffled", "data": "data-shuffled", "family": "mlp"},
        {"side": "B", "suite": "long", "data": "data-long", "family": "mlp"},
    ]


def test_a_suite_with_another_family_or_other_data_is_paired_where_there_is_no_nearer_one() -> None:
    assert names(side("colored"), side("colored", family="cnn")) == [("colored", "data-colored", "cnn")]
    assert names(side("colored"), side("colored", data="others")) == [("colored", "others", "mlp")]
    both = run([0], ["colored", "colored"], [0.0, 1.0])
    both[0]["entries"][1]["family"] = "cnn"
    assert names(side("colored", family="cnn"), part(both)) == [("colored", "data-colored", "cnn")]
    both[0]["entries"][0]["family"] = "vit"
    assert names(side("colored"), part(both)) == []  # which of the two is meant is not known


def test_recipes_are_one_by_their_training_whatever_they_are_called() -> None:
    slow, fast = ({"learning_rate": rate} for rate in (0.1, 0.2))
    a = side("colored", recipes={"slow": slow, "fast": fast})
    b = side("colored", recipes={"": fast})
    (pair,) = paired(a, b)
    assert pair.reads == ((("fast", "evaluation", "tap"), ("", "evaluation", "tap")),)


def test_one_recipe_on_each_side_is_compared_though_it_trains_otherwise() -> None:
    a = side("colored", recipes={"": {"learning_rate": 0.1}})
    b = side("colored", recipes={"": {"learning_rate": 0.2}})
    assert len(paired(a, b)[0].reads) == 1


def test_the_papers_recipe_is_the_first_and_its_scope_is_any() -> None:
    own = side("colored-mnist", recipes={"slow": {}, "fast": {}})
    assert [pair.reads for pair in paired(own, part_of_paper(PAPER))] == [
        ((("slow", "evaluation", "tap"), ("", "evaluation", "")),)
    ]
    assert [pair.reads for pair in paired(part_of_paper(PAPER), own)] == [
        ((("", "evaluation", ""), ("slow", "evaluation", "tap")),)
    ]


def test_draws_are_shared_where_data_and_sizes_are_the_same() -> None:
    assert paired(side("colored"), side("colored"))[0].shares_draws
    assert paired(side("colored"), side("colored", family="cnn"))[0].shares_draws
    assert not paired(side("colored"), side("colored", data="others"))[0].shares_draws
    for name in ("data_fingerprint", "train_examples", "data_seed", "limit", "suite_version"):
        resolved, records = run([0, 1], ["colored"], [0.0, 1.0])
        for record in records.values():
            record["identity"][name] = 7
        assert not paired(side("colored"), part((resolved, records)))[0].shares_draws, name


def test_conditions_are_those_that_both_have() -> None:
    a, b = part(run([0], ["colored"], [0.0, 0.5, 1.0])), part(run([0], ["colored"], [1.0, 0.25, 0.0]))
    assert paired(a, b)[0].conditions == (0.0, 1.0)
