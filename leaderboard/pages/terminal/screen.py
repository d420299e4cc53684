"""The one screen at the end of `run` and `report`: what was run, the taus, what they show, and what to open next.

In: the content of board.json, and what the caller knows of the run. Out: text of at most thirty lines for ten columns
of the paper's Table 2, where the medium has 80 columns or more.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from rich.cells import cell_len
from rich.text import Text

from benchmark.plain.words import counted
from leaderboard.content.board import BoardContent
from leaderboard.pages.tables.table import by, duration, same_setup
from leaderboard.pages.terminal.conclusion import best, conclusion
from leaderboard.pages.terminal.lines import rendered, wrapped
from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.suite_rows import screen_rows
from leaderboard.pages.terminal.suite_table import Group, any_is_partial, chosen_groups, table_lines

MORE = ("measures", "models", "taps", "ends", "picks", "warnings", "missing", "all")  # words of --show beside `sure`
MOST_LINES = 30  # a longer screen does without its blank lines, and without the rule above the pooled taus
HOLDS = {  # what is in the file to read, where that is not every table
    "board.html": "figures, every table",
    "agreement.csv": "beside it a file for each table",
    "agreement.parquet": "beside it a file for each table",
    "model-card.md": "a section for a model card",
    "board.bib": "what to cite",
}
INDENT = 7  # columns of a label and the gap behind it


@dataclass(frozen=True)
class Around:
    """What stands around a board: the file to read, the command that shows more, the time it took, a last remark.

    `spent` says what that time went to.
    """

    page: str = ""
    command: str = ""
    seconds: float | None = None
    spent: str = ""
    remark: str = ""


def screen(board: BoardContent, medium: Medium | None = None, around: Around | None = None) -> str:
    """The screen of a board.

    Args:
        board: The content of board.json.
        medium: Where it is shown; without it 100 columns without colour.
        around: What the caller knows of the run and the board's place; what it does not know is left out.

    Returns:
        Lines without trailing blanks, none as long as the medium is wide.
    """
    medium, around = medium or Medium(), around or Around()
    body = list(_body(board, medium)) if board["agreement"] else [Text("Nothing is measured yet: no suite is there.")]
    lines = [*wrapped(_heading(board, around, medium), 0, medium, "bold"), Text(), *body]
    lines += [Text(), *_sentences(board, medium), *_next(board, medium, around)]
    return rendered(_closer(lines), medium)


def _closer(lines: Sequence[Text]) -> list[Text]:
    """The lines without as many of those that only set others apart as there are too many."""
    blanks = [number for number, line in enumerate(lines) if not line.plain]
    rules = [number for number, line in enumerate(lines) if set(line.plain) == {"-"}]
    spare = [*blanks, *rules[1:]][: max(len(lines) - MOST_LINES, 0)]
    return [line for number, line in enumerate(lines) if number not in spare]


def _heading(board: BoardContent, around: Around, medium: Medium) -> str:
    size = board["size"]
    spent = f" in {duration(around.seconds)}" if around.seconds is not None else ""
    amounts = ", ".join(
        [
            counted(size["suites"], "suite", "suites"),
            counted(size["networks"], "network", "networks"),
            counted(size["cells"], "cell", "cells") + spent,
        ]
    )
    gone = Counter(row["reason"] for row in board["missing"])
    wrong = [f"{number} {reason}" for reason, number in gone.items()] or ["0 failed"]
    plan = medium.shortened(medium.safe(board["plan"]), 40)
    return f"{plan}: {amounts}; {', '.join([*wrong, counted(len(board['warnings']), 'warning', 'warnings')])}"


def _body(board: BoardContent, medium: Medium) -> Iterator[Text]:
    metrics = {row["metric"] for row in board["agreement"]}
    metric = medium.safe(metrics.pop()) if len(metrics) == 1 else "the metric"
    yield from wrapped(f"tau: does a measure order the networks as {metric} does?  +1 yes, -1 reversed", 0, medium)
    yield from table_lines(board, medium)
    yield from _legend(board, chosen_groups(board, medium), medium)


def _legend(board: BoardContent, groups: Sequence[Group], medium: Medium) -> Iterator[Text]:
    """What the marks mean, several beside each other where there is room."""
    said = [medium.safe(text) for text in _marks(board, groups)]
    widths = [0]
    for count in range(len(said), 0, -1):
        widths = [max(map(cell_len, said[start::count])) + 2 for start in range(count)]
        if sum(widths) < medium.width + 2:
            break
    for start in range(0, len(said), len(widths)):
        beside = zip(said[start : start + len(widths)], widths, strict=False)
        yield from wrapped("".join(text + " " * (width - cell_len(text)) for text, width in beside), 3, medium, "dim")


def _marks(board: BoardContent, groups: Sequence[Group]) -> list[str]:
    """The marks on the screen with their meaning."""
    rows = {group.measure: [row for row in board["agreement"] if row["measure"] == group.measure] for group in groups}
    full = [row for group in groups if group.full for row in rows[group.measure] if row["inputs"] == group.inputs[0]]
    suites = by(board["agreement"], "suite", "data", "family")
    recipes = {place: len({row["recipe"] for row in own}) for place, own in suites.items()}
    alone = [row for row in full if recipes[row["suite"], row["data"], row["family"]] == 1]
    papers = [same_setup(row) for row in alone if row["paper"] is not None]
    several = sorted({number for number in recipes.values() if number > 1})
    placebos = [name for name, own in rows.items() if own[0]["placebo"]]
    yardsticks = [name for name, own in rows.items() if own[0]["yardstick"]]
    few = not all(row.can_show for row in screen_rows(board))
    return [
        f"n  models compared{'; ?: too few to reach p .05' if few else ', one a condition'}",
        *(["( ) the paper's, other data"] if not all(papers) else []),
        *(["[ ] the paper's, same data"] if any(papers) else []),
        *(["*  p <= .05, one-sided, after Holm"] if board["hypotheses"] else []),
        *([f"{', '.join(placebos)}: {'a placebo' if len(placebos) == 1 else 'placebos'} to beat"] if placebos else []),
        *([f"{', '.join(yardsticks)}: needs labels"] if yardsticks else []),
        *(["~  some models or suites have no value"] if any_is_partial(board, groups) else []),
        *([f"mean over {' or '.join(map(str, several))} recipes, lowest to highest"] if several else []),
    ]


def _sentences(board: BoardContent, medium: Medium) -> Iterator[Text]:
    for label, sentence in conclusion(board):
        yield from _labelled(label, medium.safe(sentence), medium)


def _next(board: BoardContent, medium: Medium, around: Around) -> Iterator[Text]:
    """What to open and to type next, as far as the caller knows it."""
    warnings = f", {counted(len(board['warnings']), 'warning', 'warnings')}" if board["warnings"] else ""
    if around.page:
        holds = HOLDS.get(PurePath(around.page).name, "every table")
        yield from _labelled("read", f"{medium.safe(around.page)}  ({holds}{warnings})", medium)
    command = medium.safe(around.command)
    said = ""
    if command and board["missing"]:
        said = "missing"
        yield from _command("gaps", command, said, "what is missing, and why", medium)
    elif command and best(board) and "limit" not in board:
        said = "picks"
        yield from _command("pick", command, said, "which network to take", medium)
    if command:
        others = [word for word in MORE if word != said and (word != "measures" or "measures" in board)]
        yield from _command("more", command, "sure", f"or {', '.join(others)}", medium)
    if around.spent:
        yield from _labelled("time", medium.safe(around.spent), medium)
    if around.remark:
        yield from wrapped(medium.safe(around.remark), 0, medium, "dim")


def _command(label: str, command: str, word: str, comment: str, medium: Medium) -> Iterator[Text]:
    """A command that can be pasted, with a comment as a shell has it: behind it, or in lines of its own below it."""
    whole = f"{command} --show {word}"
    if INDENT + cell_len(f"{whole}   # {comment}") < medium.width:
        yield from _labelled(label, f"{whole}   # {comment}", medium)
        return
    *firsts, last = _pieces(whole, medium) if INDENT + cell_len(whole) >= medium.width else [whole]
    below = [*(f"{first} \\" for first in firsts), last, *(f"# {piece}" for piece in _pieces(comment, medium))]
    yield from _labelled(label, below[0], medium)
    yield from (Text(" " * INDENT + line) for line in below[1:])


def _pieces(text: str, medium: Medium) -> list[str]:
    """A text in pieces that fit behind a label with two more columns for a mark."""
    return [line.plain for line in wrapped(text, 0, replace(medium, width=max(medium.width - INDENT - 2, 1)))]


def _labelled(label: str, text: str, medium: Medium) -> Iterator[Text]:
    for line in wrapped(label.ljust(INDENT) + text, INDENT, medium):
        line.stylize("bold cyan", 0, len(label) if line.plain.startswith(label) else 0)
        yield line
