"""The three candidates that were fixed beforehand, judged by the rule that was fixed with them.

Run it with a board of a panel: python docs/judged_candidates.py runs/panel-vision
"""

import sys
from collections.abc import Mapping, Sequence

import memorank
from benchmark.statistics.candidates import Scored, judge

CANDIDATES = ("selective-invariance", "mixup-midpoints", "alpha-req-first")
EXAMPLE_LEVEL = {
    "colored-mnist": "shuffled-mnist",
    "corner-mnist": "shuffled-mnist",
    "circles-spurious": "circles-shuffled",
}
INPUTS = "evaluation"


def judged(rows: Sequence[Mapping], heuristic: str, example_level: str) -> list[str]:
    """A line for each candidate: what it reaches on both suites, and whether it passes, or by what it fails."""
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
    placebos = {
        row["measure"]: {kind: one["all"]["tau"] for kind, one in columns[row["measure"]].items()}
        for row in rows
        if row["role"] == "placebo"
    }
    baseline = {kind: one["all"]["tau"] for kind, one in columns["doubly-centred"].items()}
    lines = []
    for name, verdict in judge(candidates, placebos, baseline).items():
        said = "passes" if verdict.passed else "fails: " + "; ".join(verdict.reasons)
        lines.append(f"{name} on {heuristic} and {example_level} {said}")
    return lines


def main() -> None:
    board = memorank.load_board(sys.argv[1])
    rows = [row for row in board.content["measures"] if row["inputs"] == INPUTS]
    suites = {panel["suite"] for panel in rows[0]["panels"]}
    for heuristic, example_level in EXAMPLE_LEVEL.items():
        if {heuristic, example_level} <= suites:
            print("\n".join(judged(rows, heuristic, example_level)))


if __name__ == "__main__":
    main()
