"""Views of a board: what stands in which column, as text. Every format shows the same tables.

In: the content of board.json. Out: `Table`s of strings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar, cast

from benchmark.measures import HEADLINES
from leaderboard.content.board import BoardContent
from leaderboard.content.models import MetricContent, ModelRow, NumberContent
from leaderboard.content.taus import AgreementRow, PlaceColumns
from leaderboard.pages.tables.forms import headed
from registry.words import condition_text

MISSING = "-"
Row = TypeVar("Row", bound=Mapping[str, object])


@dataclass(frozen=True)
class Cell:
    """The text of a cell; `grey` where it is for comparison only, as the paper's value for other data is."""

    text: str
    grey: bool = False

    def __str__(self) -> str:
        return f"({self.text})" if self.grey else self.text


@dataclass(frozen=True)
class Table:
    """A title, column heads, and rows of cells or texts."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]


def headline_tables(board: BoardContent) -> list[Table]:
    """Table 2 of the paper: tau of each measure (rows) for each suite and metric (columns), with its p.

    Over several recipes a cell has the mean, the lowest and the highest tau. Each kind of memorization has a table of
    its own, for each kind of inputs and scope.
    """
    return [_headline(place, rows) for place, rows in by(board["agreement"], "inputs", "scope", "kind").items()]


def model_tables(board: BoardContent) -> list[Table]:
    """For each suite: condition, the measures and the metrics, mean over the seeds and its standard error."""
    placebos = {row["measure"] for row in board["agreement"] if row["placebo"]}
    groups = by(board["models"], "suite", "data", "family", "inputs", "scope")
    return [
        _models(board, rows, [name for name in rows[0]["measures"] if name not in placebos]) for rows in groups.values()
    ]


def tap_model_tables(board: BoardContent) -> list[Table]:
    """For each suite: the headline measures, and the metrics that are read at taps, at each tap of every model."""
    tables = []
    for rows in by(board["models"], "suite", "data", "family", "inputs", "scope").values():
        first = rows[0]
        wanted = [*(("measure", name) for name in HEADLINES), *(("metric", name) for name in first["metrics"])]
        numbers = [_numbers(row) for row in rows]
        columns = [(one, tap) for one in wanted for tap in _taps(own[one] for own in numbers if one in own)]
        heads = [f"{name}\n{tap}" for (_, name), tap in columns]
        recipes = ["recipe"] if len({row["recipe"] for row in rows}) > 1 else []
        body = [
            [
                condition(row),
                *texts(row, *recipes),
                *(number(own[one].get("per_tap", {}).get(tap), 3) for one, tap in columns),
            ]
            for row, own in zip(rows, numbers, strict=True)
        ]
        if columns:
            tables.append(
                Table(f"at each tap: {_place(first)}", [first["knob"] or "condition", *recipes, *heads], body)
            )
    return tables


def _numbers(row: ModelRow) -> dict[tuple[str, str], NumberContent]:
    """The numbers of a model by what they are and by name: a measure and a metric may have one name."""
    measures = {("measure", name): value for name, value in row["measures"].items()}
    metrics: dict[tuple[str, str], NumberContent] = {("metric", name): one for name, one in row["metrics"].items()}
    return {**measures, **metrics}


def _taps(values: Iterable[NumberContent]) -> list[str]:
    return list(dict.fromkeys(tap for value in values for tap in value.get("per_tap", {})))


def missing_tables(board: BoardContent) -> list[Table]:
    """What the board had to leave out, and why; nothing where nothing is missing."""
    rows = [(row["key"], row["reason"]) for row in board["missing"]]
    return [Table("Missing", ("cell", "reason"), rows)] if rows else []


def number(value: float | None, digits: int = 2) -> str:
    """A number as text, a dash where it is missing.

    >>> number(0.125), number(0.125, 3), number(None)
    ('0.12', '0.125', '-')
    """
    return MISSING if value is None else f"{value:.{digits}f}"


def signed(tau: float | None) -> str:
    """A tau with its sign.

    >>> signed(0.5), signed(-1.0), signed(0.001), signed(None)
    ('+0.50', '-1.00', '0.00', '-')
    """
    if tau is None:
        return MISSING
    said = f"{tau:+.2f}"
    return "0.00" if said in ("+0.00", "-0.00") else said


def probability(value: float | None) -> str:
    """A p as text, without the zero before its point.

    >>> probability(0.0167), probability(1.0), probability(0.0001), probability(None)
    ('.017', '1.000', '<.001', '-')
    """
    if value is None:
        return MISSING
    return "<.001" if value < 0.0005 else f"{value:.3f}".removeprefix("0")


def duration(seconds: float) -> str:
    """A time as a person says it.

    >>> duration(8.4), duration(280), duration(7260)
    ('8 s', '4 min 40 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"


def by(rows: Iterable[Row], *keys: str) -> dict[tuple[str, ...], list[Row]]:
    """The rows of each combination of these columns, in the order in which they come."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(cast(str, row[key]) for key in keys), []).append(row)
    return groups


def texts(row: Mapping[str, object], *keys: str) -> list[str]:
    """What a row says in some columns that hold texts.

    >>> texts({"suite": "nico", "n": 5, "recipe": "adam"}, "suite", "recipe")
    ['nico', 'adam']
    """
    return [cast(str, row[key]) for key in keys]


def measure_name(row: AgreementRow) -> str:
    """The name of a row's measure, marked where it is none of those that are tested."""
    mark = " (placebo)" if row["placebo"] else " (needs labels)" if row["yardstick"] else ""
    return f"{row['measure']}{mark}"


def _headline(place: tuple[str, ...], rows: list[AgreementRow]) -> Table:
    columns = by(rows, "suite", "data", "family", "metric")
    head = ["measure", *(f"{suite}\n{metric}\n{data}, {family}" for suite, data, family, metric in columns)]
    body = []
    for own in by(rows, "measure").values():
        cells = by(own, "suite", "data", "family", "metric").values()
        body.append([measure_name(own[0]), *(headline_cell(column) for column in cells)])
    models = [str(column[0]["n"] + column[0]["left_out"]) for column in columns.values()]
    title = "tau by suite, {2} memorization: {0} inputs, scope {1}".format(*place)
    return Table(title, head, [*body, ["n", *models]])


def headline_cell(recipes: Sequence[AgreementRow]) -> str:
    """The cell of Table 2 for one measure: tau, its p, the number of models where some are left out, the paper's tau.

    Args:
        recipes: The rows of agreement of each recipe. Of several only the mean, the lowest and the highest tau stand.
    """
    row = recipes[0]
    if len(recipes) > 1:
        return spread_over([one["tau"] for one in recipes])
    p = f" p {probability(row['p'])}" if row["tau"] is not None else ""
    fewer = f" n={row['n']}" if row["left_out"] else ""
    return f"{number(row['tau'])}{p}{fewer}{_paper(row)}"


def spread_over(values: Sequence[float | None], digits: int = 2) -> str:
    """Mean, lowest and highest over the recipes that have a value, and how many have none.

    >>> spread_over([0.25, 0.75, None])
    '0.50 [0.25 to 0.75, 1 undefined]'
    """
    known = [value for value in values if value is not None]
    if not known:
        return MISSING
    without = f", {len(values) - len(known)} undefined" if len(known) < len(values) else ""
    ends = f"{number(min(known), digits)} to {number(max(known), digits)}"
    return f"{number(fmean(known), digits)} [{ends}{without}]"


def _paper(row: AgreementRow) -> str:
    if row["paper"] is None:
        return ""
    return f" paper {row['paper']:.2f}" if same_setup(row) else f" ({row['paper']:.2f})"


def same_setup(row: AgreementRow) -> bool:
    """Whether the paper's value is for what was done here."""
    return bool(row["as_in_paper"]) and row["inputs"] == "evaluation"


def _models(board: BoardContent, rows: list[ModelRow], measures: list[str]) -> Table:
    first = rows[0]
    metrics = list(first["metrics"])
    recipes = len({row["recipe"] for row in rows}) > 1
    head = [first["knob"] or "condition", *(["recipe"] if recipes else []), *measures, "training accuracy"]
    for name in metrics:
        head += [headed(board, name), *(["by chance"] if _has_chance(rows, name) else []), "than before"]
    head.append("seeds")
    body = [
        [
            condition(row),
            *([row["recipe"]] if recipes else []),
            *(with_error(row["measures"][name]) for name in measures),
            with_error(row["training_accuracy"]),
            *(text for name in metrics for text in _judged(row["metrics"][name], _has_chance(rows, name))),
            str(len(row["seeds"])),
        ]
        for row in rows
    ]
    return Table(_place(first), head, body)


def _place(row: PlaceColumns) -> str:
    return "{suite} ({kind}), {data}, {family}: {inputs} inputs, scope {scope}".format(**row)


def condition(row: ModelRow) -> str:
    """The condition of a model, with its name where the suite has one for it."""
    said = row["condition"]
    number = condition_text(said)
    return f"{number} ({row['condition_name']})" if row.get("condition_name") else number


def _judged(metric: MetricContent, chance: bool) -> list[str]:
    """A metric, what it is by chance, and whether it differs from that of the condition before by more than noise."""
    by_chance = [number(metric.get("by_chance"), 3)] if chance else []
    return [with_error(metric), *by_chance, seen(metric["than_before"], metric.get("about"))]


def _has_chance(rows: list[ModelRow], metric: str) -> bool:
    return any("by_chance" in row["metrics"][metric] for row in rows)


def seen(word: str | None, about: str | None) -> str:
    """The direction of a difference, with a remark where it is about these networks alone.

    >>> seen("lower", "conditions"), seen("lower", "networks"), seen("undecided", "networks"), seen(None, None)
    ('lower', 'lower (these networks)', 'undecided', '-')
    """
    if word is None:
        return MISSING
    return f"{word} (these networks)" if about == "networks" and word != "undecided" else word


def with_error(value: NumberContent, digits: int = 3) -> str:
    """A mean and its standard error, where it has one.

    >>> with_error({"mean": 0.5, "sd": 0.3, "error": 0.1}), with_error({"mean": 0.5, "sd": 0.3})
    ('0.500 ±0.100', '0.500')
    """
    mean, error = value["mean"], value.get("error")
    return number(mean, digits) + ("" if mean is None or error is None else f" ±{number(error, digits)}")
