"""`memorank list`: one line an entry, in groups, no line twice, and never wider than it may be."""

from pathlib import Path

import pytest

from benchmark.plan.catalogue import REGISTRIES, include
from benchmark.plan.reading import built_in_plans
from leaderboard.listing import listing
from leaderboard.published_boards import published
from registry import UnknownNameError


@pytest.mark.parametrize("width", [59, 79, 199, None])
def test_every_entry_has_one_line_that_fits_and_no_line_stands_twice(width: int | None) -> None:
    lines = listing(None, "*", width)
    names = [name for entries in REGISTRIES.values() for name in entries]
    names += [*built_in_plans(), *published()]
    assert sum(line.startswith("  ") and not line.endswith(":") for line in lines) == len(names)
    assert max(map(len, lines)) <= (width or 200)
    said = [line.split(maxsplit=1)[1] for line in listing(None, "*") if not line.endswith(":")]
    assert len(set(said)) == len(said)


def test_measures_stand_in_groups() -> None:
    groups: dict[str, list[str]] = {}
    for line in listing("measures", "*")[1:]:
        if line.endswith(":"):
            groups[line.strip(" :")] = names = []
        else:
            names.append(line.split()[0])
    known = {
        "the paper's two": ["mean-entropy", "mean-entropy-last", "mean-mi", "mean-mi-last"],
        "rivals": ["mean-confidence", "nuclear-norm"],
        "rivals on request: by `measures` in the plan": ["alpha-req-first", "atc", "doc"],
        "rivals that need `anchors: random-labels` in the plan": [
            "anchored-entropy",
            "anchored-entropy-first",
            "anchored-mi",
            "anchored-mi-first",
        ],
        "yardsticks, which read labels": ["held-out-accuracy"],
        "placebos, there to be beaten": ["random", "steps", "weight-norm"],
    }
    assert groups.keys() == known.keys()
    assert {group: sorted(set(names) & set(groups[group])) for group, names in known.items()} == known


def test_groups_are_read_from_the_text_and_are_what_the_entries_say() -> None:
    measures = REGISTRIES["measures"]
    lines = listing("measures", "*")
    placebos = lines[lines.index("  placebos, there to be beaten:") + 1 :]
    assert [line.split()[0] for line in placebos] == [name for name in measures if measures[name].placebo]
    suites = REGISTRIES["suites"]
    found = listing("suites", "*")
    wrong = found.index("  example-level memorization (wrong labels):")
    assert [line.split()[0] for line in found[wrong + 1 :]] == [n for n in suites if suites[n].kind == "example-level"]


def test_patterns() -> None:
    said = [line.split()[0] for line in listing("suites", "*-mnist") if "-mnist " in line]
    assert said == ["colored-mnist", "corner-mnist", "shuffled-mnist"]
    assert listing("*-5k", "*") == listing("datasets", "*-5k")
    assert listing("suites", "qqqq") == ["no name matches 'qqqq'; all of them: memorank list suites"]
    with pytest.raises(UnknownNameError, match="unknown kind 'suits'; did you mean 'suites'"):
        listing("suits", "*")


def test_entries_of_ones_own_are_grouped_too_and_cannot_move_the_cursor(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        '"""What is \\x1b[2Jcommon."""\nfrom memorank import Measure, Value\n'
        "def compute(outputs, settings): return Value(0.0)\n"
        'HIGH = {"heuristic": "high", "example-level": "high"}\n'
        'MEASURES = (Measure(name="my-rival", better=HIGH, needs=("history",), compute=compute, reference="none"),\n'
        '    Measure(name="my-placebo", better={"heuristic": "either", "example-level": "either"}, needs=(),\n'
        '    compute=compute, reference="none", summary="Its own words."))\n'
    )
    assert not include([tmp_path / "mine.py"])
    assert listing("measures", "my-*") == [
        "measures:",
        "  rivals:",
        "    my-rival    What is ?[2Jcommon.",
        "  placebos, there to be beaten:",
        "    my-placebo  Its own words.",
    ]


def test_what_is_broken_wraps() -> None:
    lines = listing("plans", "toy", 60, ["a reason " * 20])
    assert lines[2] == "broken:"
    assert max(map(len, lines)) <= 60
