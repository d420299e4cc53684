"""Run folders whose numbers say little or nothing: the real command makes a board that says why."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_boards import value
from made_runs import Parts, made, written
from real_command import Command

import memorank

EMPTY = "no class has examples of both groups"


def each_value(parts: Parts, change: Callable[[dict[str, Any], str, str], dict[str, Any] | None]) -> Parts:
    """A run in whose score records some values are others: `change` gets record, "measures" or "metrics", and name."""
    for record in parts[1].values():
        for role in ("measures", "metrics") if record["work"] == "score" else ():
            for name in record[role]:
                record[role][name] = change(record, role, name) or record[role][name]
    return parts


def zero_in_anchors() -> Parts:
    """The MI of every anchor, from sampled pairs, is exactly 0."""
    resolved, records = made("anchors=random-labels", "seeds=[0, 1]", "estimator.mi.pairs=500")
    anchors = {cell["key"] for cell in resolved["cells"] if cell["anchor"] and cell["work"] == "score"}
    for key in anchors:
        records[key]["measures"]["mean-mi"] = value(0.0, standard_error=0.01)
    return resolved, records


def undefined_everywhere() -> Parts:
    return each_value(made("seeds=[0, 1]"), lambda *_: value(None, "every neuron is constant"))


def group_without_members() -> Parts:
    """Some conditions have no example of one group: their metric is undefined."""
    return each_value(
        made("seeds=[0, 1, 2]"),
        lambda record, role, _: (
            value(None, EMPTY) if role == "metrics" and "a0.5" in record["identity"]["train"] else None
        ),
    )


CASES: dict[str, tuple[Callable[[], Parts], list[str]]] = {
    "sampled MI of 0 in every anchor": (zero_in_anchors, ["mean-mi of its anchor is 0"]),
    "all suites undefined": (undefined_everywhere, ["every neuron is constant"]),
    "one model": (
        lambda: made("seeds=[0]", "suites.0.conditions=[0.5]", "suites.1.conditions=[0.5]"),
        ["1 of at least 2 numbers to rank"],
    ),
    "one condition of three recipes": (
        lambda: made(
            "seeds=[0, 1]",
            "suites.0.conditions=[0.5]",
            "suites.1.conditions=[0.5]",
            "suites.0.training.learning_rate=[0.1, 0.01, 0.001]",
        ),
        ["1 of at least 2 numbers to rank"],
    ),
    "a group without members": (group_without_members, [EMPTY]),
    "no record": (lambda: (made()[0], {}), ["networks missing"]),
    "every number 0": (
        lambda: each_value(made("seeds=[0, 1, 2]", "anchors=random-labels"), lambda *_: value(0.0, standard_error=0.0)),
        ["numbers on one side are equal"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_command_says_why_a_board_has_gaps(case: str, tmp_path: Path, command: Command) -> None:
    make, reasons = CASES[case]
    written(make(), tmp_path / "run")
    done = command("report", "run")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    text = (tmp_path / "run" / "board" / "board.json").read_text()
    assert all(reason in text for reason in reasons)
    assert not [claim for claim in memorank.load_board(tmp_path / "run").content["claims"] if claim["orders"] == "yes"]
