"""Text of somebody else's in each medium: it does nothing there, and ordinary text stays as it is."""

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.foreign_text import in_csv, in_log, in_markdown, in_markdown_cell, in_page, marked, printable, seen

ORDINARY = [
    "mean-mi",
    "0 (balanced)",
    "Poincaré, 日本",
    "a < b",
    "p <.001",
    "R&D",
    "a[0] (x)",
    "-0.5",
    "tau -.78 ± .01",
]
# What begins something of its own in Markdown where nothing escapes it: a tag, a link or picture, a definition, a code.
OF_MARKDOWN = re.compile(
    r"(?<!\\)<[\w/!?]|(?<!\\)\][(:\[]|&#?\w+;|[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]"
)
ANYTHING = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\0\n\r\t\\|<>[](){}!&;#`=+-@'\"_%$\u202e\u2066\u2028\ud800\ufeff"))
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    for safe in (marked, printable, in_log, seen, in_markdown, in_page, in_csv):
        assert safe(text) == text


@given(ANYTHING)
def test_a_line_in_a_terminal_or_a_message_is_printable(text: str) -> None:
    assert marked(text).isprintable()
    assert printable(text).isprintable()
    assert len(printable(text)) == len(text)
    assert printable(text).count("?") <= marked(text).count("?")


@given(ANYTHING)
def test_a_log_is_lines_that_are_printable(text: str) -> None:
    found = in_log(text)
    assert all(letter.isprintable() or letter in "\t\n" for letter in found)
    assert found.count("\n") == len(re.findall("\r\n|\r|\n", text))
    assert in_log(found) == found


@given(ANYTHING)
def test_what_is_seen_is_on_one_line_and_can_be_encoded(text: str) -> None:
    for found in (seen(text), in_page(text.replace("\n", " "))):
        assert not [one for one in found if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
        found.encode()


@given(ANYTHING)
@example("<<0")
def test_nothing_begins_in_markdown(text: str) -> None:
    shown = in_markdown(text)
    outside = re.sub(r"\\\\|&amp;|&lt;", " ", shown)  # what was escaped, with a space where it stood
    assert not OF_MARKDOWN.search(outside), shown


@given(st.lists(ANYTHING, min_size=1, max_size=4))
def test_a_row_in_markdown_has_its_cells(texts: list[str]) -> None:
    row = "| " + " | ".join(map(in_markdown_cell, texts)) + " |"
    assert len(row.splitlines()) == 1
    bars = re.sub(r"\\.", "", row).count("|")  # a backslash takes what follows it, as in CommonMark
    assert bars == len(texts) + 1


@given(st.lists(ANYTHING, min_size=1, max_size=4))
def test_a_row_of_a_csv_file_is_read_back(texts: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(map(in_csv, texts))
    (found,) = list(csv.reader([text.getvalue()])) or [[""]]
    assert found == [in_csv(one) for one in texts]
    for cell in found:
        assert not cell.lstrip().startswith(("=", "@", "＝", "＋", "－", "＠")), cell
        assert not cell.lstrip().startswith(("+", "-")) or float(cell) is not None


@pytest.mark.parametrize("text", ["=cmd()", " =1", "\t=1", "\u202e@x", "+1+2", "-1-2", "＝1", "\ufeff=1", "-x"])
def test_what_a_spreadsheet_would_compute_is_text(text: str) -> None:
    assert in_csv(text).startswith("'")
