"""A board in Python: its tables as DataFrames, the screen as text, a summary for notebooks.

In: the content of board.json. Out: a frozen object that reads it. pandas is imported when a DataFrame is asked for.
"""

from __future__ import annotations

import copy
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.process.paths import absolute
from leaderboard.content.board import BoardContent
from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.sheets.frames import frame
from registry import UserError, did_you_mean

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, repr=False)
class Board:
    """How far measures order networks as metrics do: what `memorank.run` and `memorank.load_board` return.

    Each DataFrame has the columns that docs/results.md lists, those of the CSV file of the same name, and is made anew
    when it is asked for. A missing value is missing (NaN or NA), never 0 and never a text.

    The measure of every suite over its conditions, in two lines::

        models = memorank.load_board("runs/quick").models.query("name == 'mean-mi' and inputs == 'evaluation'")
        models.pivot_table(index="condition", columns="suite", values="mean").plot(marker="o")

    Attributes:
        content: The content of board.json. Use `to_dict` for a copy that may be changed.
    """

    content: BoardContent

    @property
    def agreement(self) -> DataFrame:
        """One row for each suite, metric, measure, ...: tau and everything that says how sure it is."""
        return self.frame("agreement")

    @property
    def models(self) -> DataFrame:
        """One row for each number of each model: its mean, standard deviation and standard error over the seeds."""
        return self.frame("models")

    @property
    def ends(self) -> DataFrame:
        """One row for each number of each suite: the least memorizing model against the most memorizing one."""
        return self.frame("ends")

    @property
    def picks(self) -> DataFrame:
        """One row for each model and measure: its place, what it is tied with, and whether to pick it."""
        return self.frame("picks")

    @property
    def taps(self) -> DataFrame:
        """One row for each tap, suite, metric and headline measure: tau at that tap alone."""
        return self.frame("taps")

    @property
    def missing(self) -> DataFrame:
        """One row for each cell that the board had to do without, and why."""
        return self.frame("missing")

    def frame(self, name: str) -> DataFrame:
        """Any sheet of the board, by the name of its CSV file.

        Args:
            name: "agreement", "pooled", "claims", "picks", "models", "models_at_taps", "taps", "ends", "ends_at_taps",
                "metrics", "sensitivity", "suites", "missing", "warnings" or "provenance".

        Returns:
            A new DataFrame; text columns are of dtype string, numbers float64, counts Int64, yes-or-no boolean.

        Raises:
            UserError: There is no sheet of this name.
        """
        if name not in SHEETS:
            raise UserError(f"unknown sheet {name!r}{did_you_mean(name, SHEETS)}")
        return frame(self.content, name)

    def summary(self, width: int | None = None) -> str:
        """The board on one screen.

        Args:
            width: How many columns the screen has; by default those of the terminal, 100 where there is none.

        Returns:
            Lines of text, as `memorank report` prints them.
        """
        from leaderboard.pages.terminal.medium import Medium, medium_of
        from leaderboard.pages.terminal.screen import screen

        medium = Medium(width, folds=True) if width else replace(medium_of(sys.stdout, os.environ), colour=False)
        return screen(self.content, medium)

    def model_card(self, suite: str | None = None, family: str | None = None, data: str | None = None) -> str:
        """A section of a model card of Hugging Face: what the board says of one family on one suite.

        Args:
            suite: A suite of the board; by default all of them.
            family: A family of the board; by default all of them.
            data: A data set of the board, where a suite was run on several; by default all of them.

        Returns:
            Markdown with a `model-index` above it: what was measured, each tau with its p, what all suites show
            together with the corrected p, the limits, how to run it again, and what to cite.

        Raises:
            UserError: The board has no suite of these names.
        """
        from leaderboard.pages.files.model_card import model_card

        return model_card(self.content, suite, family, data)

    def save(self, path: str | Path, force: bool = False) -> Path:
        """Write the board.

        Args:
            path: A file whose name ends in .json, or a folder, which gets every format.
            force: Whether the folder may hold other files too.

        Returns:
            The path of what was written.

        Raises:
            UserError: A file that is no part of a board would be replaced.
        """
        from leaderboard.files import write_content, write_json

        place, content = absolute(path), self.content
        if place.suffix == ".json" and not place.is_dir():
            write_json(content, place)
        else:
            write_content(content, place, force=force)
        return place

    def to_dict(self) -> BoardContent:
        """The content of board.json, as a copy."""
        return copy.deepcopy(self.content)

    def _repr_html_(self) -> str:
        """The summary table, for notebooks."""
        from leaderboard.pages.files.notebook import notebook

        return notebook(self.content)

    def __repr__(self) -> str:
        size = self.content["size"]
        return (
            f"<memorank.Board of plan {self.content['plan']!r}: {size['suites']} suites, {size['networks']} networks>"
        )
