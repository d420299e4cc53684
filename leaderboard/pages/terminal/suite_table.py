"""The table of the screen: as many columns as the width has room for, numbers under each other.

In: the content of board.json and a medium. Out: lines of styled text, none longer than the medium is wide, where it has
room for one measure: on a narrower one the screen cuts them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from rich.cells import cell_len
from rich.text import Text

from benchmark.statistics import LEVEL
from leaderboard.content.board import TausContent
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.tables.table import probability, same_setup, signed
from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.suite_rows import (
    KINDS,
    ScreenRow,
    inputs_of,
    measures_in_order,
    pooled_of,
    screen_rows,
    shown_rows,
)

BESIDE = 100  # columns from which on both kinds of inputs stand beside each other
NARROWEST = 16  # columns of the suites' names, at the least
GAP = "  "
LONGEST_NAME, SHORTEST_NAME = 24, 18  # columns of a measure's name, in a full column and beside it
PARTIAL = "~"  # behind a tau that is not of all models, or recipes
SHORT = {"evaluation": "eval.", "in-distribution": "in-dist."}


@dataclass(frozen=True)
class Group:
    """The taus of one measure on one or several kinds of inputs. A full one has p, the paper's values and ranges."""

    measure: str
    inputs: tuple[str, ...]
    full: bool


def chosen_groups(board: TausContent, medium: Medium) -> list[Group]:
    """The groups of columns with the most measures and details that fit into the width.

    The hypotheses and the strongest placebo may shorten the suites' names; further measures stand only where every name
    fits.
    """
    rows = screen_rows(board)
    names, (first, *others) = measures_in_order(board), inputs_of(board)
    declared = [name for name in names if name in board["hypotheses"]]
    both = (first, *others) if medium.width >= BESIDE else (first,)
    usual = (len(declared) or 1) + 1
    space = medium.width - 1 - _compared_width(rows)
    counts = [*range(len(names), usual, -1), usual] if medium.width >= BESIDE else [usual]
    choices = [[Group(name, both, name in declared) for name in names[:count]] for count in counts]
    choices += [[Group(name, (first,), name in declared) for name in names[:usual]]]
    fewer = range(usual - 1, 0, -1)  # of many hypotheses those that stand first
    choices += [[Group(name, (first,), full) for name in names[:count]] for count in fewer for full in (True, False)]
    for groups in choices:
        label = _widest(board, rows) if len(groups) > usual else min(_widest(board, rows), NARROWEST)
        if label + sum(len(GAP) + sum(_widths(board, rows, group, medium)) for group in groups) <= space:
            return groups
    return [Group(names[0], (first,), False)]


def table_lines(board: TausContent, medium: Medium, pooled: bool = True) -> list[Text]:
    """The lines of the table: its head, the suites by kind, and what they show together.

    Args:
        board: The content of board.json.
        medium: How wide the lines may be, and which characters they may have.
        pooled: Whether the row of all suites stands below, with p's after Holm's correction.
    """
    rows = screen_rows(board)
    groups = chosen_groups(board, medium)
    widths = [_widths(board, rows, group, medium) for group in groups]
    taken = sum(len(GAP) + sum(own) for own in widths) + _compared_width(rows)
    single = len({inputs for group in groups for inputs in group.inputs}) == 1
    read = f" ({groups[0].inputs[0]} inputs)" if single and len(inputs_of(board)) > 1 else ""
    label = max(min(max(_widest(board, rows), len(f"suite{read}")), medium.width - 1 - taken), 8)
    rule = Text("-" * min(label + taken, medium.width - 1), style="dim")

    def line(name: str, compared: str, cells: Sequence[Sequence[str]], style: str = "") -> Text:
        """One line; `cells` are for each group one text over all its columns, or one for each of them."""
        text = medium.shortened(name, label)
        text += " " * (label - cell_len(text)) + GAP + compared.ljust(_compared_width(rows) - len(GAP))
        for group, own in zip(cells, widths, strict=True):
            text += GAP
            for cell, width in zip(group, own if len(group) == len(own) else [sum(own)], strict=True):
                shown = medium.shortened(cell, width)
                text += shown + " " * (width - cell_len(shown))
        return Text(text, style=style)

    names = line(f"suite{read}" if single else "", "n".rjust(_digits(rows)) if single else "",
                 [[medium.safe(group.measure)] for group in groups], "bold")  # fmt: skip
    heads = [names]
    if not single:
        cells = [[SHORT.get(inputs, inputs) for inputs in group.inputs] for group in groups]
        heads.append(line("suite", "n".rjust(_digits(rows)), cells))
    body = []
    for kind, (own, left_out) in shown_rows(rows).items():
        body.append(Text(KINDS.get(kind, medium.safe(kind)), style="italic"))
        for row in own:
            compared = str(row.compared).rjust(_digits(rows)) + ("" if row.can_show else "?")
            body.append(line("  " + _name(row, label - 2, medium), compared, [_cells(row, group) for group in groups]))
        if left_out:
            body.append(Text(f"  ... and {left_out} more: --show all", style="dim"))
    together = [line(_pooled_name(board), "", [_pooled(board, group) for group in groups], "bold")]
    below = [_pooled_p(board, group) for group in groups]
    if not single and any(any(cells) for cells in below):
        together.append(line("p, after Holm", "", below))
    return [*heads, rule, *body, *([rule, *together] if pooled else [])]


