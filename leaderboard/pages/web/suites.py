"""The section of a suite: what it is, its models, and what to pick by a measure that is shown to order something.

In: the content of board.json. Out: a `Section` for each suite of the plan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from leaderboard.content.board import BoardContent, SuiteRow
from leaderboard.content.models import MetricContent, ModelRow, NumberContent
from leaderboard.content.taus import ClaimRow, SuiteColumns, TieRow
from leaderboard.pages.tables.best import of_hypotheses
from leaderboard.pages.tables.chance import BY_CHANCE, chance_note
from leaderboard.pages.tables.footnotes import frozen
from leaderboard.pages.tables.picks import picked, why_none
from leaderboard.pages.tables.table import MISSING, by, condition, number, probability, seen, signed, texts
from leaderboard.pages.web.cells import Entry, Head, Keys, Line, Part, Reasons, Sheet, name_of_id
from leaderboard.pages.web.heads import HINTS, measure_hint, metric_hint

SUITE: tuple[Literal["suite", "data", "family"], ...] = ("suite", "data", "family")


@dataclass(frozen=True)
class Advice:
    """By what to pick, and what to take, or why nothing."""

    where: str
    said: str
    taken: bool


@dataclass(frozen=True)
class Pick:
    """What to pick on one kind of inputs: how far the measures were shown to be right, what to take, the ranks."""

    shown: Sequence[str]
    advice: Sequence[Advice]
    ranks: Sheet


@dataclass(frozen=True)
class Reading:
    """What is known of a suite on one kind of inputs, in one scope."""

    title: str
    keys: Keys
    models: Sheet
    pick: Pick | None


@dataclass(frozen=True)
class Section:
    """All of a suite."""

    id: str
    place: str
    title: str
    row: SuiteRow
    facts: Sequence[tuple[str, str]]
    readings: Sequence[Reading]


def place_of(row: SuiteColumns) -> str:
    """What tells the suites of a plan apart; pictures of a suite have it as their id.

    >>> place_of({"suite": "nico", "data": "animals", "family": "resnet18"})
    'nico/animals/resnet18'
    """
    return f"{row['suite']}/{row['data']}/{row['family']}"


def suite_sections(board: BoardContent, unique: Callable[[str], str]) -> list[Section]:
    """One section for each suite, in the plan's order, with ids from `unique`."""
    models, ties = (by(board["models"], *SUITE), by(board["ties"], *SUITE))
    sections = []
    for row in board["suites"]:
        place = (row["suite"], row["data"], row["family"])
        readings = [
            _reading(
                board, rows, [tie for tie in ties.get(place, []) if (tie["inputs"], tie["scope"]) == where], unique
            )
            for where, rows in by(models.get(place, []), "inputs", "scope").items()
        ]
        id = unique(f"suite={name_of_id(row['suite'])}")
        sections.append(Section(id, place_of(row), row["suite"], row, _facts(row), readings))
    return sections


def _facts(row: SuiteRow) -> list[tuple[str, str]]:
    """What the suite was run with; figures only where it stands for one."""
    stands_for = [("stands for", f"Figure{'s' if ' and ' in row['figures'] else ''} {row['figures']} of the paper")]
    return [
        *(stands_for if row["figures"] else []),
        ("data", f"{row['data']} ({row['origin']}; licence: {row['licence'] or 'not said'})"),
        ("networks", f"{row['networks']} of family {row['family']}"),
        *([("layers not trained", f"the first {frozen(row)}")] if "frozen_layers" in row else []),
        (row["knob"] or "conditions", ", ".join(one["name"] for one in row["conditions"]) or "none"),
        *([("recipes", ", ".join(row["recipes"]))] if any(row["recipes"]) else []),
        ("seeds", ", ".join(map(str, row["seeds"])) or "none"),
        ("metrics", ", ".join(row["metrics"]) or "none"),
    ]


