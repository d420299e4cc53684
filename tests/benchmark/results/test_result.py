"""Results: every cell in the plan's order, with its suite and the record that it has."""

from made_boards import records, resolved

from benchmark.results.result import results


def test_every_cell_has_its_suite_and_its_record_or_none() -> None:
    plan, there = resolved(), records(resolved())
    gone = plan["cells"][0]["key"]
    del there[gone]
    found = results(plan, there)
    assert [one.cell["key"] for one in found] == [cell["key"] for cell in plan["cells"]]
    assert all(one.suite is plan["entries"][one.cell["entry"]] for one in found)
    assert [one.cell["key"] for one in found if one.record is None] == [gone]


def test_a_record_is_read_as_what_its_cell_is_of() -> None:
    found = results(resolved(), records(resolved()))
    for one in found:
        assert one.is_network == (one.cell["work"] == "train") == (one.network is not None)
        assert one.is_score == (one.cell["work"] == "score") == (one.score is not None)


def test_an_anchor_is_neither_network_nor_score_that_is_ranked() -> None:
    plan = resolved()
    anchors = [{**cell, "anchor": "random-labels"} for cell in plan["cells"]]
    assert not any(one.is_network or one.is_score for one in results({**plan, "cells": anchors}, {}))


def test_the_suites_of_a_plan_count_whether_or_not_they_have_cells() -> None:
    plan = resolved()
    assert list(results({**plan, "cells": []}, {}).suites.items()) == list(enumerate(plan["entries"]))