def _widths(board: TausContent, rows: Sequence[ScreenRow], group: Group, medium: Medium) -> list[int]:
    """The width of each of a group's cells; the gap between two cells belongs to the first."""
    every = [*(_cells(row, group) for row in rows), _pooled(board, group)]
    if len(group.inputs) > 1:
        every.append(_pooled_p(board, group))
        every.append([SHORT.get(inputs, inputs) for inputs in group.inputs])
    widths = [max(map(cell_len, column)) for column in zip(*every, strict=True)]
    widths = [width + (number < len(widths) - 1) for number, width in enumerate(widths)]
    name = cell_len(medium.safe(group.measure))
    widths[-1] += max(0, (min(name, LONGEST_NAME) if group.full else min(name, SHORTEST_NAME)) - sum(widths))
    return widths


def _digits(rows: Sequence[ScreenRow]) -> int:
    return max((len(str(row.compared)) for row in rows), default=1)


def _compared_width(rows: Sequence[ScreenRow]) -> int:
    """The columns of the number of models that are compared, its mark and the gap before."""
    return len(GAP) + _digits(rows) + 1


def _widest(board: TausContent, rows: Sequence[ScreenRow]) -> int:
    """The columns that the names in front need."""
    return max(len(_pooled_name(board)), *(2 + cell_len(f"{row.suite} {row.beside}".strip()) for row in rows))


def _name(row: ScreenRow, width: int, medium: Medium) -> str:
    """A row's name; where it is too long the suite's part is cut, not what tells it from the suite's other rows."""
    suite, beside = medium.safe(row.suite), medium.safe(row.beside)
    if not beside:
        return suite
    return f"{medium.shortened(suite, max(width - cell_len(beside) - 1, 5))} {beside}"


def _cells(row: ScreenRow, group: Group) -> list[str]:
    """The cells of one row in one group. Only the one on the first kind of inputs has the paper's value or a range."""
    return [
        tau(row.taus.get((group.measure, inputs), []), group.full and inputs == group.inputs[0])
        for inputs in group.inputs
    ]


def any_is_partial(board: TausContent, groups: Sequence[Group]) -> bool:
    """Whether a tau on the screen is marked as one that is not of all models."""
    rows = [row for own, _ in shown_rows(screen_rows(board)).values() for row in own]
    each = [_cells(row, group) for row in rows for group in groups] + [_pooled(board, group) for group in groups]
    return any(PARTIAL in cell for cells in each for cell in cells)


def tau(recipes: Sequence[AgreementRow], full: bool) -> str:
    """A tau as a cell of the screen, with `~` behind it where models or recipes are left out.

    Args:
        recipes: The row of agreement of each recipe; of several the cell has the mean.
        full: Whether the paper's value stands beside it, or the lowest and the highest tau of several recipes.
    """
    known = [row["tau"] for row in recipes if row["tau"] is not None]
    if not known:
        return "    -" + (_paper(recipes[0]) if full and len(recipes) == 1 else "")
    part = PARTIAL if len(known) < len(recipes) or any(row["left_out"] for row in recipes) else ""
    mean = f"{signed(fmean(known)):>5}{part}"
    if len(recipes) > 1:
        return f"{mean.ljust(6)}{signed(min(known))} to {signed(max(known))}" if full else mean
    return mean + (_paper(recipes[0], bool(part)) if full else "")


def _paper(row: AgreementRow, close: bool = False) -> str:
    if row["paper"] is None:
        return ""
    shown = f"[{signed(row['paper'])}]" if same_setup(row) else f"({signed(row['paper'])})"
    return shown if close else f" {shown}"


def _pooled(board: TausContent, group: Group) -> list[str]:
    """The pooled tau as cells, with `~` behind one of fewer suites than the row says.

    On a single kind of inputs p stands behind tau, else in a row of its own.
    """
    cells = []
    first = pooled_of(board, measures_in_order(board)[0], inputs_of(board)[0])
    for inputs in group.inputs:
        row = pooled_of(board, group.measure, inputs)
        if row is None or row["tau"] is None:
            cells.append("    -")
            continue
        beside = f" p {probability(row['p_holm'])}" if group.full and len(group.inputs) == 1 else ""
        p = row["p_holm"]
        part = PARTIAL if first is not None and row["suites"] < first["suites"] else ""
        cells.append(f"{signed(row['tau']):>5}{part}" + ("" if p is None else f"{beside}{'*' if p <= LEVEL else ''}"))
    return cells


def _pooled_p(board: TausContent, group: Group) -> list[str]:
    """The p below each pooled tau of several kinds of inputs, its point below that of tau."""
    rows = [pooled_of(board, group.measure, inputs) for inputs in group.inputs]
    return [f"{probability(row['p_holm']):>6}" if row and row["p_holm"] is not None else "" for row in rows]


def _pooled_name(board: TausContent) -> str:
    """How many suites the pooled row of the first measure is over.

    >>> row = {"measure": "mean-mi", "inputs": "evaluation", "scope": "tap", "suites": 7, "left_out": 1}
    >>> _pooled_name({"hypotheses": ["mean-mi"], "agreement": [row | {"placebo": False}], "pooled": [row]})
    'pooled over 7 of 8 suites'
    """
    row = pooled_of(board, measures_in_order(board)[0], inputs_of(board)[0])
    if row is None:
        return "pooled"
    every = row["suites"] + row["left_out"]
    part = f"{row['suites']} of {every}" if row["left_out"] else str(every)
    return f"pooled over {part} suite{'' if every == 1 else 's'}"
