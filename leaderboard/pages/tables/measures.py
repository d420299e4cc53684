"""The board of measures: which of them orders networks rightly across conditions and within one, for each kind.

In: the content of board.json. Out: `Table`s of strings; none for a board of a plan that does not choose its measures.
"""

from collections.abc import Callable, Sequence

from leaderboard.content.board import BoardContent
from leaderboard.content.measures import WAYS, MeasureRow, PanelColumns, Role, Way
from leaderboard.pages.tables.table import MISSING, Table, by, number, probability
from registry import Kind

KINDS: dict[Kind, str] = {"heuristic": "shortcuts", "example-level": "wrong labels"}
SIGNS: dict[Role, tuple[str, str]] = {
    "placebo": ("°", "a placebo"),
    "yardstick": ("*", "needs labels"),
    "baseline": ("=", "the baseline"),
}
OVER: dict[Way, str] = {"across": "across", "within": "within", "all": "all networks"}
PARTIAL = "~"  # behind what has no tau in one of the suites
MARKS = {"placebo": " (placebo)", "yardstick": " (needs labels)", "baseline": " (baseline)"}


def measure_tables(board: BoardContent) -> list[Table]:
    """For each kind of inputs and scope mean taus of all measures, then each suite with p's; at last the needs."""
    return _tables(board, _means)


def narrow_tables(board: BoardContent) -> list[Table]:
    """The same for a screen of 80 columns: the mean taus of one kind stand in one column."""
    return _tables(board, _narrow)


def _tables(board: BoardContent, means: Callable[[Sequence[MeasureRow], str], Table]) -> list[Table]:
    rows = board.get("measures", [])
    tables = []
    for (inputs, scope), own in by(rows, "inputs", "scope").items():
        place = f"{inputs} inputs, scope {scope}"
        tables.append(means(own, f"which measure orders networks? mean tau over the suites of a kind: {place}"))
        tables += [
            _of_suite([row["panels"][number] for row in own], [name_of(row) for row in own], place)
            for number in range(len(own[0]["panels"]))
        ]
    if rows:
        first = next(iter(by(rows, "inputs", "scope").values()))
        body = [[row["measure"], ", ".join(row["needs"]) or "nothing"] for row in first]
        tables.append(Table("what each measure needs", ("measure", "is computed from"), body))
    return tables


def name_of(row: MeasureRow) -> str:
    """The name of a measure, marked where it is none of those that compete."""
    return row["measure"] + MARKS.get(row["role"], "") + (PARTIAL if row["partial"] else "")


def _means(rows: Sequence[MeasureRow], title: str) -> Table:
    kinds = list(rows[0]["means"])
    head = ["measure", *(f"{KINDS[kind]}\n{way}" for kind in kinds for way in WAYS), "weakest", "group"]
    body = [
        [
            name_of(row),
            *(_signed(row["means"][kind][way]) + _wrong(row, kind, way) for kind in kinds for way in WAYS),
            _signed(row["weakest"]),
            _span(row["groups"]),
        ]
        for row in rows
    ]
    return Table(title, head, body)


def _narrow(rows: Sequence[MeasureRow], title: str) -> Table:
    kinds = list(rows[0]["means"])
    ways = "".join(f"{way:<7}" for way in WAYS).rstrip()
    body = []
    for row in rows:
        taus = [[_short(row["means"][kind][way]) + _wrong(row, kind, way) for way in WAYS] for kind in kinds]
        cells = ["".join(f"{tau:<7}" for tau in own).rstrip() for own in taus]
        sign = SIGNS.get(row["role"], ("", ""))[0] + (PARTIAL if row["partial"] else "")
        body.append([row["measure"] + sign, *cells])
    signs = "; ".join(f"{sign} {word}" for sign, word in SIGNS.values())
    head = ["measure", *(f"{KINDS[kind]}\n{ways}" for kind in kinds)]
    legend = f"{signs}; {PARTIAL} no tau in one of the suites; ! surely the wrong way round in one"
    return Table(f"{title} ({legend})", head, body)


def _short(value: float | None) -> str:
    """A tau without the zero before its point.

    >>> _short(0.561), _short(-1.0), _short(None)
    ('+.56', '-1.00', '-')
    """
    return _signed(value).replace("0.", ".", 1)


def _wrong(row: MeasureRow, kind: Kind, way: Way) -> str:
    """A mark where the measure surely orders the networks of one of the suites the wrong way round."""
    return "!" if any(way in panel["wrong"] for panel in row["panels"] if panel["kind"] == kind) else ""


def _of_suite(panels: Sequence[PanelColumns], names: Sequence[str], place: str) -> Table:
    suite, data, family, metric = (panels[0][key] for key in ("suite", "data", "family", "metric"))
    chance = number(panels[0]["chance_regret"], 3)
    title = f"measures on {suite}, {data}, {family}, by {metric} (a pick at random loses {chance}): {place}"
    ways = [f"{OVER[way]}{part}" for way in WAYS for part in ("", "\np", "\np (Holm)")]
    body = []
    for name, panel in zip(names, panels, strict=True):
        found = [panel[way] for way in WAYS]
        cells = [text for one in found for text in (_signed(one["tau"]), *map(probability, (one["p"], one["p_holm"])))]
        body.append([name, *cells, probability(panel["recipe_null"]), number(panel["regret"], 3)])
    return Table(title, ["measure", *ways, "recipe\nnull", "regret"], body)


def _signed(value: float | None) -> str:
    return MISSING if value is None else f"{round(value, 2) + 0.0:+.2f}"  # no zero is negative


def _span(groups: Sequence[int]) -> str:
    """The groups that a measure stands in: they follow each other."""
    if not groups:
        return MISSING
    return f"{groups[0]}" if len(groups) == 1 else f"{groups[0]}-{groups[-1]}"
