"""Anchors in words: what they learned, which way memorizing moves a measure, and where each network lies."""

from made_anchors import made_anchors, made_numbers

from benchmark.ranking.assembly import assembled
from leaderboard.pages.tables.anchors import places, trained
from leaderboard.pages.tables.ranking import advice, heading
from leaderboard.pages.web.ranking import ranking_html
from leaderboard.pages.web.ranking_sheets import place_sheet

NETWORKS = {"near": made_numbers("near", 3.1), "far": made_numbers("far", 1.1)}
SAME = {"clean": (2.0, 2.2), "shuffled": (2.1, 2.0), "random": (2.0, 2.2)}


def test_each_measure_has_its_direction_and_a_place_for_each_network() -> None:
    content = assembled(NETWORKS, "example-level", "probe.npy", made_anchors())
    found = content["anchors"]
    assert trained(found)[0] == (
        "toy-mlp trained on train.npz, its 900 examples, 10 classes; 2 seeds each, so "
        "that ± is itself rough (3 degrees of freedom)"
    )
    assert len(trained(found)) == 1 + 6
    by_mi = next(places(found))
    assert any(sentence.startswith("near lies at clean: ") for sentence in by_mi)
    assert any(sentence.startswith("far lies at random: ") for sentence in by_mi)
    assert heading(content).endswith("; labels were read for the anchors alone")


def test_where_anchors_are_alike_there_is_no_place_and_no_advice_on_any_view() -> None:
    content = assembled(NETWORKS, "example-level", "probe.npy", made_anchors(SAME))
    assert not any(" lies " in sentence for own in places(content["anchors"]) for sentence in own)
    assert advice(content, "example-level")["take"].startswith("no advice: ambiguous")
    assert "leave" not in advice(content, "example-level")
    page = ranking_html(content, [])
    assert "no advice" in page
    assert 'id="anchors"' in page
    assert "no label was read" not in page


def test_the_page_has_a_table_of_places_for_each_measure_that_has_a_scale() -> None:
    content = assembled(NETWORKS, "example-level", "probe.npy", made_anchors())
    sheet = place_sheet(content["anchors"], content["anchors"]["scales"][0])
    rows = [[cell.text for cell in line.cells] for line in sheet.lines]
    assert rows == [["near", "+0.00 ±0.09", "at clean"], ["far", "+1.00 ±0.09", "at random"]]
    page = ranking_html(content, [])
    assert 'id="places-mean-mi"' in page
    assert " lies at " not in page
    assert 'id="places-mean-mi"' not in ranking_html(assembled(NETWORKS, None, "", made_anchors(SAME)), [])
