"""Sides of a comparison made by hand: runs with seeds of their own, whose networks are drawn around known trends."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from made_boards import CHOSEN, EITHER, entry, measure, plan, value

from benchmark.results.models import models
from benchmark.results.result import results
from benchmark.statistics.exchange import DRAWN
from leaderboard.content.comparison import ComparisonContent
from leaderboard.content.taus import AgreementRow
from leaderboard.rows.agreement import agreement_rows
from leaderboard.rows.assembly import build_board
from leaderboard.rows.comparison import build_comparison
from leaderboard.rows.comparison_parts import Part, part_of_board, part_of_records
from leaderboard.rows.facts import facts_of

CONDITIONS = [0.0, 0.25, 0.5, 0.75, 1.0]
MEASURES = {"mean-mi": measure(CHOSEN), "random": measure(EITHER)}
SUITES = ("colored", "shuffled")
Run = tuple[dict[str, Any], dict[str, Any]]


def run(
    seeds: Sequence[int],
    suites: Sequence[str] = SUITES,
    conditions: Sequence[float] = CONDITIONS,
    shift: float = 0.0,
    noise: float = 0.05,
    draw: int = 0,
    inputs: Sequence[str] = ("evaluation",),
    recipes: Mapping[str, Mapping[str, object]] | None = None,
    **changes: Any,
) -> Run:
    """The content of a plan.json and its records.

    Accuracy falls along the knob and mean MI rises. `shift` is added to mean MI of the first suite. A network is drawn
    by its suite, condition and seed and by `draw`: the same ones have the same numbers. `changes` are of each entry.
    """
    each = {"seeds": list(seeds), "metrics": ["accuracy"]}
    kinds = ["example-level" if suite.startswith("shuffled") else "heuristic" for suite in suites]
    entries = [
        entry(suite, conditions, recipes or [""], kind=kind, **{**each, "data": f"data-{suite}", **changes})
        for suite, kind in zip(suites, kinds, strict=True)
    ]
    resolved = plan(entries, dict(MEASURES), len(seeds), inputs)
    resolved["plan"] |= {
        "hypotheses": ["mean-mi"],
        "estimator": {"samples": 100, "inputs": list(inputs), "scope": ["tap"]},
    }
    for one in entries:
        one["recipes"] = [{"label": label, "training": dict(how)} for label, how in (recipes or {"": {}}).items()]
    records: dict[str, Any] = {}
    for cell in resolved["cells"]:
        cell["seed"] = seeds[cell["seed"]]
        suite = suites[cell["entry"]]
        stem = f"{suite}.{cell['condition']}{cell['recipe']}.s{cell['seed']}-{draw}{shift}"
        cell["train"] = stem
        cell["key"] = stem if cell["work"] == "train" else f"{stem}.{cell['inputs']}"
        records[cell["key"]] = _record(cell, suite, shift if cell["entry"] == 0 else 0.0, noise, draw)
    return resolved, records


def _record(cell: dict[str, Any], suite: str, shift: float, noise: float, draw: int) -> dict[str, Any]:
    about = {"work": cell["work"], "outcome": "done", "provenance": {"seconds": 1.0, "versions": {"torch": "2"}}}
    if cell["work"] == "train":
        identity = {"data_fingerprint": "f" * 64, "suite_version": 1, "threads": 1}
        return {**about, "training_accuracy": 1.0, "identity": identity}
    common = Random(f"{suite} {cell['seed']} {draw}").gauss(0, noise / 2)
    own = Random(f"{suite} {cell['seed']} {draw} {cell['condition']} {cell['inputs']}{cell['recipe']}")
    mi = cell["condition"] + shift + common + own.gauss(0, noise)
    judged = Random(f"{suite} {cell['seed']} {draw} {cell['condition']}{cell['recipe']}")
    accuracy = judged.gauss(0.9 - 0.4 * cell["condition"], noise)
    return {
        **about,
        "identity": {"measures": {"mean-mi": 1, "random": 1}, "metrics": {"accuracy": 3}},
        "measures": {"mean-mi": value(mi), "random": value(own.random())},
        "metrics": {"accuracy": value(accuracy + common)},
    }


def part(made: Run, said: str = "side") -> Part:
    return part_of_records(said, *made)  # type: ignore[arg-type]


def board_part(made: Run, said: str = "side") -> Part:
    return part_of_board(said, build_board(*made))  # type: ignore[arg-type]


def compared(a: Run, b: Run, drawn: int = DRAWN) -> ComparisonContent:
    return build_comparison(part(a, "one"), part(b, "other"), drawn)


def rows_of(content: ComparisonContent, sheet: str, **where: Any) -> list[Any]:
    rows: list[Any] = content[sheet]  # type: ignore[literal-required]
    return [row for row in rows if all(row[name] == expected for name, expected in where.items())]


HOSTILE = "<script>window.ran = 1</script>\x1b[31m"


def hostile() -> ComparisonContent:
    """A comparison whose names are what nobody would wish to see on a page or a screen."""
    a, b = run(range(2), ["colored"]), run(range(2, 4), ["colored"])
    for made in (a, b):
        made[0]["entries"][0] |= {"suite": HOSTILE, "family": HOSTILE, "data": HOSTILE}
        made[0]["measures"][HOSTILE] = made[0]["measures"].pop("random")
        for record in made[1].values():
            if "measures" in record:
                record["measures"][HOSTILE] = record["measures"].pop("random")
    return build_comparison(part(a, HOSTILE), part(b, HOSTILE))


def agreement_of(made: Run) -> list[AgreementRow]:
    """The rows of agreement on the board of a run."""
    facts = facts_of(made[0])  # type: ignore[arg-type]
    return agreement_rows(facts, models(facts.measures, results(*made)))  # type: ignore[arg-type]
