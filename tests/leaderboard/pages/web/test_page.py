"""board.html: one safe file, the same bytes for the same board, complete without JavaScript."""

import copy
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from page_boards import bad_boards, bad_page, hostile_board, hostile_page, whole_board, whole_page

from leaderboard.pages.web.page import html, readable, with_footer
from leaderboard.places import BEGINNINGS

COST: dict[str, Any] = {
    "machines": ["4 cores, <b>Linux</b>"],
    "first": "2026-11-26T00:10:00",
    "last": None,
    "seconds": 280.0,
    "peak_memory": 3 * 2**30,
}
ATTRIBUTES = {
    *(
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "class",
        "hidden",
        "href",
        "id",
        "lang",
        "role",
        "scope",
        "style",
    ),
    *("tabindex", "charset", "content", "http-equiv", "name", "type", "colspan", "alt", "src"),
}


def page(board: dict[str, Any]) -> str:
    text = html(board)["board.html"]
    assert text is not None
    return text


class Reader(HTMLParser):
    """The elements of a page, its words, and the content of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.drawn: set[str] = set()  # attributes inside pictures
        self.depth = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        named = dict(attributes)
        self.depth += tag == "svg"
        found = self.drawn if self.depth else self.attributes
        found |= {name for name in named if not name.startswith("data-")}
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named["href"] or ""] if "href" in named else []

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "svg"

    def handle_data(self, data: str) -> None:
        (self.scripts if self.tags[-1:] == ["script"] else self.words).append(data)


def test_the_same_board_is_the_same_bytes() -> None:
    board = whole_board()
    assert page(board) == page(copy.deepcopy(board)) == page(json.loads(json.dumps(board)))
    assert page(board) != page({**board, "plan": "another"})


def test_the_policy_stands_before_anything_that_it_forbids() -> None:
    text = whole_page()
    assert text.encode().startswith(BEGINNINGS["board.html"])
    policy = text.index("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:")
    assert policy < text.index("<style") < text.index("<script")
    assert not re.search(r"https?://", text)


def test_sections_stand_in_the_order_of_a_reader_s_questions() -> None:
    reader = Reader(whole_page())
    wanted = [
        "verdict",
        "claims",
        "table",
        "strips",
        "suites",
        "folded",
        "sure",
        "taps",
        "ends",
        "sensitivity",
        "warnings",
    ]
    wanted += ["missing", "origin", "plan", "data"]
    assert [id for id in reader.ids if id in wanted] == wanted
    assert reader.tags[-1] == "footer"


def test_every_id_is_there_once_and_every_link_leads_somewhere() -> None:
    for text in (whole_page(), hostile_page()):
        reader = Reader(text)
        assert len(reader.ids) == len(set(reader.ids))
        assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)


def test_hostile_names_add_no_element_no_attribute_and_no_unseen_letter() -> None:
    text = hostile_page()
    reader = Reader(text)
    assert reader.attributes <= ATTRIBUTES
    assert not [name for name in reader.drawn if name.startswith("on")]
    assert not {"img", "foreignobject", "iframe", "object"} & set(reader.tags)
    assert reader.tags.count("script") == 2
    assert not [letter for letter in text if letter in "\u202e\u2066\u200b\u200d\ufeff\x00\x1b\x7f\ud800"]
    assert "⟨U+202E⟩" in text
    assert "{{ 7 * 7 }}" in text
    text.encode()


def test_what_javascript_reads_is_json_that_ends_no_script() -> None:
    text = hostile_page()
    (data,) = re.findall(r'<script type="application/json" id="data">(.*)</script>\n<script>', text)
    assert "<" not in data
    content = json.loads(data)
    assert content["digest"] == hostile_board()["digest"]
    assert [name for name, _ in content["filters"]] == ["suite", "inputs", "measure"]


def test_only_the_footer_says_where_and_when() -> None:
    text = whole_page()
    told = with_footer(text, COST)
    assert text.count("<footer></footer>") == 1
    start = text.index("<footer></footer>")
    assert told[:start] == text[:start]
    assert told.endswith(text[start + len("<footer></footer>") :])
    footer = told[start:]
    assert "4 cores, &lt;b&gt;Linux&lt;/b&gt;" in footer
    assert "4 min 40 s" in footer
    assert "3.0 GiB" in footer
    assert "not recorded" in footer
    assert with_footer(text, None) == text
    with pytest.raises(ValueError, match="no empty footer"):
        with_footer("<p>no page</p>", COST)


def test_a_hostile_footer_is_not_the_footer() -> None:
    text = hostile_page()
    assert text.count("<footer></footer>") == 1
    assert text.rindex("<footer></footer>") > text.rindex("</script>")


@pytest.mark.parametrize("name", list(bad_boards()))
def test_bad_boards_are_pages(name: str) -> None:
    reader = Reader(bad_page(name))
    words = " ".join(" ".join(reader.words).split())
    assert "Which measure is best?" in words
    assert "Traceback" not in words
    assert not re.search(r"\bNone\b(?! is)|\bnan\b", words)


def test_a_board_of_nothing_says_so() -> None:
    words = " ".join(" ".join(Reader(bad_page("nothing")).words).split())
    for said in ("There is nothing to say yet", "There is no tau", "The plan has no suites", "There is no claim"):
        assert said in words
    words = " ".join(" ".join(Reader(bad_page("undefined everywhere")).words).split())
    assert "No measure could be compared with a metric" in words


def test_one_is_not_several() -> None:
    board = whole_board()
    board["size"] |= {"suites": 1, "networks": 1, "diverged": 1}
    top = page(board).split("<main>")[0]
    assert "1 suite, 1 network: which" in top
    assert "1 network diverged" in top


def test_words_that_the_page_uses_are_explained_on_it() -> None:
    text = whole_page()
    (words,) = re.findall(r'<details id="words".*?</details>', text, re.DOTALL)
    for word in ("condition", "network", "model", "evaluation inputs", "in-distribution inputs", "scope", "tap"):
        assert f"<dt>{word}</dt>" in words


def test_a_trial_and_fewer_conditions_are_said_on_top() -> None:
    text = page({**whole_board(), "limit": 40, "fewer_conditions": ["colored"]})
    top = text[: text.index("<main>")]
    assert "A trial on at most 40 examples of each kind: no result." in top
    assert "Fewer conditions than the plan has" in top
    assert "Run it in full" in top


def test_where_every_number_comes_from() -> None:
    board = whole_board()
    board["made"] |= {
        "versions": {"memorank": ["0.1.0", "0.2.0"]},
        "commits": ["abc"],
        "data": [{"data": "digits", "origin": "stand-in", "licence": "CC0", "fingerprints": ["f1", "f2"]}],
        "plan": "name: by-hand\nseeds: [0]\n",
    }
    text = page(board)
    origin = text[text.index('id="origin"') :]
    for said in (board["digest"], board["plan_digest"], "memorank 0.1.0 and 0.2.0", "abc", "CC0", "f1", "f2"):
        assert said in origin
    assert "<code>name: by-hand\nseeds: [0]\n</code>" in origin


def test_sixty_conditions_are_a_small_page() -> None:
    assert len(bad_page("60 conditions").encode()) < 300_000


def test_new_lines_stay_and_what_is_not_seen_is_named() -> None:
    assert readable("a\nb\tc\u200e é 日") == "a\nb⟨U+0009⟩c⟨U+200E⟩ é 日"


def test_a_suite_that_has_a_picture_of_its_inputs_shows_it_in_the_page_with_words_for_it() -> None:
    board = whole_board()
    board["suites"][0] |= {"suite": "nico", "about": "Six animals, each in a context of its own."}
    board["suites"][1]["suite"] = "../inputs/nico"
    (picture,) = re.findall(r"<img [^>]*>", page(board))
    assert picture.startswith('<img src="data:image/png;base64,')
    assert 'alt="Inputs of nico. Six animals, each in a context of its own."' in picture
