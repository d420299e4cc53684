"""A comparison as files: JSON, the page, and a CSV file for each of its sheets.

In: the content of comparison.json. Out: texts by file name. Numbers stand in full precision.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from leaderboard.content.comparison import ComparisonContent
from leaderboard.pages.files.csv_files import written
from leaderboard.pages.sheets.comparison import COMPARISON_SHEETS, ComparisonSheet
from leaderboard.pages.web.comparison import comparison_html as page

__all__ = ["JSON", "PAGE", "comparison_files", "page", "plain_json"]

JSON, PAGE = "comparison.json", "comparison.html"


def comparison_files(content: ComparisonContent) -> Mapping[str, str]:
    """Every file of a comparison."""
    sheets = {f"comparison_{name}.csv": _csv(sheet, content) for name, sheet in COMPARISON_SHEETS.items()}
    return {JSON: plain_json(content), PAGE: page(content), **sheets}


def plain_json(content: ComparisonContent) -> str:
    """The content as JSON, which says first what it is."""
    return json.dumps({"kind": "memorank comparison", **content}, indent=1, allow_nan=False) + "\n"


def _csv(sheet: ComparisonSheet, content: ComparisonContent) -> str:
    text = io.StringIO()
    rows: list[Sequence[object]] = [sheet.names, *sheet.values(content)]
    csv.writer(text, lineterminator="\n").writerows([written(value) for value in row] for row in rows)
    return text.getvalue()
