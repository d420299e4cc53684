"""What a plan's key `measures` chooses: names, patterns, the word for all; what stays whatever it says."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmark.measures import MEASURES
from benchmark.plan.measure_choice import choice_problem, chosen_measures
from benchmark.types import Measure
from registry import BrokenEntry

USUAL = {name for name, one in MEASURES.items() if not one.on_request}
ALWAYS = {name for name in USUAL if MEASURES[name].placebo or MEASURES[name].yardstick}
ASKED_FOR = set(MEASURES) - USUAL
OWN = """
from memorank import Measure, Value
MEASURE = Measure(name="mine", better={"heuristic": "high", "example-level": "high"}, needs=("predictions",),
                  compute=lambda outputs, settings: Value(1.0), reference="a test", ON)
"""
Included = Callable[[str], None]


@pytest.fixture
def included(tmp_path: Path) -> Included:
    """Includes a measure of one's own, `mine`, with these further fields."""
    from benchmark.plan.catalogue import include

    def add(fields: str) -> None:
        (tmp_path / "mine.py").write_text(OWN.replace("ON", fields))
        assert include([tmp_path / "mine.py"]) == []

    return add


def chosen(*patterns: str, hypotheses: tuple[str, ...] = (), anchors: bool = True) -> set[str]:
    return set(chosen_measures(patterns, hypotheses, anchors))


def test_there_are_measures_of_every_sort_to_choose_from() -> None:
    assert {"steps", "random", "weight-norm", "held-out-accuracy"} <= ALWAYS < USUAL
    assert {"seed-agreement", "consensus"} <= ASKED_FOR


def test_without_the_key_it_is_all_that_need_not_be_asked_for_and_so_is_the_word() -> None:
    assert set(chosen_measures(None, (), True)) == chosen("default") == USUAL


def test_names_and_patterns_are_added_to_what_stays() -> None:
    assert chosen("mean-mi") == {"mean-mi"} | ALWAYS
    assert chosen("mean-*", "nuclear-norm") == {"nuclear-norm"} | ALWAYS | {
        name for name in MEASURES if name.startswith("mean-")
    }
    assert chosen("default", "seed-agreement") == USUAL | {"seed-agreement"}
    assert chosen("seed-agreement") == {"seed-agreement"} | ALWAYS
    assert chosen("*") == set(MEASURES)
    assert chosen() == ALWAYS  # an empty list


def test_placebos_and_yardsticks_stay_unless_they_are_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = replace(MEASURES["steps"], on_request=True)
    found = {"mean-mi": MEASURES["mean-mi"], "steps": asked_for, "random": MEASURES["random"]}
    monkeypatch.setattr("benchmark.plan.measure_choice.MEASURES", Known(found))
    assert chosen("mean-mi") == {"mean-mi", "random"}
    assert chosen("steps") == {"steps", "random"}


def test_hypotheses_stay_also_those_on_request() -> None:
    assert chosen("nuclear-norm", hypotheses=("consensus", "mean-mi")) == {
        "nuclear-norm",
        "consensus",
        "mean-mi",
        *ALWAYS,
    }


def test_without_anchors_nothing_is_anchored_whoever_asks() -> None:
    assert {name for name in chosen("*", anchors=False) if MEASURES[name].anchored} == set()
    assert {name for name in chosen("anchored-*") if MEASURES[name].anchored} == {
        name for name in MEASURES if name.startswith("anchored-")
    }


@pytest.mark.parametrize("fields", ["", "on_request=True"])
def test_what_the_user_has_included_stays(fields: str, included: Included) -> None:
    included(fields)
    assert chosen("mean-mi") == {"mean-mi", "mine"} | ALWAYS


def test_a_reading_that_is_not_there_is_named_with_the_nearest_right_one(included: Included) -> None:
    included('readings=("transform",)')
    with pytest.raises(BrokenEntry, match=r"measure 'mine' needs the reading 'transform', .* mean 'transforms'\?"):
        chosen("mean-mi")


def test_an_included_measure_that_cannot_be_used_is_no_silent_gap(included: Included) -> None:
    included("yardstick='yes'")
    with pytest.raises(BrokenEntry, match="yardstick"):
        chosen("mean-mi")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("mean-mu", "no measure is called 'mean-mu'; did you mean 'mean-mi'"),
        ("defaults", "no measure is called 'defaults'; did you mean 'default'?"),
        ("zzz-*", "no measure is called 'zzz-*'"),
        ("Mean-mi", "did you mean 'mean-mi'"),
    ],
)
def test_a_pattern_that_chooses_nothing_is_answered_with_the_nearest_word(pattern: str, words: str) -> None:
    said = choice_problem(pattern)
    assert said is not None
    assert words in said


@pytest.mark.parametrize("pattern", ["default", "mean-mi", "*", "mean-*", "seed-agreemen?", "[mn]*"])
def test_a_pattern_that_chooses_something_is_no_problem(pattern: str) -> None:
    assert choice_problem(pattern) is None


class Known(dict[str, Measure]):
    """As much of a registry as choosing reads."""

    included: tuple[str, ...] = ()

    def usable(self) -> dict[str, Measure]:
        return dict(self)


def test_a_pattern_of_anchored_measures_alone_needs_anchors_and_says_so() -> None:
    for pattern in ("anchored-mi", "anchored-*"):
        assert choice_problem(pattern) is None
        assert choice_problem(pattern, anchors=False) == (
            f"{pattern!r} is compared with anchors: it needs `anchors: random-labels` in the plan"
        )
    assert choice_problem("*", anchors=False) is None
