"""The tables of a ranking's page, held against the numbers of the ranking."""

from typing import Any, cast

import pytest
from made_rankings import made_ranking
from ranking_pages import bad_rankings, whole_ranking

from benchmark.ranking.assembly import NetworkRow
from leaderboard.pages.tables.ranking import ranking_rows
from leaderboard.pages.web.cells import Sheet
from leaderboard.pages.web.ranking_sheets import measure_sheet, order_sheet, tap_sheet, taps_in_words


def column(sheet: Sheet, label: str) -> list[str]:
    place = [head.label for head in sheet.heads].index(label)
    return [line.cells[place].text for line in sheet.lines]


def test_the_order_has_the_rows_of_the_screen_with_its_taps_and_how_it_was_read() -> None:
    content = whole_ranking()
    sheet = order_sheet(content, "heuristic")
    labels = ("rank", "network", "mean MI", "mean entropy", "rank by entropy")
    assert list(zip(*(column(sheet, label) for label in labels), strict=True)) == list(
        ranking_rows(content, "heuristic")
    )
    assert column(sheet, "read at") == ["2 taps, 8 neurons each"] * 4
    assert sorted(column(sheet, "how it was read")) == ["-", "-", "-", "features, by hand"]
    assert "how it was read" not in [head.label for head in order_sheet(made_ranking(), "heuristic").heads]


def test_the_first_are_marked_to_take_and_the_last_to_leave() -> None:
    sheet = order_sheet(whole_ranking(), "heuristic")
    assert [line.keys.get("stand") for line in sheet.lines] == ["take", "take", None, "leave"]
    assert [part.shown for line in sheet.lines for part in line.cells[1].parts] == ["take", "take", "leave"]


def test_heads_say_which_way_is_good_against_this_kind() -> None:
    one = [head.hint for head in order_sheet(made_ranking(None), "heuristic").heads]
    assert one[2].endswith("low is good")
    assert one[3].endswith("high is good")
    other = [head.hint for head in order_sheet(made_ranking(None), "example-level").heads]
    assert other[2].endswith("high is good")
    assert other[3].endswith("low is good")


def test_the_mark_of_a_number_lies_where_it_lies_among_all_with_the_width_of_its_error() -> None:
    content: Any = made_ranking()
    values = {"a": (0.0, 0.1), "b": (0.4, 0.0), "c": (0.8, 0.1)}
    for row in content["numbers"]:
        if row["measure"] == "mean-mi":
            row["value"], row["error"] = values[row["network"]]
    spans = {line.cells[0].text: line.cells[2].span for line in order_sheet(content, "heuristic").lines}
    assert spans["a"] == pytest.approx((0.0, 0.2))
    assert spans["b"] == pytest.approx((0.5, 0.5))
    assert spans["c"] == pytest.approx((0.8, 1.0))


def test_what_is_undefined_is_a_dash_with_its_reason_below_and_is_not_drawn() -> None:
    sheet = order_sheet(bad_rankings()["undefined"], "heuristic")
    assert column(sheet, "network")[-1] == "dead"
    assert column(sheet, "rank")[-1] == column(sheet, "mean MI")[-1] == "-"
    assert sheet.lines[-1].cells[2].span is None
    assert sheet.lines[-1].keys == {}
    assert sheet.notes == ["– (a): all 8 neurons are constant"]
    reasons = measure_sheet(bad_rankings()["one neuron"])
    assert reasons.notes == ["– (a): no pairs: one neuron"]


def test_every_measure_stands_with_the_places_that_it_gives() -> None:
    content = made_ranking(None)
    sheet = measure_sheet(content)
    assert {head.label for head in sheet.heads[1:]} == {row["measure"] for row in content["numbers"]}
    place = [head.label for head in sheet.heads].index("mean-mi")
    parts = {line.cells[0].text: [part.shown for part in line.cells[place].parts] for line in sheet.lines}
    assert parts["c"] == ["heuristic: 3", "example-level: 1"]
    one = measure_sheet(made_ranking())
    assert [part.shown for part in one.lines[-1].cells[place].parts] == ["rank 3"]


def test_every_tap_of_every_network_has_a_row_with_its_own_numbers() -> None:
    content = whole_ranking()
    sheet = tap_sheet(content)
    assert column(sheet, "tap") == ["conv"] * 4 + ["fc"] * 4
    assert column(sheet, "network") == column(order_sheet(content, "heuristic"), "network") * 2
    found = {(line.cells[0].text, line.cells[1].text): line for line in sheet.lines}
    place = [head.label for head in sheet.heads].index("mean MI")
    for row in content["numbers"]:
        if row["measure"] == "mean-mi":
            for tap, value in row["per_tap"].items():
                assert value is not None
                assert float(found[tap, row["network"]].cells[place].text) == pytest.approx(value, abs=5e-4)
    assert set(column(sheet, "neurons")) == {"8"}
    unlike = tap_sheet(bad_rankings()["unlike taps"])
    assert column(unlike, "tap") == ["in", "mid", "out", "first", "second"]


def test_a_zero_has_no_sign() -> None:
    content: Any = made_ranking()
    for row in content["numbers"]:
        row["per_tap"] = {"activations": -0.0001}
    assert column(tap_sheet(content), "mean MI") == ["0.000"] * 3


@pytest.mark.parametrize(
    ("widths", "said"),
    [
        ([6], "1 tap, 6 neurons"),
        ([1], "1 tap, 1 neuron"),
        ([1, 1], "2 taps, 1 neuron each"),
        ([64, 64, 10], "3 taps, 64 + 64 + 10 neurons"),
    ],
)
def test_taps_are_counted_with_their_neurons(widths: list[int], said: str) -> None:
    taps = {str(number): width for number, width in enumerate(widths)}
    assert taps_in_words(cast(NetworkRow, {"taps": taps})) == said
