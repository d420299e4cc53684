"""The numbers of the screen: one row for each suite and metric, with the taus of every measure.

In: the content of board.json. Out: `ScreenRow`s, grouped by kind, and the pooled taus beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmark.statistics import LEVEL
from leaderboard.content.board import TausContent
from leaderboard.content.taus import AgreementRow, PooledRow
from leaderboard.pages.tables.table import by

KINDS = {"heuristic": "shortcuts", "example-level": "wrong labels"}
MOST_ROWS = 15  # on one screen; a board with more shows some of each kind


@dataclass(frozen=True)
class ScreenRow:
    """One suite and metric. `taus` are the agreement rows of its recipes, by measure and kind of inputs.

    `beside` tells it from other rows of the suite, "" where there are none. `models` is how many the plan has,
    `compared` how many the measure with the fewest gaps ranks. `can_show` says whether tau over so many can have a p of
    .05.
    """

    suite: str
    beside: str
    kind: str
    models: int
    compared: int
    can_show: bool
    taus: Mapping[tuple[str, str], list[AgreementRow]]


def scope_of(board: TausContent) -> str | None:
    """The scope that the screen shows: the plan's first."""
    return next((row["scope"] for row in board["agreement"]), None)


def inputs_of(board: TausContent) -> list[str]:
    """The kinds of inputs that the board has, evaluation inputs first."""
    found = dict.fromkeys(row["inputs"] for row in board["agreement"])
    return sorted(found, key=lambda inputs: inputs != "evaluation")


def screen_rows(board: TausContent) -> list[ScreenRow]:
    """A row for each column of the paper's Table 2."""
    here = [row for row in board["agreement"] if row["scope"] == scope_of(board)]
    places = by(here, "suite", "data", "family", "metric")
    names = _names(list(places))
    return [_screen_row(rows, *names[place]) for place, rows in places.items()]


def _screen_row(rows: list[AgreementRow], suite: str, beside: str) -> ScreenRow:
    first, most = rows[0], max(rows, key=lambda row: row["n"])
    return ScreenRow(
        suite=suite,
        beside=beside,
        kind=first["kind"],
        models=first["n"] + first["left_out"],
        compared=most["n"],
        can_show=most["p_min"] is not None and most["p_min"] <= LEVEL,
        taus={
            (row["measure"], row["inputs"]): own for own in by(rows, "measure", "inputs").values() for row in own[:1]
        },
    )


def _names(places: list[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, str]]:
    """The suite of each place, and what tells it from the other places of that suite.

    >>> _names([("a", "digits", "mlp", "accuracy"), ("b", "bios", "bert", "gap"), ("b", "bios", "bert", "mdl")])[
    ...     ("b", "bios", "bert", "gap")
    ... ]
    ('b', 'gap')
    """
    names = {}
    for place in places:
        alike = [other for other in places if other[0] == place[0]]
        telling = [part for number, part in enumerate(place) if len({other[number] for other in alike}) > 1]
        names[place] = (place[0], " ".join(telling))
    return names


def shown_rows(rows: list[ScreenRow]) -> dict[str, tuple[list[ScreenRow], int]]:
    """For each kind its rows that stand on the screen, and how many do not."""
    groups: dict[str, list[ScreenRow]] = {}
    for row in rows:
        groups.setdefault(row.kind, []).append(row)
    left, shown = MOST_ROWS, {}
    for number, (kind, own) in enumerate(sorted(groups.items(), key=lambda group: len(group[1]))):
        share = left // (len(groups) - number)
        fitting = own if len(rows) <= MOST_ROWS else own[:share]
        left -= len(fitting)
        shown[kind] = (fitting, len(own) - len(fitting))
    return {kind: shown[kind] for kind in groups}


def pooled_of(board: TausContent, measure: str, inputs: str) -> PooledRow | None:
    """The pooled row of a measure on one kind of inputs, in the scope that the screen shows; None without one."""
    place = (measure, inputs, scope_of(board))
    return next((row for row in board["pooled"] if (row["measure"], row["inputs"], row["scope"]) == place), None)


def measures_in_order(board: TausContent) -> list[str]:
    """The hypotheses (without any another measure), the strongest placebo, then the others as the board has them."""
    rows = {row["measure"]: row for row in board["agreement"]}
    placebos = [name for name, row in rows.items() if row["placebo"]]
    declared = [name for name in board["hypotheses"] if name in rows]
    first = (declared or [name for name in rows if name not in placebos][:1]) + strongest(board, placebos)
    return first + [name for name in rows if name not in first]


def strongest(board: TausContent, placebos: list[str]) -> list[str]:
    """The placebo with the largest pooled tau on the first kind of inputs; none where no placebo has one."""
    found = {name: pooled_of(board, name, inputs_of(board)[0]) for name in placebos}
    taus = {name: row["tau"] for name, row in found.items() if row and row["tau"] is not None}
    return [max(taus, key=lambda name: taus[name])] if taus else placebos[:1]
