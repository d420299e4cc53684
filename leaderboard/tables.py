"""Views of a board: what stands in which column, as text. Every format shows these same tables.

In: the content of board.json. Out: `Table`s of strings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MISSING = "-"
BRACKETS = "In brackets: the paper's value, for other data, another family or other inputs than here."
SURE = ("tau", "n", "p", "p_min", "ties", "within tau", "within p", "within over", "all models", "regret", "paper")
PLACE = ("suite", "data", "family", "recipe", "inputs", "scope")


@dataclass(frozen=True)
class Cell:
    """A text; `grey` where it is for comparison only (the paper's values for other data or another family)."""

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


def headline_tables(board: dict[str, Any]) -> list[Table]:
    """As Table 2 of the paper: tau of each measure (rows) for each suite and metric (columns), with its p."""
    return [
        _headline(inputs, scope, rows) for (inputs, scope), rows in _by(board["agreement"], "inputs", "scope").items()
    ]


def agreement_table(board: dict[str, Any]) -> Table:
    """One row for each measure and column of Table 2, with everything that says how sure its tau is."""
    head = [*PLACE, "metric", "measure", *SURE]
    return Table("Agreement", head, [_agreement_row(row, (*PLACE, "metric", "measure")) for row in board["agreement"]])


def sureness_tables(board: dict[str, Any]) -> list[Table]:
    """The same for each suite, kind of inputs and scope by itself, narrow enough for a terminal."""
    tables = []
    for place, rows in _by(board["agreement"], "inputs", "scope", "suite", "data", "family").items():
        varied = [key for key in ("recipe", "metric") if len({row[key] for row in rows}) > 1]
        title = "how sure: {2}, {3}, {4}: {0} inputs, scope {1}".format(*place)
        tables.append(
            Table(title, [*varied, "measure", *SURE], [_agreement_row(r, (*varied, "measure")) for r in rows])
        )
    return tables


def model_tables(board: dict[str, Any]) -> list[Table]:
    """For each suite: condition, the measures and the metrics, mean and standard deviation over the seeds."""
    placebos = {row["measure"] for row in board["agreement"] if row["placebo"]}
    groups = _by(board["models"], "suite", "data", "family", "inputs", "scope")
    return [_models(rows, [name for name in rows[0]["measures"] if name not in placebos]) for rows in groups.values()]


def missing_table(board: dict[str, Any]) -> Table:
    """What the board had to leave out, and why."""
    return Table("Missing", ("cell", "reason"), [(row["key"], row["reason"]) for row in board["missing"]])


def footnotes(board: dict[str, Any]) -> list[str]:
    """What a reader of the tables must know, and the verdict."""
    reasons = {row["reason"] for row in board["agreement"] if row["tau"] is None and row["reason"]}
    placebos = sorted({row["measure"] for row in board["agreement"] if row["placebo"]})
    marked = sorted({f"{row['data']}: {row['origin']} data" for row in board["models"] if row["origin"] != "published"})
    notes = [
        *([f"A trial on at most {board['limit']} examples of each kind: no result."] if "limit" in board else []),
        "tau: Kendall's tau-b over the conditions, +1 = the measure orders the models as the metric does; "
        "p: exact, two-sided (sampled where more than 8 models have ties); "
        "p_min: the smallest p that n models can reach.",
        "within: mean over conditions of tau over seeds or recipes. "
        "regret: what picking the measure's first model loses against the best one, in the metric's unit.",
        *([f"Placebos ({', '.join(placebos)}) have the sign that suits them best."] if placebos else []),
        *([BRACKETS] if any(row["paper"] is not None and not _same_setup(row) for row in board["agreement"]) else []),
        *([f"{'; '.join(marked)}."] if marked else []),
        *_sampled(board["models"]),
        *_warned(board["warnings"]),
        *([f"{MISSING}: undefined or missing ({'; '.join(sorted(reasons))})."] if reasons else []),
    ]
    return [*notes, *board["verdict"]]


def _sampled(models: list[dict[str, Any]]) -> list[str]:
    """How far measures of a sample of the pairs may lie from those of all."""
    errors: dict[str, float] = {}
    for row in models:
        for name, value in row["measures"].items():
            if "standard_error" in value:
                errors[name] = max(errors.get(name, 0.0), value["standard_error"])
    largest = "; ".join(f"{name} {error:.2g}" for name, error in errors.items())
    return [f"From a sample of the pairs, with a standard error of at most (nats): {largest}."] if errors else []


def _warned(warnings: list[dict[str, str]]) -> list[str]:
    """How many warnings there are, and the first; board.json has them all."""
    if not warnings:
        return []
    return [f"{len(warnings)} warnings, as {warnings[0]['key']}: {warnings[0]['warning']}; all in board.json."]


def number(value: float | None, digits: int = 2) -> str:
    """A number as text, a dash where there is none."""
    return MISSING if value is None else f"{value:.{digits}f}"


def probability(value: float | None) -> str:
    """.017, and <.001 below that."""
    if value is None:
        return MISSING
    return "<.001" if value < 0.0005 else f"{value:.3f}".removeprefix("0")


def _by(rows: Iterable[dict[str, Any]], *keys: str) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def _headline(inputs: str, scope: str, rows: list[dict[str, Any]]) -> Table:
    columns = _by(rows, "suite", "data", "family", "recipe", "metric")
    recipes = len({key[:3] for key in columns}) < len({key[:4] for key in columns})
    head = ["measure"]
    for suite, data, family, recipe, metric in columns:
        head.append(f"{suite}\n{metric}\n{data}, {family}" + (f"\n{recipe}" if recipes else ""))
    body = []
    for (measure, placebo), own in _by(rows, "measure", "placebo").items():
        body.append([f"{measure} (placebo)" if placebo else measure, *(_headline_cell(row) for row in own)])
    models = [str(column[0]["n"] + column[0]["left_out"]) for column in columns.values()]
    return Table(f"tau by suite: {inputs} inputs, scope {scope}", head, [*body, ["n", *models]])


def _headline_cell(row: dict[str, Any]) -> str:
    """tau with its p, the number of models where some are left out, and the paper's value."""
    p = f" p={probability(row['p'])}" if row["tau"] is not None else ""
    fewer = f" n={row['n']}" if row["left_out"] else ""
    return f"{number(row['tau'])}{p}{fewer}{_paper(row)}"


def _paper(row: dict[str, Any]) -> str:
    if row["paper"] is None:
        return ""
    return f" paper {row['paper']:.2f}" if _same_setup(row) else f" ({row['paper']:.2f})"


def _same_setup(row: dict[str, Any]) -> bool:
    return bool(row["as_in_paper"]) and row["inputs"] == "evaluation"


def _agreement_row(row: dict[str, Any], keys: Sequence[str]) -> list[Cell | str]:
    within = row["within_condition"]
    left_out = f", {within['left_out']} left out" if within["left_out"] else ""
    return [
        *(row[key] or MISSING for key in keys),
        number(row["tau"]),
        str(row["n"]),
        probability(row["p"]),
        probability(row["p_min"]),
        str(row["ties"]),
        number(within["tau"]),
        probability(within["p"]),
        f"{within['unit']} in {within['conditions']} conditions{left_out}",
        number(row["all_models"]["tau"]),
        number(row["regret"], 3),
        MISSING if row["paper"] is None else Cell(number(row["paper"]), grey=not _same_setup(row)),
    ]


def _models(rows: list[dict[str, Any]], measures: list[str]) -> Table:
    first = rows[0]
    metrics = list(first["metrics"])
    recipes = len({row["recipe"] for row in rows}) > 1
    head = [first["knob"] or "condition", *(["recipe"] if recipes else []), *measures, *metrics, "seeds"]
    body = [
        [
            f"{row['condition']:g}" if isinstance(row["condition"], float) else row["condition"],
            *([row["recipe"]] if recipes else []),
            *(_spread(row["measures"][name], 3) for name in measures),
            *(_spread(row["metrics"][name], 3) for name in metrics),
            str(len(row["seeds"])),
        ]
        for row in rows
    ]
    place = f"{first['suite']} ({first['kind']}), {first['data']}, {first['family']}"
    return Table(f"{place}: {first['inputs']} inputs, scope {first['scope']}", head, body)


def _spread(value: dict[str, Any], digits: int) -> str:
    if value["mean"] is None:
        return MISSING
    return number(value["mean"], digits) + ("" if value["sd"] is None else f" ±{number(value['sd'], digits)}")