def _reading(board: BoardContent, rows: list[ModelRow], ties: list[TieRow], unique: Callable[[str], str]) -> Reading:
    first = rows[0]
    keys = {"inputs": first["inputs"], "scope": first["scope"]}
    title = f"{first['inputs']} inputs, scope {first['scope']}"
    name = name_of_id(first["suite"], first["inputs"], first["scope"])
    models = _models(board, rows, unique(f"table-models-{name}"), f"models of {first['suite']}: {title}")
    own = [tie for tie in ties if tie["measure"] in board["hypotheses"]]
    caption = f"ranks of {first['suite']}, best first: {title}"
    pick = _pick(board, own, unique(f"table-ranks-{name}"), caption, first["knob"]) if own else None
    return Reading(title, keys, models, pick)


def _models(board: BoardContent, rows: list[ModelRow], id: str, caption: str) -> Sheet:
    """A row for each model: its measures and its metrics with their standard errors."""
    first = rows[0]
    about = {row["measure"]: row for row in board["agreement"] if row["kind"] == first["kind"]}
    recipes = ["recipe"] if len({row["recipe"] for row in rows}) > 1 else []
    reasons = Reasons()
    metrics, measures = list(first["metrics"]), list(first["measures"])
    heads = [
        Head(first["knob"] or "condition", HINTS["condition"]),
        *(Head(key, HINTS[key]) for key in recipes),
        *(Head(name, metric_hint(name, board)) for name in metrics),
        Head("training accuracy", "near 1: training set learned"),
        *(Head(n, measure_hint(about[n]) if n in about else "a measure", {"measure": n}) for n in measures),
        Head("seeds", HINTS["seeds"]),
    ]
    lines = [
        Line(
            [
                Entry(condition(row), row["condition"]),
                *(Entry(text, text) for text in texts(row, *recipes)),
                *(_metric(row["metrics"][name], reasons) for name in metrics),
                _value(row["training_accuracy"], reasons),
                *(_value(row["measures"][name], reasons) for name in measures),
                Entry(str(len(row["seeds"])), len(row["seeds"])),
            ]
        )
        for row in rows
    ]
    notes = [
        "±: the standard error, of metrics over seeds and test examples, of measures over seeds; with one seed over "
        "test examples, or by reading halves. Nothing where there is none. "
        "good: high: a network that memorizes less should have more of it."
    ]
    if any(row["metrics"][name]["than_before"] for row in rows for name in metrics):
        notes.append(
            "Words beside a metric: how it stands to the row above in this order, at p up to .05; these networks: "
            "fewer than three seeds say nothing of others."
        )
    if chance := chance_note({**board, "models": rows}):
        notes.append(chance)
    return Sheet(id, caption, heads, lines, notes=[*notes, *reasons.notes()])


def _value(value: NumberContent, reasons: Reasons, *beside: Part) -> Entry:
    if value["mean"] is None:
        return reasons.missing(value.get("reason"))
    error = value.get("error")
    part = () if error is None else (Part("standard error", f"±{number(error, 3)}", number(error, 3)),)
    return Entry(number(value["mean"], 3), value["mean"], (*part, *beside))


def _metric(value: MetricContent, reasons: Reasons) -> Entry:
    chance = value.get("by_chance")
    than = seen(value["than_before"], value.get("about")) if value["than_before"] else None
    beside = [Part("than before", than, than)] if than else []
    if chance is not None:
        beside.append(Part(BY_CHANCE, f"{BY_CHANCE} {number(chance, 3)}", number(chance, 3)))
    return _value(value, reasons, *beside)


def _pick(board: BoardContent, ties: list[TieRow], id: str, caption: str, knob: str | None) -> Pick:
    claims = {
        claim["measure"]: claim
        for claim in of_hypotheses(board["claims"])
        if (claim["inputs"], claim["scope"]) == (ties[0]["inputs"], ties[0]["scope"])
    }
    among_recipes = any(tie["condition"] for tie in ties)
    here = {tie["measure"]: tie for tie in ties}
    shown = [f"{_how_far(claim, ties[0], among_recipes)} {_here(here[measure])}" for measure, claim in claims.items()]
    advice = [_advice(tie, claims[tie["measure"]]) for tie in ties if claims[tie["measure"]]["orders"] == "yes"]
    return Pick(shown, advice, _ranks(ties, id, caption, knob, among_recipes))


