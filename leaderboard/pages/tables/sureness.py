"""Views of how sure a board is: p and noise beside every tau, what the suites show together, what is tied.

In: the content of board.json. Out: `Table`s of strings.
"""

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from benchmark.plain.words import counted
from leaderboard.content.board import BoardContent
from leaderboard.content.models import DifferenceContent
from leaderboard.content.taus import AgreementRow, ClaimRow, FilteredTau, Interval, SettingRow, TieRow, WithinTau
from leaderboard.pages.tables.claimed import shown_to_order
from leaderboard.pages.tables.picks import picked, why_none
from leaderboard.pages.tables.table import (
    MISSING,
    Cell,
    Table,
    by,
    measure_name,
    number,
    probability,
    same_setup,
    seen,
    spread_over,
    texts,
)

Row = dict[str, Any]
SURE = (
    "tau",
    "n",
    "p",
    "p_min",
    "ties",
    "beyond noise",
    "moves",
    "within tau",
    "within p",
    "within over",
    "all models",
    "regret",
    "paper",
)
SURE_OVER_RECIPES = ("tau over recipes", "n", "p_min", "within tau", "within p", "within over", "within regret", "all")


def sureness_tables(board: BoardContent) -> list[Table]:
    """For each suite, kind of inputs and scope everything that says how sure a tau is; several recipes in one row."""
    tables = []
    for place, rows in by(board["agreement"], "inputs", "scope", "suite", "data", "family").items():
        title = "how sure: {2}, {3}, {4}: {0} inputs, scope {1}".format(*place)
        over_recipes = rows[0]["within_condition"]["unit"] == "recipes"
        varied = [key for key in ("metric", "recipe") if len(by(rows, key)) > 1]
        keys = [key for key in varied if not (over_recipes and key == "recipe")]
        body = [
            [
                *texts(own[0], *keys),
                measure_name(own[0]),
                *(_sure_over(own) if over_recipes else _sure(own[0])),
            ]
            for own in by(rows, *keys, "measure").values()
        ]
        tables.append(Table(title, [*keys, "measure", *(SURE_OVER_RECIPES if over_recipes else SURE)], body))
    return tables


def pooled_tables(board: BoardContent) -> list[Table]:
    """The pooled tau of each measure over all suites, with its p's."""
    tables = []
    for (inputs, scope), rows in by(board["pooled"], "inputs", "scope").items():
        body = [
            [
                row["measure"],
                number(row["tau"]),
                probability(row["p"]),
                probability(row["p_holm"]),
                str(row["suites"]),
                str(row["groups"]),
                str(row["left_out"]),
            ]
            for row in rows
        ]
        head = ("measure", "pooled tau", "p", "p (Holm)", "suites", "groups", "left out")
        tables.append(Table(f"over all suites: {inputs} inputs, scope {scope}", head, body))
    return tables


def tie_tables(board: BoardContent) -> list[Table]:
    """What to pick by the hypotheses: first by which, and how far it is shown to be right."""
    claims = {(row["inputs"], row["scope"], row["measure"]): row for row in board["claims"]}
    rows = [row for row in board["ties"] if row["measure"] in board["hypotheses"]]
    tables = []
    for place, own in by(rows, "suite", "data", "family", "inputs", "scope").items():
        varied = ["condition"] if any(row["condition"] for row in own) else []
        body = []
        for row in own:
            claim = claims[row["inputs"], row["scope"], row["measure"]]
            body.append([row["measure"], shown_to_order(claim), *texts(row, *varied), *_picked(row, claim)])
        title = "what to pick: {}, {}, {}: {} inputs, scope {}".format(*place)
        head = ["by", "orders the conditions?", *varied, "pick", "tied for first", "behind them"]
        tables.append(Table(title, head, body))
    return tables


def metric_tables(board: BoardContent) -> list[Table]:
    """How the metrics of a suite agree with each other; nothing where each suite has one."""
    body = [
        [
            *(row[key] or MISSING for key in ("suite", "data", "family", "recipe", "metric", "with")),
            number(row["tau"]),
            str(row["n"]),
            probability(row["p"]),
        ]
        for row in board["metrics"]
    ]
    head = ("suite", "data", "family", "recipe", "metric", "with", "tau", "n", "p")
    return [Table("metric with metric: the ceiling of any measure", head, body)] if body else []


def tap_tables(board: BoardContent) -> list[Table]:
    """tau of the headline measures at each tap, from the first to the last."""
    tables = []
    for (inputs, scope), rows in by(board["taps"], "inputs", "scope").items():
        most = max(len(row["taps"]) for row in rows)
        body = []
        for own in by(rows, "suite", "data", "family", "metric", "measure").values():
            row = own[0]
            metric = f"{row['metric']} at the tap" if row["metric_at_tap"] else row["metric"]
            taps = dict.fromkeys(tap["tap"] for one in own for tap in one["taps"])
            # a recipe without networks has no taps
            at_taps = [{tap["tap"]: tap["tau"] for tap in one["taps"]} for one in own]
            taus = [[found.get(tap) for found in at_taps] for tap in taps]
            cells = [spread_over(tau) if len(own) > 1 else number(tau[0]) for tau in taus]
            about = [row["suite"], row["data"], row["family"], metric, row["measure"]]
            body.append([*about, *cells, *[""] * (most - len(cells))])
        head = ("suite", "data", "family", "metric", "measure", *(f"tap {place}" for place in range(1, most + 1)))
        tables.append(Table(f"tap by tap: {inputs} inputs, scope {scope}", head, body))
    return tables


