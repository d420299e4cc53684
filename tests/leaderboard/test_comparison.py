"""A comparison in Python: DataFrames with their types, the screen, a copy, and one line of itself."""

import pandas as pd
import pytest
from made_comparisons import compared, run

from leaderboard.comparison import Comparison
from leaderboard.pages.sheets.comparison import COMPARISON_SHEETS

CONTENT = compared(run(range(2), ["colored", "shuffled", "leaky"]), run(range(2, 4), family="cnn"))
FOUND = Comparison(CONTENT)


@pytest.mark.parametrize("name", COMPARISON_SHEETS)
def test_each_sheet_is_a_data_frame_with_its_columns(name: str) -> None:
    frame = getattr(FOUND, name)
    assert list(frame.columns) == COMPARISON_SHEETS[name].names  # type: ignore[index]
    assert len(frame) == len(CONTENT[name]) > 0  # type: ignore[literal-required]


def test_columns_have_types_and_what_is_missing_is_missing() -> None:
    types = FOUND.numbers.dtypes
    assert (types["difference"], types["seeds_a"], types["paired"], types["condition"]) == (
        "float64",
        "Int64",
        "boolean",
        "string",
    )
    assert FOUND.taus.difference.tolist() == [row["difference"] for row in CONTENT["taus"]]
    assert FOUND.taus.low_a.isna().all()
    assert pd.isna(FOUND.numbers.query("name == 'accuracy'").inputs).all()


def test_a_condition_is_a_text_whether_it_is_a_number_or_not() -> None:
    assert set(FOUND.numbers.condition) == {"0.0", "0.25", "0.5", "0.75", "1.0"}


def test_it_says_its_answer_and_its_p() -> None:
    assert (FOUND.answer, FOUND.p) == (CONTENT["verdict"]["answer"], CONTENT["verdict"]["p"])
    assert repr(FOUND) == f"<memorank.Comparison of one and other: {FOUND.answer}>"


def test_a_copy_may_be_changed() -> None:
    FOUND.to_dict()["taus"].clear()
    assert FOUND.content["taus"]


def test_the_summary_is_the_screen_at_a_width() -> None:
    assert max(map(len, FOUND.summary(60).splitlines())) < 60
    assert FOUND.summary(60).startswith("one (A) against other (B): 2 suites in both\n")
    assert "one (A) against other (B)" in FOUND.summary()
    assert "<table>" in FOUND._repr_html_()
