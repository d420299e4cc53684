"""comparison.html: what is shown stands first; one safe file that fetches nothing, the same bytes each time."""

import re
from html import unescape

from made_comparisons import HOSTILE, compared, hostile, part, run

from leaderboard.comparison_files import BEGINNINGS
from leaderboard.pages.web.comparison import comparison_html
from leaderboard.rows.comparison import build_comparison
from leaderboard.rows.comparison_parts import PAPER, part_of_paper

ADDRESS = re.compile(r"""(?:src|href)\s*=\s*["'](?!#)|url\((?!#)|@import|https?://""")
CONTENT = compared(run(range(2), ["colored", "shuffled", "leaky"]), run(range(2, 4), family="cnn"))


def words(text: str) -> str:
    bare = re.sub(r"<(style|script|title)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())


def test_the_answer_stands_first_then_what_was_done_otherwise_then_numbers() -> None:
    text = comparison_html(CONTENT)
    parts = [
        "<dt>What differs by more than chance?</dt>",
        'id="differs"',
        'id="table"',
        'id="together"',
        'id="order"',
        'id="folded"',
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    said = words(text)
    (sentence, *_) = CONTENT["verdict"]["sentences"]
    assert sentence[1:] in said
    assert "Only A has leaky with mlp." in said
    assert "suite: family mlp cnn" in said


def test_every_row_is_on_the_page() -> None:
    text = comparison_html(CONTENT)
    rows = sum(len(CONTENT[name]) for name in ("taus", "pooled", "orders", "numbers", "settings"))  # type: ignore[literal-required]
    assert text.count('<th scope="row"') == rows


def test_it_begins_as_files_that_may_be_replaced_do_and_is_the_same_each_time() -> None:
    text = comparison_html(CONTENT)
    assert text.startswith(BEGINNINGS["comparison.html"])
    assert text == comparison_html(CONTENT)


def test_it_fetches_nothing_and_foreign_names_are_text() -> None:
    text = comparison_html(hostile())
    assert not ADDRESS.search(text)
    assert HOSTILE not in text
    assert "<script>window.ran" not in text
    assert "\x1b" not in text
    assert "<script>window.ran = 1</script>" in words(text)


def test_ids_are_there_once_and_links_lead_to_them() -> None:
    text = comparison_html(CONTENT)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_filters_offer_suites_and_measures() -> None:
    text = comparison_html(CONTENT)
    (data,) = re.findall(r'id="data">(.*?)</script>', text)
    assert '["suite", ["colored", "shuffled"]]' in data
    assert '["measure", ["mean-mi", "random", "accuracy"]]' in data


def test_against_the_paper_there_are_taus_alone() -> None:
    text = comparison_html(build_comparison(part(run(range(2), ["colored-mnist"])), part_of_paper(PAPER)))
    assert 'id="order"' not in text
    assert "Nothing is tested" in words(text)
