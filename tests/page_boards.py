"""Boards for the tests of the page: one as it should be, and those that nobody would wish to see."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from made_boards import CHOSEN, CONDITIONS, EITHER, entry, measure, plan, records, value

from leaderboard.pages.web.page import html
from leaderboard.rows.assembly import build_board

SCRIPT = '<script>window.ran = 1</script><img src=x onerror="window.ran = 1">'
HOSTILE = [
    SCRIPT,
    "\"' onmouseover='window.ran = 1' x=",
    "</script><script>window.ran = 1</script>",
    "=cmd()|'/c calc'!A0",
    "_&%{\\a|b`*",
    "\u202eright to left\u2066 \u200b\u200d\ufeff zero \x00\x1b[31m\x7f",
    "{{ 7 * 7 }}{% raw %}",
    "</footer><footer></footer>",
    "\ud800 half of a pair",
]
BOTH = ("evaluation", "in-distribution")


def whole_board(inputs: Sequence[str] = BOTH) -> dict[str, Any]:
    """Four suites, one of them with two metrics and one with three recipes, warnings, values of the paper."""
    suites = [
        entry("colored", [0.0, 0.25, 0.5, 0.75, 1.0], paper={"accuracy": {"mean-mi": 0.8}}),
        entry("bios", CONDITIONS, metrics=["accuracy", "gap"], data="people", family="bert"),
        entry("shuffled", [0.0, 0.25, 0.5, 0.75, 1.0], kind="example-level", knob="beta"),
        entry("tuned", CONDITIONS, recipes=["lr1", "lr2", "lr3"]),
    ]
    measures = {
        "mean-entropy": measure({"heuristic": "high", "example-level": "low"}),
        "mean-mi": measure(CHOSEN),
        "steps": measure(EITHER),
    }
    made = plan(suites, measures, seeds=2, inputs=inputs)
    return build_board(made, _scored(made))


def _scored(made: dict[str, Any]) -> dict[str, Any]:
    """Records of a plan, whatever its conditions, in which MI rises with memorization."""
    found: dict[str, Any] = {}
    for cell in made["cells"]:
        if cell["work"] == "train":
            found[cell["key"]] = {"outcome": "done", "training_accuracy": 1.0}
            continue
        high = float(made["entries"][cell["entry"]]["conditions"].index(cell["condition"])) + 0.01 * cell["seed"]
        metrics = made["entries"][cell["entry"]]["metrics"]
        halves = {"sub_samples": [high, high + 0.1]}
        found[cell["key"]] = {
            "outcome": "done",
            "measures": {
                name: value((-high if name == "mean-entropy" else high), **halves) for name in made["measures"]
            },
            "metrics": {name: value(0.9 - high / 100) for name in metrics},
            "warnings": [f"{cell['key']}: 2 constant neurons"] if cell["condition"] == 0.0 else [],
        }
    return found


def hostile_board(names: Sequence[str] = tuple(HOSTILE)) -> dict[str, Any]:
    """Every name is somebody's who wishes the reader ill."""
    suites = [
        entry(name, CONDITIONS, data=name, family=name, knob=name, origin=name, condition_names={"0.5": name})
        for name in names
    ]
    made = plan(suites, {"mean-mi": measure(CHOSEN), **{name: measure(EITHER) for name in names}}, inputs=BOTH)
    made["plan"]["name"] = "".join(names[:3])
    found = _scored(made)
    for record in found.values():
        record["warnings"] = list(names)
    for key in list(found)[:2]:
        del found[key]
    return build_board(made, found)


@cache
def whole_page() -> str:
    """The page of the whole board, drawn once."""
    return _page(whole_board())


@cache
def hostile_page() -> str:
    """The page of the hostile board, drawn once."""
    return _page(hostile_board())


@cache
def bad_page(name: str) -> str:
    """The page of one of the bad boards, drawn once."""
    return _page(bad_boards()[name])


def _page(board: dict[str, Any]) -> str:
    text = html(board)["board.html"]
    assert text is not None
    return text


def bad_boards() -> dict[str, dict[str, Any]]:
    """What a page must say, and not break on."""
    heuristic = {"mean-mi": measure(CHOSEN), "steps": measure(EITHER)}
    long = "a-name-without-an-end-" * 9
    unbroken = "Donaudampfschifffahrtsgesellschaft" * 6
    many = [n / 60 for n in range(60)]
    cases = {
        "nothing": (plan([], heuristic), False),
        "no records": (plan([entry("colored", CONDITIONS)], heuristic), False),
        "no measures": (plan([entry("colored", CONDITIONS)], {}), True),
        "one suite": (plan([entry("colored", CONDITIONS)], heuristic), True),
        "one model": (plan([entry("colored", [0.5])], heuristic), True),
        "60 conditions": (plan([entry("colored", many)], heuristic), True),
        "3 metrics": (plan([entry("colored", CONDITIONS, metrics=["a", "b", "c"])], heuristic), True),
        "long names": (
            plan([entry(name, CONDITIONS, data=name, family=name, knob=name) for name in (long, unbroken)], heuristic),
            True,
        ),
        "right to left": (
            plan([entry("\u05e9\u05dc\u05d5\u05dd", CONDITIONS, family="\u0645\u0631\u062d\u0628\u0627")], heuristic),
            True,
        ),
    }
    boards = {name: build_board(made, _scored(made) if scored else {}) for name, (made, scored) in cases.items()}
    made = plan([entry("colored", CONDITIONS)], heuristic)
    undefined = records(made)
    for record in undefined.values():
        for name in record.get("measures", {}):
            record["measures"][name] = value(None, "every neuron is constant")
    return {**boards, "undefined everywhere": build_board(made, undefined)}
