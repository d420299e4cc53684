"""Sheets of models: every number of every model, over all taps and at each, and the two ends of every suite.

In: the content of board.json. Out: rows of plain values.
"""

from collections.abc import Iterator

from leaderboard.content.board import BoardContent
from leaderboard.content.models import DifferenceContent, EndRow, ModelRow, NumberContent
from leaderboard.pages.sheets.shapes import PLACE, REASON, TAP, Column, Row, Sheet, chosen
from registry.words import condition_text

ROLE = Column("role", "text", "what the number is: measure, metric or training")
NAME = Column("name", "text", "the measure or metric; accuracy where the role is training")
MEAN = Column("mean", "number", "mean over the seeds", "its own: nats for entropy and mutual information")
_MODEL = (
    *PLACE,
    Column("knob", "text", "what the suite turns from condition to condition"),
    Column("order", "count", "which condition of the suite it is; 1 provokes the least memorization"),
    Column("condition", "number", "the knob's value, empty where the condition is a word"),
    Column("condition_name", "text", "the condition as a text: its name where it has one, else the value"),
    ROLE,
    NAME,
)
_ABOUT = Column(
    "about", "text", "networks: that is about these alone; conditions: from three seeds on, about others too"
)
_OF_NUMBER = ("mean", "sd", "error", "df", "error_of", "by_chance", "than_before", "about", "reason")
_NUMBER = (
    MEAN,
    Column("sd", "number", "standard deviation over the seeds", "as the mean"),
    Column("error", "number", "standard error of the mean, which tables show after ±", "as the mean"),
    Column("df", "number", "degrees of freedom of error; empty: the normal distribution"),
    Column("error_of", "text", "over what error is: seeds and examples, examples, seeds, reading or sampled pairs"),
    Column("low", "number", "lower end of the 95 % interval of the mean; of an accuracy by log-odds", "as the mean"),
    Column("high", "number", "upper end of it", "as the mean"),
    Column("by_chance", "number", "expected mean with groups permuted inside labels", "as the mean"),
    Column("than_before", "text", "a metric against the condition before: higher, lower or undecided, by t at p .05"),
    _ABOUT,
    Column("seeds", "count", "how many networks the mean is over"),
    REASON,
)


def _named(row: ModelRow) -> Iterator[tuple[str, str, NumberContent]]:
    """Role, name and value of every number of a model."""
    for name, measure in row["measures"].items():
        yield "measure", name, measure
    for name, metric in row["metrics"].items():
        yield "metric", name, metric
    yield "training", "accuracy", row["training_accuracy"]


def _each(board: BoardContent) -> Iterator[tuple[dict[str, object], NumberContent]]:
    """Every number of every model: what it is of, and the value."""
    orders: dict[tuple[str, str, str], dict[float | str, int]] = {}
    for row in board["models"]:
        beside = orders.setdefault((row["suite"], row["data"], row["family"]), {})
        said = row["condition"]
        about = {
            **chosen(PLACE, row),
            "knob": row["knob"],
            "order": beside.setdefault(said, len(beside) + 1),
            "condition": None if isinstance(said, str) else float(said),
            "condition_name": row["condition_name"] or condition_text(said),
        }
        for role, name, value in _named(row):
            yield {**about, "role": role, "name": name, "seeds": len(row["seeds"])}, value


def _interval(row: NumberContent | DifferenceContent) -> dict[str, float | None]:
    """The two ends of a number's 95 % interval, where it has one."""
    low, high = row.get("interval_95") or (None, None)
    return {"low": low, "high": high}


def _models(board: BoardContent) -> Iterator[Row]:
    for about, value in _each(board):
        yield {**about, **{key: value.get(key) for key in _OF_NUMBER}, **_interval(value)}


def _models_at_taps(board: BoardContent) -> Iterator[Row]:
    for about, value in _each(board):
        for number, (tap, mean) in enumerate(value.get("per_tap", {}).items(), 1):
            yield {**about, "tap": tap, "depth": number, "mean": mean}


MODELS = Sheet("One row for each number of each model, over all its taps.", (*_MODEL, *_NUMBER), _models)
MODELS_AT_TAPS = Sheet(
    "One row for each number of each model at each tap, where it has one there.",
    (*_MODEL, TAP, Column("depth", "count", "which tap it is, 1 is nearest to the input"), MEAN),
    _models_at_taps,
)

_ENDS = (
    *PLACE,
    Column("least", "text", "the condition that provokes the least memorization"),
    Column("most", "text", "the condition that provokes the most"),
    Column("role", "text", "what the number is: measure or metric"),
    Column("name", "text", "the measure or metric"),
    Column("expected", "text", "how the number is expected to be at the least end: higher or lower"),
)
_DIFFERENCE = (
    Column("difference", "number", "the number at the least end less that at the most end", "its own"),
    Column("error", "number", "standard error of the difference", "its own"),
    Column("df", "number", "degrees of freedom of error; empty: the normal distribution"),
    Column("p", "number", "two-sided p of the difference, by t; not corrected"),
    Column("low", "number", "lower end of the 95 % interval of the difference", "its own"),
    Column("high", "number", "upper end of it", "its own"),
    Column("seen", "text", "at p up to .05: as expected, the other way or undecided"),
    _ABOUT,
)


def _end(row: EndRow) -> dict[str, object]:
    about = {"least": row["least"], "most": row["most"], "expected": row["expected"]}
    return {**chosen(PLACE, row), **about, "role": row["is"], "name": row["number"]}


def _difference(row: DifferenceContent) -> dict[str, object]:
    return chosen(_DIFFERENCE, {**row, **_interval(row)})


def _ends(board: BoardContent) -> Iterator[Row]:
    for row in board["ends"]:
        least, most = row["values"]
        yield {**_end(row), "least_value": least, "most_value": most, **_difference(row)}


def _ends_at_taps(board: BoardContent) -> Iterator[Row]:
    for row in board["ends"]:
        for number, tap in enumerate(row["taps"], 1):
            yield {**_end(row), "tap": tap["tap"], "depth": number, **_difference(tap)}


ENDS = Sheet(
    "One row for each metric and headline measure of each suite and recipe: its least memorizing model against its "
    "most memorizing one.",
    (
        *_ENDS,
        Column("least_value", "number", "the number at the least end", "its own"),
        Column("most_value", "number", "the number at the most end", "its own"),
        *_DIFFERENCE,
    ),
    _ends,
)
ENDS_AT_TAPS = Sheet(
    "The same differences at each tap.",
    (*_ENDS, TAP, Column("depth", "count", "which tap it is, 1 is nearest to the input"), *_DIFFERENCE),
    _ends_at_taps,
)
