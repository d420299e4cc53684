"""Who changes sides with whom when two boards are compared."""

from typing import Any

import numpy as np
import pytest
from made_comparisons import part, run

from benchmark.statistics.exchange import Stratum
from leaderboard.rows.comparison_pairs import paired
from leaderboard.rows.comparison_units import Units, groups, names_in, units_of, values_at

SHORT = [0.0, 1.0]


def units(a: tuple[Any, Any], b: tuple[Any, Any]) -> Units:
    return units_of(paired(part(a), part(b)))


def exchanged(found: Units) -> list[tuple[set[tuple[str, int]], set[tuple[str, int]]]]:
    """The sides of each stratum, by side and seed."""
    named = [(name[0], name[2]) for name in found.names]
    strata: list[Stratum] = [stratum for own in found.strata for stratum in own]
    return [({named[n] for n in one.a}, {named[n] for n in one.b}) for one in strata]


def test_other_seeds_are_exchanged_in_one_pool_for_each_group_of_data() -> None:
    found = units(run([0, 1], conditions=SHORT), run([2, 3, 4], conditions=SHORT))
    pool = ({("A", 0), ("A", 1)}, {("B", 2), ("B", 3), ("B", 4)})
    assert exchanged(found) == [pool, pool]
    assert found.group_of == (0, 1)


def test_suites_of_one_group_of_data_move_together() -> None:
    found = units(run([0], conditions=SHORT, data="digits"), run([1], conditions=SHORT, data="digits"))
    assert found.group_of == (0, 0)
    assert len(found.names) == 2
    assert found.of_pair(0) == found.of_pair(1) == [0, 1]


def test_a_seed_that_both_have_and_drew_alike_is_a_pair_and_the_others_a_pool() -> None:
    found = units(run([0, 1, 2], ["colored"], SHORT), run([1, 5], ["colored"], SHORT))
    assert exchanged(found) == [({("A", 1)}, {("B", 1)}), ({("A", 0), ("A", 2)}, {("B", 5)})]


def test_a_seed_of_other_data_is_no_pair() -> None:
    found = units(run([0, 1], ["colored"], SHORT), run([0, 1], ["colored"], SHORT, data="others"))
    assert exchanged(found) == [({("A", 0), ("A", 1)}, {("B", 0), ("B", 1)})]


def test_a_seed_with_fewer_conditions_changes_sides_with_none_that_has_more() -> None:
    resolved, records = run([0, 1], ["colored"], SHORT)
    resolved["cells"] = [cell for cell in resolved["cells"] if (cell["seed"], cell["condition"]) != (1, 1.0)]
    found = units((resolved, records), run([2, 3], ["colored"], SHORT))
    assert exchanged(found) == [({("A", 0)}, {("B", 2), ("B", 3)})]
    assert [name for name, stays in zip(found.names, found.stay, strict=True) if stays] == [("A", 0, 1)]


def test_groups_join_where_the_data_of_either_side_do() -> None:
    a = run([0], ["colored", "shuffled", "leaky"], SHORT)
    b = run([1], ["colored", "shuffled", "leaky"], SHORT)
    for number, group in enumerate(("digits", "digits", "table")):
        b[0]["entries"][number]["data_group"] = group
    assert groups(paired(part(a), part(b))) == (0, 0, 1)


def test_values_are_those_of_the_networks_and_a_missing_one_leaves_none_of_its_number() -> None:
    a, b = run([0, 1], ["colored"], SHORT), run([2], ["colored"], SHORT)
    b[1]["colored.1.0.s2-00.0.evaluation"]["measures"]["random"] |= {"value": None, "reason": "made so"}
    pairs = paired(part(a), part(b))
    found = units_of(pairs)
    read = pairs[0].reads[0]
    names = names_in(pairs[0], read)
    assert names == [("measure", "mean-mi"), ("measure", "random"), ("metric", "accuracy")]
    values = values_at(found, 0, pairs[0], read, names)
    assert values.shape == (3, 2, 3)
    by_name = dict(zip(found.names, values, strict=True))
    for side, made, seed in (("A", a, 0), ("A", a, 1), ("B", b, 2)):
        for column, condition in enumerate(SHORT):
            record = made[1][f"colored.{condition}.s{seed}-00.0.evaluation"]
            row = by_name[side, 0, seed][column]  # type: ignore[index]
            assert row[0] == record["measures"]["mean-mi"]["value"]
            assert row[2] == record["metrics"]["accuracy"]["value"]
    assert np.isnan(values[:, 1, 1]).all()
    assert np.isfinite(values[:, 0, 1]).all()


def test_a_number_that_one_side_lacks_is_not_compared() -> None:
    a, b = run([0], ["colored"], SHORT), run([1], ["colored"], SHORT)
    del b[0]["measures"]["random"]
    pair = paired(part(a), part(b))[0]
    assert [name for _, name in names_in(pair, pair.reads[0])] == ["mean-mi", "accuracy"]


@pytest.mark.parametrize("seeds", [[0], [0, 1]])
def test_a_run_with_itself_is_all_pairs(seeds: list[int]) -> None:
    found = units(run(seeds, conditions=SHORT), run(seeds, conditions=SHORT))
    assert exchanged(found) == 2 * [({("A", seed)}, {("B", seed)}) for seed in seeds]