def _here(tie: TieRow) -> str:
    """A sentence on the tau of a measure in this suite, since what holds over all suites may not hold in this one."""
    return "In this suite it has no tau." if tie["here"] is None else f"In this suite its tau is {signed(tie['here'])}."


def _advice(tie: TieRow, claim: ClaimRow) -> Advice:
    names = picked(tie)
    where = f"{tie['condition']}, by {tie['measure']}" if tie["condition"] else f"by {tie['measure']}"
    tied = " (tied: it cannot tell them apart)" if len(names) > 1 else ""
    return Advice(where, f"{', '.join(names)}{tied}" if names else why_none(tie, claim), bool(names))


def _how_far(claim: ClaimRow, suite: TieRow, among_recipes: bool) -> str:
    """How far a measure was shown to be right, as a sentence."""
    orders = {
        "yes": "is shown to order the conditions, over all suites",
        "reversed": "is shown to order the conditions the wrong way round",
        "not shown": "is not shown to order the conditions",
        "cannot": f"cannot be shown by {claim['by']} to order the conditions",
        "undefined": "has no tau in any suite",
    }[claim["orders"]]
    numbers = "" if claim["tau"] is None else f" (tau {signed(claim['tau'])}, p {probability(claim['p'])})"
    placebos = [duel["placebo"] for duel in claim["beats"] if duel["shown"] not in ("beats", "undefined")]
    beats = f"; not shown to beat {', '.join(placebos)}" if placebos and claim["orders"] == "yes" else ""
    own = [one for one in claim["within"] if all(one[key] == suite[key] for key in SUITE)]
    selects = any(one["shown"] == "selects" for one in own)
    within = (
        f"; {'shown' if selects else 'not shown'} to pick within a condition of this suite" if among_recipes else ""
    )
    return f"{claim['measure']} {orders}{numbers}{beats}{within}."


def ranks_of(groups: Sequence[Sequence[str]]) -> dict[str, tuple[int, str]]:
    """The rank of each name, best first; names of one group share theirs.

    >>> ranks_of([["a", "b"], ["c"]])
    {'a': (1, '1-2, tied'), 'b': (1, '1-2, tied'), 'c': (3, '3')}
    """
    ranks: dict[str, tuple[int, str]] = {}
    last = 0
    for group in groups:
        first, last = last + 1, last + len(group)
        text = str(first) if first == last else f"{first}-{last}, tied"
        ranks |= dict.fromkeys(group, (first, text))
    return ranks


def _ranks(ties: list[TieRow], id: str, caption: str, knob: str | None, among_recipes: bool) -> Sheet:
    """The rank of each model by each headline measure; a measure that shows nothing has its ranks marked."""
    measures = list(dict.fromkeys(tie["measure"] for tie in ties))
    trusted = {tie["measure"]: tie["trusted"] for tie in ties}
    hints = {True: "1 is least memorized", False: "not shown to order this suite"}
    heads = [
        *([Head("condition", HINTS["condition"])] if among_recipes else []),
        Head("recipe" if among_recipes else knob or "condition", "the model"),
        *(Head(name, hints[trusted[name]], {"measure": name}) for name in measures),
    ]
    lines = []
    for (among,), own in by(ties, "condition").items():
        ranks = {tie["measure"]: ranks_of(tie["groups"]) for tie in own}
        first = [*(tie for tie in own if tie["trusted"]), *own]
        names = dict.fromkeys(name for tie in first for part in (*tie["groups"], tie["left_out"]) for name in part)
        for name in names:
            cells = [
                Entry(text, rank, mark="" if trusted[measure] else "nothing")
                for measure in measures
                for rank, text in [ranks.get(measure, {}).get(name, (None, MISSING))]
            ]
            lines.append(Line([*([Entry(among, among)] if among_recipes else []), Entry(name, name), *cells]))
    return Sheet(id, caption, heads, lines)
