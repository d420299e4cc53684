"""ranking.html: what to take, what to leave and how far to trust it stand first; one safe file, the same bytes."""

import re
from html import unescape
from itertools import pairwise
from typing import Any, cast

import pytest
from made_rankings import made_ranking
from ranking_pages import bad_rankings, page, whole_ranking

from benchmark.ranking.assembly import RankingContent
from leaderboard.content.ranking import TapShapes
from leaderboard.pages.figures import style
from leaderboard.pages.web.ranking import BEGINNING, MOST_TAPS, chosen_taps

ADDRESS = re.compile(r"""(?:src|href)\s*=\s*["'](?!#)|url\((?!#)|@import|https?://""")


def words(text: str) -> str:
    """What stands on a page to be read."""
    bare = re.sub(r"<(style|script|title)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())


def changed(content: RankingContent, **changes: Any) -> RankingContent:
    return cast(RankingContent, {**content, **changes})


def card(text: str, word: str) -> str:
    """The words of an answer on top of the page."""
    (found,) = re.findall(rf"<dt>{re.escape(word)}</dt><dd>(.*?)</dd>", text, re.DOTALL)
    return words(found)


def test_the_answers_stand_first_take_leave_trust() -> None:
    text = page(whole_ranking())
    assert text.startswith(BEGINNING.decode())
    assert card(text, "Take") == "one , two Tied: none is seen to be better."
    assert card(text, "Leave").startswith("four Mean MI ")
    assert card(text, "Leave").endswith(" nats, the highest.")
    assert card(text, "How far to trust it?").startswith("Not between recipes, checkpoints or seeds")
    places = [text.index(part) for part in ("<dt>Take", "<dt>Leave", "<dt>How far", ">Mind<", 'id="table"')]
    places += [text.index(part) for part in ('id="trust"', 'id="spread"', 'id="folded"', 'id="origin"')]
    assert places == sorted(places)


def test_it_says_what_was_read_how_far_to_trust_it_and_what_to_mind() -> None:
    content = whole_ranking()
    said = words(page(content))
    assert "4 networks, ranked against shortcuts" in said
    assert "300 examples of images & labels and 56 pairs of neurons ; no label was read." in said
    assert "against shortcuts, low is good" in said
    for sentence in content["trust"]["heuristic"]:
        assert sentence[1:].replace("tau -", "tau −") in said
    assert "three, tap fc: something is odd" in said
    assert "against wrong labels, high is good" in words(page(made_ranking("example-level")))


def test_where_nothing_is_told_apart_any_may_be_taken_and_none_is_left() -> None:
    content = made_ranking()
    alike = page(changed(content, orders={"heuristic": [["a", "b", "c"]]}))
    assert card(alike, "Take") == "any No two are told apart by mean MI."
    assert "<dt>Leave</dt>" not in alike
    assert "data-stand" not in re.sub(r"<style>.*?</style>", "", alike, flags=re.DOTALL)


def test_a_network_without_a_number_is_not_taken() -> None:
    content = changed(made_ranking(), orders={"heuristic": [["b"]]})
    assert card(page(content), "Take") == "none Mean MI is defined for b alone."
    assert card(page(changed(content, orders={"heuristic": []})), "Take") == "none Mean MI is defined for none of them."


def test_against_wrong_labels_what_is_left_has_the_lowest_mi() -> None:
    text = page(made_ranking("example-level"))
    assert card(text, "Take").startswith("c Mean MI ")
    assert card(text, "Take").endswith("the highest.")
    assert card(text, "Leave").endswith("These 2 are tied.")


def test_of_many_that_are_tied_some_are_named_and_the_rest_counted() -> None:
    names = [f"n{number}" for number in range(9)]
    content = made_ranking()
    rows = [{**row, "network": name} for row in content["numbers"] if row["network"] == "a" for name in names]
    one = content["networks"][0]
    many = changed(
        content,
        orders={"heuristic": [names[:8], names[8:]]},
        numbers=rows,
        networks=[{**one, "network": name} for name in names],
    )
    assert card(page(many), "Take").startswith("n0 , n1 , n2 , n3 , n4 , n5 and 2 more Tied")


def test_without_a_kind_both_orders_are_there_and_said_to_be_opposite() -> None:
    text = page(made_ranking(None))
    assert "there are two orders, and they are opposite" in words(text)
    assert re.findall(r"<h2>(If .*?)</h2>", text) == [
        "If shortcuts are feared, low mean MI is good",
        "If wrong labels are feared, high mean MI is good",
    ]
    assert text.count("<dt>Take</dt>") == text.count("<dt>Leave</dt>") == 2
    assert {"trust", "table-heuristic", "table-example-level"} <= set(re.findall(r'id="([^"]*)"', text))


def test_many_warnings_are_folded_and_none_is_lost() -> None:
    said = [f"warning number {number}." for number in range(7)]
    text = page(changed(made_ranking(), warnings=said))
    assert text.index("warning number 3") < text.index("<summary>and 3 more") < text.index("warning number 4")
    assert all(one in text for one in said)
    assert ">Mind<" not in page(made_ranking())


@pytest.mark.parametrize("name", [*bad_rankings(), "whole"])
def test_a_page_is_one_file_that_fetches_nothing_with_each_id_once(name: str) -> None:
    text = page(whole_ranking() if name == "whole" else bad_rankings()[name])
    assert not ADDRESS.search(text)
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]*)"', text)) <= set(ids)
    assert re.findall(r'aria-labelledby="([^"]*)"', text)
    assert set(re.findall(r'aria-labelledby="([^"]*)"', text)) <= set(ids)
    assert text.count("<script") == 2
    assert "\u202e" not in text
    assert "default-src 'none'" in text
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_same_ranking_is_the_same_page() -> None:
    assert page(whole_ranking()) == page(whole_ranking())


def test_of_many_taps_some_are_drawn_and_the_page_says_so() -> None:
    text = page(bad_rankings()["twelve taps"])
    assert text.count('class="at-tap"') == MOST_TAPS
    assert "4 of the 12 taps are drawn" in words(text)
    assert "taps are drawn" not in words(page(whole_ranking()))


def test_the_taps_that_are_drawn_are_spread_over_those_that_most_networks_have() -> None:
    def tap(title: str, *names: str) -> TapShapes:
        nothing: Any = {"box": None, "mean": None, "mi": None, "entropy": None}
        return {"title": title, "mi_range": [0, 1], "entropy_range": [0, 1], "networks": dict.fromkeys(names, nothing)}

    taps = [tap("rare", "a"), *(tap(f"t{number}", "a", "b") for number in range(7)), tap("other", "b")]
    assert [one["title"] for one in chosen_taps(taps)] == ["t0", "t2", "t4", "t6"]
    assert chosen_taps([]) == []


def test_without_advice_nothing_is_marked_coloured_or_placed() -> None:
    content = whole_ranking()
    drawn = page(content)
    bare = page(changed(content, no_advice={"heuristic": "networks of unlike width are not comparable"}))
    assert card(bare, "Take") == "no advice Networks of unlike width are not comparable."
    body = re.sub(r"<style>.*?</style>", "", bare, flags=re.DOTALL)
    for sign in ("data-stand", "data-part=", "Blue stands first", "What is advised holds if", ">rank<", "low is good"):
        assert sign in drawn, sign
        assert sign not in body, sign
    for colour in (style.BLUE, style.ORANGE):
        assert colour.lower() in re.sub(r"<style>.*?</style>", "", drawn.lower(), count=1, flags=re.DOTALL)
        assert colour.lower() not in body.lower()
