"""A comparison as files: JSON that says what it is, and CSV files that can be read back."""

import csv
import io
import json

from made_comparisons import compared, hostile, run

from leaderboard.pages.files.comparison_files import comparison_files
from leaderboard.pages.sheets.comparison import COMPARISON_SHEETS

CONTENT = compared(run(range(2), ["colored", "shuffled", "leaky"]), run(range(2, 4), family="cnn"))


def test_json_holds_the_whole_content() -> None:
    files = comparison_files(CONTENT)
    assert json.loads(files["comparison.json"]) == {"kind": "memorank comparison", **CONTENT}
    assert set(files) == {
        "comparison.json",
        "comparison.html",
        *(f"comparison_{name}.csv" for name in COMPARISON_SHEETS),
    }


def test_csv_files_hold_every_row_in_full_precision() -> None:
    files = comparison_files(CONTENT)
    for name in ("taus", "numbers", "orders"):
        rows = list(csv.DictReader(io.StringIO(files[f"comparison_{name}.csv"])))
        expected = CONTENT[name]  # type: ignore[literal-required]
        assert [float(row["difference"]) for row in rows] == [row["difference"] for row in expected]
        assert len(rows) == len(expected)
        assert rows[0]["recipe"] == ""


def test_a_name_that_a_spreadsheet_would_compute_is_a_text() -> None:
    content = hostile()
    content["taus"][0]["suite"] = "=cmd()"
    assert "'=cmd()" in comparison_files(content)["comparison_taus.csv"]
