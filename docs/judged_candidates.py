"""A board of measures as the tables of docs/panels.md, and the three candidates judged by the rule fixed with them.

Run it with the board of a panel: python docs/judged_candidates.py runs/panel-vision
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import memorank
from benchmark.statistics.candidates import Scored, judge

Row = Mapping[str, Any]
CANDIDATES = ("selective-invariance", "mixup-midpoints", "alpha-req-first")
BESIDE = {"colored-mnist": "shuffled-mnist", "corner-mnist": "shuffled-mnist", "circles-spurious": "circles-shuffled"}
INPUTS = "evaluation"  # those on which the rule was fixed
WAYS = ("across", "within", "all")
MARKS = {"placebo": " (placebo)", "yardstick": " (needs labels)", "baseline": " (baseline)"}


def candidate_table(rows: Sequence[Row]) -> Iterator[str]:
    """What each candidate, the hypotheses and the baseline reach on each suite: tau with its two-sided p."""
    shown = [row for row in rows if row["measure"] in CANDIDATES or row["role"] in ("hypothesis", "baseline")]
    yield "| suite | measure | across | within | all | recipe null |"
    yield "|---|---|---|---|---|---|"
    for number, panel in enumerate(rows[0]["panels"]):
        for row in shown:
            own = row["panels"][number]
            cells = [f"{_tau(own[way]['tau'])}, p {_p(own[way]['p'])}" for way in WAYS]
            yield f"| {panel['suite']} | {row['measure']} | {' | '.join(cells)} | {_p(own['recipe_null'])} |"


def mean_table(rows: Sequence[Row]) -> Iterator[str]:
    """The mean taus of every measure for each kind."""
    kinds = list(rows[0]["means"])
    yield "| measure | " + " | ".join(f"{kind}: {way}" for kind in kinds for way in WAYS) + " | weakest |"
    yield "|---" * (2 + 3 * len(kinds)) + "|"
    for row in rows:
        taus = [_tau(row["means"][kind][way]) for kind in kinds for way in WAYS]
        mark = MARKS.get(row["role"], "") + ("~" if row["partial"] else "")
        yield f"| {row['measure']}{mark} | {' | '.join(taus)} | {_tau(row['weakest'])} |"


def verdicts(rows: Sequence[Row], heuristic: str, example_level: str) -> Iterator[str]:
    """A line for each candidate: whether it passes on these two suites, or by what it fails."""
    suites = {"heuristic": heuristic, "example-level": example_level}
    columns = {
        row["measure"]: {
            kind: next(one for one in row["panels"] if one["suite"] == suite) for kind, suite in suites.items()
        }
        for row in rows
    }
    candidates = {
        name: {
            kind: Scored(one["across"]["tau"], one["within"]["tau"], one["within"]["p"], one["all"]["tau"])
            for kind, one in columns[name].items()
        }
        for name in CANDIDATES
    }
    overall = {name: {kind: one["all"]["tau"] for kind, one in own.items()} for name, own in columns.items()}
    # a placebo that is one number for all networks of a suite, as that of parameters may be, orders none of them
    placebos = {
        row["measure"]: overall[row["measure"]]
        for row in rows
        if row["role"] == "placebo" and any(one["all"]["tau"] is not None for one in row["panels"])
    }
    for name, verdict in judge(candidates, placebos, overall["doubly-centred"]).items():
        said = "passes" if verdict.passed else "fails: " + "; ".join(verdict.reasons)
        yield f"- `{name}` on `{heuristic}` and `{example_level}` {said}."


def _tau(value: float | None) -> str:
    return "-" if value is None else f"{round(value, 2) + 0.0:.2f}".replace("0.", ".", 1)


def _p(value: float | None) -> str:
    return "-" if value is None else "<.001" if value < 0.001 else f"{value:.3f}".replace("0.", ".", 1)


def main() -> None:
    """Print the tables and the verdicts of a board."""
    board = memorank.load_board(sys.argv[1])
    rows = [row for row in board.content["measures"] if row["inputs"] == INPUTS]
    suites = {panel["suite"] for panel in rows[0]["panels"]}
    lines = [*candidate_table(rows), ""]
    for heuristic, example_level in BESIDE.items():
        if {heuristic, example_level} <= suites:
            lines += verdicts(rows, heuristic, example_level)
    print("\n".join([*lines, "", *mean_table(rows)]))


if __name__ == "__main__":
    main()