def end_tables(board: BoardContent) -> list[Table]:
    """The least memorizing model of each suite against the most memorizing one, over all taps and at each."""
    tables = []
    for (inputs, scope), rows in by(board["ends"], "inputs", "scope").items():
        recipes = ["recipe"] if any(row["recipe"] for row in rows) else []
        most = max(len(row["taps"]) for row in rows)
        body = [
            [
                *texts(row, "suite", "data", "family", *recipes, "least", "most", "number"),
                *(number(value, 3) for value in row["values"]),
                _gap(row),
                _interval(row["interval_95"]),
                seen(row["seen"], row["about"]),
                *(_gap(tap) + (" !" if tap["seen"] == "the other way" else "") for tap in row["taps"]),
                *[""] * (most - len(row["taps"])),
            ]
            for row in rows
        ]
        places = (
            "suite",
            "data",
            "family",
            *recipes,
            "least",
            "most",
            "number",
            "least is",
            "most is",
            "difference",
            "95 % interval",
            "seen",
        )
        head = [*places, *(f"tap {place}" for place in range(1, most + 1))]
        tables.append(Table(f"least against most memorization: {inputs} inputs, scope {scope}", head, body))
    return tables


def _gap(row: DifferenceContent) -> str:
    """A difference with its standard error."""
    if row["difference"] is None:
        return MISSING
    return f"{row['difference']:+.3f}" + ("" if row["error"] is None else f" ±{number(row['error'], 3)}")


def _interval(ends: Sequence[float] | None) -> str:
    """Where a difference lies with 95 % confidence."""
    return MISSING if ends is None else "{:+.3f} to {:+.3f}".format(*ends)


def sensitivity_tables(board: BoardContent) -> list[Table]:
    """How far tau and the picks depend on how entropy and MI are measured, where the board knows it."""
    tables = []
    for place, rows in by(board.get("sensitivity", []), "suite", "data", "family").items():
        metrics = ["metric"] if len({row["metric"] for row in rows}) > 1 else []
        body = []
        for row in rows:
            others = [s for s in row["settings"] if (s["axis"], s["inputs"]) != ("plan", row["inputs"])]
            axes = {"inputs" if axis == "plan" else axis: own for (axis,), own in by(others, "axis").items()}
            for axis, settings in ({"all": others} | axes).items():
                about = [*texts(row, *metrics), row["measure"], number(row["tau"])]
                body.append([*about, axis, *_settings(settings)])
        head = (*metrics, "measure", "tau", "changed", "settings", "keep the picks", "tau of them")
        tables.append(Table("sensitivity: {}, {}, {}".format(*place), head, body))
    return tables


def _settings(settings: Sequence[SettingRow]) -> list[str]:
    """How many, the share of the picks that they keep, and their lowest and highest tau."""
    keeps = [s["keeps"] for s in settings if s["keeps"] is not None]
    taus = [s["tau"] for s in settings if s["tau"] is not None]
    ends = f"{number(min(taus))} to {number(max(taus))}" if taus else MISSING
    return [str(len(settings)), f"{fmean(keeps):.0%}" if keeps else MISSING, ends]


def _sure(row: AgreementRow) -> list[Cell | str]:
    return [
        number(row["tau"]),
        str(row["n"]),
        probability(row["p"]),
        probability(row["p_min"]),
        str(row["ties"]),
        _beyond_noise(row["filtered"]),
        _moves(row["interval"]),
        *_within(row["within_condition"]),
        number(row["all_models"]["tau"]),
        number(row["regret"], 3),
        MISSING if row["paper"] is None else Cell(number(row["paper"]), grey=not same_setup(row)),
    ]


def _sure_over(recipes: Sequence[AgreementRow]) -> list[Cell | str]:
    row = recipes[0]
    within = row["within_condition"]
    by_chance = f" ({number(within['chance_regret'], 3)})" if within["chance_regret"] is not None else ""
    return [
        spread_over([one["tau"] for one in recipes]),
        str(row["n"]),
        probability(row["p_min"]),
        *_within(within),
        f"{number(within['regret'], 3)}{by_chance}",
        number(row["all_models"]["tau"]),
    ]


def _within(within: WithinTau) -> list[str]:
    left_out = f", {within['left_out']} left out" if within["left_out"] else ""
    over = f"{within['unit']} in {counted(within['conditions'], 'condition', 'conditions')}{left_out}"
    return [number(within["tau"]), probability(within["p"]), over]


def _beyond_noise(filtered: FilteredTau) -> str:
    return f"{number(filtered['tau'])} ({filtered['kept']} of {filtered['pairs']})"


def _moves(interval: Interval) -> str:
    """Where tau lies over seeds drawn anew, else how far reading halves of the examples and neurons moves it."""
    for ends, word in ((interval["seeds"], "seeds"), (interval["sub_samples"], "halves")):
        if ends:
            low, high = ends
            return f"{number(low)} to {number(high)} ({word})"
    return MISSING


def _picked(row: TieRow, claim: ClaimRow) -> list[str]:
    """What is recommended, what the measure cannot tell from its first model, and what it puts behind."""
    first, *rest = row["groups"] or [[]]
    behind = [name for group in rest for name in group]
    tied = f"{MISSING} ({row['reason']})" if row["reason"] else ", ".join(first)
    pick = ", ".join(picked(row)) or why_none(row, claim)
    return [pick, tied, ", ".join([*behind, *row["left_out"]]) or MISSING]
