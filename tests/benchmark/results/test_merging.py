"""Runs as one, in memory: parts give the whole, what differs in how it was measured is refused, no result is lost."""

from copy import deepcopy
from typing import Any

import pytest
from made_runs import Parts, made, without

from benchmark.results.merging import merged
from registry import UserError


@pytest.fixture(scope="module")
def whole() -> Parts:
    """The plan toy with two seeds."""
    return made("seeds=[0, 1]")


def joined(*parts: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    return merged([(f"run{number}", *one) for number, one in enumerate(parts)])


def halves(whole: Parts) -> tuple[Parts, Parts]:
    """Every other network, and the others."""
    networks = sorted({cell["train"] for cell in whole[0]["cells"]})
    return without(whole, set(networks[::2])), without(whole, set(networks[1::2]))


def test_halves_in_either_order_give_the_cells_and_records_of_the_whole(whole: Parts) -> None:
    one, other = halves(whole)
    for parts in ((one, other), (other, one), (one, whole), (whole,)):
        plan, records = joined(*parts)
        assert plan["cells"] == whole[0]["cells"]
        assert plan["entries"] == whole[0]["entries"]
        assert records == whole[1]


def test_the_one_plan_names_all_and_keeps_the_parts(whole: Parts) -> None:
    other = made("seeds=[0, 1]", "name=mine", "limit=50")
    plan, _ = joined(whole, other, whole)
    assert plan["plan"]["name"] == "toy+mine"
    assert plan["plan"]["limit"] == 50
    assert [part["plan"] for part in plan["parts"]] == [whole[0]["plan"], other[0]["plan"], whole[0]["plan"]]


@pytest.mark.parametrize(
    ("override", "place"),
    [
        ("estimator.mi.k=5", "estimator.mi.k is 3 and 5"),
        ("estimator={mi: {kind: binned}}", "estimator.mi"),
        ("hypotheses=[mean-mi]", "hypotheses is"),
    ],
)
def test_runs_that_measure_differently_are_not_joined(override: str, place: str, whole: Parts) -> None:
    with pytest.raises(UserError) as caught:
        joined(whole, made("seeds=[2]", override))
    assert str(caught.value).startswith(f"run0 and run1 cannot be one board: {place}")
    assert str(caught.value).endswith("with the settings and the version of memorank of the other")


def test_nor_are_those_of_other_versions_or_another_code_of_a_measure(whole: Parts) -> None:
    newer = deepcopy(whole)
    for record in newer[1].values():
        if record["work"] == "score":
            record["identity"]["measures"]["mean-mi"] = 99
    with pytest.raises(UserError, match=r"the version of measure mean-mi is 1 and 99; nothing written"):
        joined(whole, newer)
    foreign = [deepcopy(whole), deepcopy(whole)]
    for number, (_, records) in enumerate(foreign):
        for record in records.values():
            if record["work"] == "score":
                record["identity"]["sources"] = {"measure mine": f"digest{number}"}
    with pytest.raises(UserError, match=r"the code of measure mine is 'digest0' and 'digest1'; nothing written"):
        joined(*foreign)


def test_one_network_with_two_results_is_refused_and_where_it_was_made_does_not_count(whole: Parts) -> None:
    other = deepcopy(whole)
    score = next(key for key, record in other[1].items() if record["work"] == "score")
    other[1][score]["provenance"]["seconds"] = 99.0
    assert joined(whole, other)[1] == whole[1]  # the first one's
    other[1][score]["measures"]["mean-mi"]["value"] += 1e-9
    with pytest.raises(UserError, match=r"is not the same in run0 and run1: measures\.mean-mi\.value is "):
        joined(whole, other)


def test_a_condition_that_only_one_run_has_is_a_gap_in_the_other(whole: Parts) -> None:
    more = made("seeds=[2]", "suites.0.conditions=[0.25]")
    plan, records = joined(whole, more)
    assert plan["entries"][0]["conditions"] == [0.0, 0.25, 0.5, 1.0]
    assert plan["entries"][0]["seeds"] == [0, 1, 2]
    assert len(records) == len(plan["cells"]) == len(whole[1]) + len(more[1])
    spurious = [cell for cell in plan["cells"] if cell["entry"] == 0 and cell["work"] == "train"]
    assert {(cell["condition"], cell["seed"]) for cell in spurious} == {
        *((condition, seed) for condition in (0.0, 0.5, 1.0) for seed in (0, 1)),
        (0.25, 2),
    }
    assert [cell["condition"] for cell in spurious] == sorted(cell["condition"] for cell in spurious)


def test_measures_over_several_networks_are_not_joined_where_another_run_has_more_of_their_suite() -> None:
    over = "measures=[mean-mi, consensus]"
    parts = [made(f"seeds=[{seed}]", over) for seed in (0, 1)]
    for _, records in parts:
        for record in records.values():
            if "measures" in record:
                record["identity"]["peers"] = {"candidates": "0123"}
    with pytest.raises(UserError, match="run0 has measures over several networks of toy-spurious"):
        joined(*parts)
    assert joined(parts[0])[1] == parts[0][1]


def test_runs_of_other_widths_are_one_entry_with_the_default_beside_them() -> None:
    def of(width: str) -> Parts:
        return made("seeds=[0]", f"suites=[{{suite: toy-spurious, family: mlp-16-16, training: {{width: {width}}}}}]")

    plan, _ = joined(of("16"), of("5"), of("[5, 16]"))
    assert len(plan["entries"]) == 1
    assert plan["entries"][0]["options"] == {"width": 16, "depth": 2, "drop_out": 0.0}
    recipes = plan["entries"][0]["recipes"]
    assert [(one["label"], one.get("options")) for one in recipes] == [("w16", None), ("w5", {"width": 5})]
    assert len({cell["train"] for cell in plan["cells"]}) == 2 * 3  # widths and conditions
