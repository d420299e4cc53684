"""Two boards on one screen: what is shown, the taus of both, the means that differ most, what was done otherwise.

In: the content of comparison.json and a medium. Out: text of at most the medium's width.
"""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from leaderboard.content.comparison import ComparisonContent, OrderRow, TauRow
from leaderboard.pages.tables.comparison import (
    about_side,
    corrected,
    difference,
    heading,
    settings_said,
)
from leaderboard.pages.tables.table import MISSING, signed
from leaderboard.pages.terminal.lines import rendered, sentences, wrapped
from leaderboard.pages.terminal.medium import Medium

GAP = "  "
NAME = 14  # columns that the name of a suite has at least
MEANS = 6  # rows of the means that differ most
SETTINGS = 10
TAU = 5  # columns of a tau
HEAD = 12  # columns of a measure's name at least


def comparison_screen(content: ComparisonContent, medium: Medium | None = None, command: str = "") -> str:
    """The screen of a comparison. Without a medium it has 100 columns and no colour.

    Args:
        content: Of comparison.json.
        medium: Where it is shown.
        command: What gives the page and every row, "" where the caller does not say it.
    """
    medium = medium or Medium()
    lines = [*wrapped(medium.safe(heading(content)), 0, medium, "bold"), Text()]
    lines += sentences("shown", content["verdict"]["sentences"], medium)
    lines += sentences("A", [about_side(content["a"])], medium)
    lines += sentences("B", [about_side(content["b"])], medium)
    if content["taus"]:
        lines += [Text(), *_taus(content, medium)]
    if content["orders"]:
        lines += [Text(), *_means(content, medium)]
    if said := settings_said(content):
        more = [f"and {len(said) - SETTINGS} more"] if len(said) > SETTINGS else []
        lines += [Text(), *sentences("differs", [*said[:SETTINGS], *more], medium)]
    if command:
        lines += [Text(), *sentences("more", [command], medium)]
    return rendered(lines, medium)


def _taus(content: ComparisonContent, medium: Medium) -> Iterator[Text]:
    """The taus of the hypotheses and of the first placebo on the first kind of inputs; of as many as have room."""
    inputs = content["taus"][0]["inputs"]
    rows = [row for row in content["taus"] if row["inputs"] == inputs]
    tested = any(row["p_corrected"] is not None for row in rows)
    places = list(dict.fromkeys(map(_place, rows)))
    width = len(GAP) + max(2 * TAU + 1 + (6 if tested else 0), HEAD)
    room = (medium.width - 1 - NAME - len(GAP) - 2) // max(width, 1)
    names = _names(rows)[: max(room, 1)]
    label = min(
        max(NAME, *(cell_len(" ".join(place)) for place in places)), medium.width - 3 - len(GAP) - width * len(names)
    )
    label = max(label, NAME)
    by_place = {(_place(row), row["measure"]): row for row in rows}
    more = ", and the corrected p of their difference" if tested else ""
    yield from wrapped(f"tau of A and of B{more} ({inputs} inputs)", 0, medium)
    head = " " * (label + len(GAP) + 2) + "".join(
        GAP + medium.shortened(medium.safe(name), width - 2).ljust(width - 2) for name in names
    )
    sub = ["A".rjust(TAU), "B".rjust(TAU), *(["p".rjust(5)] if tested else [])]
    yield Text(head.rstrip(), "bold")
    yield Text(
        ("suite".ljust(label) + GAP + " n" + (GAP + " ".join(sub).ljust(width - len(GAP))) * len(names)).rstrip(),
        "bold",
    )
    yield Text("-" * (label + len(GAP) + 2 + width * len(names)), "dim")
    for place in places:
        first = next(row for row in rows if _place(row) == place)
        cells = [_cell(by_place.get((place, name)), tested) for name in names]
        text = medium.shortened(medium.safe(" ".join(place)), label)
        text += " " * (label - cell_len(text)) + GAP + str(first["n"]).rjust(2)
        yield Text((text + "".join(GAP + cell.ljust(width - len(GAP)) for cell in cells)).rstrip())


def _cell(row: TauRow | None, tested: bool) -> str:
    if row is None:
        return " ".join([MISSING.rjust(TAU)] * 2) + (" " * 6 if tested else "")
    taus = " ".join(signed(tau).rjust(TAU) for tau in (row["tau_a"], row["tau_b"]))
    return f"{taus} {corrected(row['p_corrected']):5}" if tested else taus


def _names(rows: Sequence[TauRow]) -> list[str]:
    """The measures in the order in which they get room: hypotheses, a placebo, then all others."""
    roles = {row["measure"]: row["role"] for row in rows}
    first = [name for name, role in roles.items() if role == "hypothesis"]
    placebos = [name for name, role in roles.items() if role == "placebo"]
    return list(dict.fromkeys([*first, *placebos[:1], *roles]))


def _place(row: TauRow) -> tuple[str, ...]:
    """The suite of a row, with its recipe, and its metric where that is not accuracy."""
    return tuple(part for part in (row["suite"], row["recipe"], row["metric"]) if part not in ("", "accuracy"))


def _means(content: ComparisonContent, medium: Medium) -> Iterator[Text]:
    """The numbers whose means over the conditions differ most, by p, else in the order of the rows."""
    rows = sorted(content["orders"], key=_first)[:MEANS]
    if all(row["difference"] == 0 for row in content["orders"]):
        yield Text(f"means over the conditions: all {len(content['orders'])} are equal")
        return
    yield from wrapped(f"means over the conditions: {_which(content)}; and whether the order is the same", 0, medium)
    table = [("suite", "number", "A - B", "order", "p"), *(_mean(row) for row in rows)]
    widths = [max(cell_len(medium.safe(cell)) for cell in column) for column in zip(*table, strict=True)]
    spare = medium.width - 1 - sum(widths[2:]) - len(GAP) * 4
    widths[0] = min(widths[0], max(spare // 2, NAME))
    widths[1] = min(widths[1], max(spare - widths[0], NAME))
    for place, cells in enumerate(table):
        shown = [medium.shortened(medium.safe(cell), width) for cell, width in zip(cells, widths, strict=True)]
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(shown, widths, strict=True)]
        yield Text(GAP.join(padded).rstrip(), "bold" if place == 0 else "")
        if place == 0:
            yield Text("-" * min(sum(widths) + len(GAP) * 4, medium.width - 1), "dim")


def _first(row: OrderRow) -> tuple[float, float, bool, bool]:
    p, own = row["p_corrected"], row["p"]
    return (2.0 if p is None else p, 2.0 if own is None else own, row["same_order"] is not False, not row["difference"])


def _which(content: ComparisonContent) -> str:
    alike = sum(row["same_order"] is True for row in content["orders"])
    every = len(content["orders"])
    rest = f"those that differ most of {every}" if every > MEANS else f"all {every}"
    return f"{rest}, of which {alike} are in the same order"


def _mean(row: OrderRow) -> tuple[str, ...]:
    inputs = f" ({row['inputs']})" if row["inputs"] else ""
    swaps = "" if not row["swaps"] else f", {row['swaps']} swapped"
    order = {True: "same", False: f"other{swaps}", None: MISSING}[row["same_order"]]
    suite = f"{row['suite']} {row['recipe']}".strip()
    return suite, f"{row['name']}{inputs}", difference(row["difference"]), order, corrected(row["p_corrected"])
