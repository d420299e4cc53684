"""A comparison of two boards in Python: its tables as DataFrames, the screen as text, its files.

In: the content of comparison.json. Out: a frozen object that reads it. pandas is imported for a DataFrame.
"""

from __future__ import annotations

import copy
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.process.paths import absolute
from leaderboard.content.comparison import ComparisonContent
from leaderboard.pages.sheets.comparison import COMPARISON_SHEETS, Name
from leaderboard.pages.sheets.frames import DTYPES

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, repr=False)
class Comparison:
    """Two boards side by side, A and B: what `memorank.compare` returns. A difference is always A less B.

    Each DataFrame has the columns that docs/comparing.md lists, those of the CSV file of the same name. A missing value
    is missing (NaN or NA), never 0.

    Attributes:
        content: The content of comparison.json. Use `to_dict` for a copy that may be changed.
    """

    content: ComparisonContent

    @property
    def answer(self) -> str:
        """What is shown: "difference", "none", "identical", "cannot" (too few seeds) or "untested" (no networks)."""
        return self.content["verdict"]["answer"]

    @property
    def p(self) -> float | None:
        """The p of all differences together; None where nothing is tested."""
        return self.content["verdict"]["p"]

    @property
    def taus(self) -> DataFrame:
        """One row for each suite, recipe, inputs, scope, metric and measure: tau of A and of B, hypotheses first."""
        return self._frame("taus")

    @property
    def pooled(self) -> DataFrame:
        """One row for each number that two suites or more have: all suites together."""
        return self._frame("pooled")

    @property
    def orders(self) -> DataFrame:
        """One row for each number of each suite: whether both order the conditions alike, and the mean difference."""
        return self._frame("orders")

    @property
    def numbers(self) -> DataFrame:
        """One row for each number of each condition: both means, their difference, its error and interval."""
        return self._frame("numbers")

    @property
    def settings(self) -> DataFrame:
        """One row for each setting that differs, the most important first."""
        return self._frame("settings")

    @property
    def only(self) -> DataFrame:
        """One row for each suite that only one side has."""
        return self._frame("only")

    def summary(self, width: int | None = None) -> str:
        """The comparison on one screen.

        Args:
            width: How many columns the screen has; by default those of the terminal, 100 where there is none.
        """
        from leaderboard.pages.terminal.comparison import comparison_screen
        from leaderboard.pages.terminal.medium import Medium, medium_of

        medium = Medium(width, folds=True) if width else replace(medium_of(sys.stdout, os.environ), colour=False)
        return comparison_screen(self.content, medium)

    def save(self, path: str | Path, force: bool = False) -> Path:
        """Write comparison.html, comparison.json and the CSV files into a folder, or one file NAME.json or NAME.html.

        Args:
            path: The folder, or the file.
            force: Whether the folder may hold other files too.

        Returns:
            The path of what was written.

        Raises:
            UserError: A file that is no part of a comparison would be replaced.
        """
        from leaderboard.comparison_files import write_comparison

        return write_comparison(self.content, absolute(path), force)

    def to_dict(self) -> ComparisonContent:
        """The content of comparison.json, as a copy."""
        return copy.deepcopy(self.content)

    def _frame(self, name: Name) -> DataFrame:
        from pandas import DataFrame, Series

        sheet = COMPARISON_SHEETS[name]
        rows = sheet.values(self.content)
        columns = {}
        for place, column in enumerate(sheet.columns):
            values = [row[place] for row in rows]
            texts = [None if value is None else str(value) for value in values] if column.kind == "text" else values
            columns[column.name] = Series(texts, dtype=DTYPES[column.kind])
        return DataFrame(columns)

    def _repr_html_(self) -> str:
        """The verdict and the taus, for notebooks."""
        from leaderboard.pages.files.comparison_notebook import comparison_notebook

        return comparison_notebook(self.content)

    def __repr__(self) -> str:
        return f"<memorank.Comparison of {self.content['a']['said']} and {self.content['b']['said']}: {self.answer}>"
