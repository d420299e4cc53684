"""A ranking in Python: its order, its tables as DataFrames, the screen as text.

In: the content of ranking.json. Out: a frozen object that reads it. pandas is imported when a DataFrame is asked for.
"""

from __future__ import annotations

import copy
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.process.paths import absolute
from registry import UserError

if TYPE_CHECKING:
    from pandas import DataFrame

    from benchmark.ranking.assembly import RankingContent


@dataclass(frozen=True, repr=False)
class Ranking:
    """Networks in an order, best first: what `memorank.rank_models` and `memorank.rank_networks` return.

    Attributes:
        content: The content of ranking.json. Use `to_dict` for a copy that may be changed.
    """

    content: RankingContent

    @property
    def order(self) -> list[str]:
        """The names, best first; those that are tied by their values.

        Raises:
            UserError: No kind of memorization was said, so that there are two orders: use `orders`.
        """
        return [name for group in self.ties for name in group]

    @property
    def ties(self) -> list[list[str]]:
        """The names in groups that are tied, best first. Raises UserError as `order` does."""
        kind = self.content["kind"]
        if kind is None:
            raise UserError("which order is good hangs on the kind of memorization: give kind, or look at orders")
        return copy.deepcopy(self.content["orders"][kind])

    @property
    def orders(self) -> dict[str, list[list[str]]]:
        """For each kind of memorization the names in groups that are tied, best first."""
        return copy.deepcopy(self.content["orders"])

    @property
    def scores(self) -> DataFrame:
        """One row for each network and measure.

        Columns: network, measure, value, error (the standard error over examples and sampled pairs), reason, and for
        each kind of memorization the first and the last place that the network may have by this measure. Where anchors
        were trained also: place (from clean, 0, to random or shortcut, 1), place_error, and lies, which says where in
        words.
        """
        from pandas import DataFrame

        rows = []
        for number in self.content["numbers"]:
            row = {name: number[name] for name in ("network", "measure", "value", "error", "reason")}
            for kind in self.content["orders"]:
                first, last = number["rank"].get(kind, (None, None))
                row |= {f"{kind}_first": first, f"{kind}_last": last}
            rows.append(row)
        if "anchors" in self.content:
            places = {(row["network"], row["measure"]): row for row in self.content["anchors"]["places"]}
            for row in rows:
                found = places.get((str(row["network"]), str(row["measure"])))
                for column, key in (("place", "place"), ("place_error", "error"), ("lies", "words")):
                    row[column] = found[key] if found else None  # type: ignore[literal-required]
        frame = DataFrame(rows).astype({"value": "float64", "error": "float64"})
        return frame.astype({name: "Int64" for name in frame.columns if name.endswith(("_first", "_last"))})

    @property
    def taps(self) -> DataFrame:
        """One row for each network, measure and tap: the value there."""
        from pandas import DataFrame

        rows = [
            {"network": number["network"], "measure": number["measure"], "tap": tap, "value": value}
            for number in self.content["numbers"]
            for tap, value in number["per_tap"].items()
        ]
        return DataFrame(rows, columns=["network", "measure", "tap", "value"]).astype({"value": "float64"})

    @property
    def anchors(self) -> DataFrame:
        """One row for each anchor and measure: anchor, kind, measure, value; none where no anchors were trained."""
        from pandas import DataFrame

        anchors = self.content["anchors"]["anchors"] if "anchors" in self.content else []
        rows = [
            {"anchor": row["anchor"], "kind": row["kind"], "measure": measure, "value": value}
            for row in anchors
            for measure, value in row["values"].items()
        ]
        return DataFrame(rows, columns=["anchor", "kind", "measure", "value"]).astype({"value": "float64"})

    @property
    def warnings(self) -> list[str]:
        """What is odd about these networks, and what to mistrust."""
        return list(self.content["warnings"])

    def summary(self, width: int | None = None) -> str:
        """The ranking on one screen.

        Args:
            width: How many columns the screen has; by default those of the terminal, 100 where there is none.
        """
        from leaderboard.pages.terminal.medium import Medium, medium_of
        from leaderboard.pages.terminal.ranking import ranking_screen

        medium = Medium(width, folds=True) if width else replace(medium_of(sys.stdout, os.environ), colour=False)
        return ranking_screen(self.content, medium)

    def save(self, path: str | Path) -> Path:
        """Write ranking.json, ranking.csv and the page ranking.html into a folder, or one file NAME.json or NAME.html.

        The page opens in any browser, from disk: what to take and to leave, how far to trust it, the table, figures of
        MI and entropy at each tap, and every number.

        Returns:
            The path of what was written.

        Raises:
            UserError: A file of these names that is no ranking would be replaced.
        """
        from leaderboard.ranking_files import write_ranking

        return write_ranking(self, absolute(path))

    def to_dict(self) -> RankingContent:
        """The content of ranking.json, as a copy."""
        return copy.deepcopy(self.content)

    def _repr_html_(self) -> str:
        """The table of the screen, for notebooks."""
        from leaderboard.pages.files.ranking_notebook import ranking_notebook

        return ranking_notebook(self.content)

    def __repr__(self) -> str:
        return f"<memorank.Ranking of {len(self.content['networks'])} networks>"
