"""The checks of a suite: for each there is a broken one that it stops, by what is said of it."""

import re
from dataclasses import replace

import numpy as np
import pytest
from broken_suites import fewer, moved, narrower, remade, suite
from entry_faults import faults

from registry import (
    SUITES,
    Plane,
    TaskSuite,
)


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (suite(metrics=("acuracy",)), "names-are-known", "did you mean 'accuracy'"),
        (suite(default_data="circles"), "names-are-known", "none of its datasets"),
        (suite(condition_names={"all": 2.0}), "names-are-known", "'all' is no condition: 2.0"),
        (suite(input_shape=(2,)), "input-shape", "of shape .3,., not .2,."),
        (remade(lambda s, c, n: {"in_distribution": narrower(s.in_distribution)}), "input-shape",
         "in_distribution of condition 0.0 has examples of shape"),
        (suite(plane=Plane(0.0, 1.0, 2, lambda: np.zeros((4, 2)))), "input-shape", "plane.* .4, 2., not .4, 3"),
        (suite(plane=Plane(0.0, 1.0, 2, lambda: np.full((4, 3), np.nan))), "input-shape", "plane: row 0: an input"),
        (remade(lambda s, c, n: {"evaluation": s.evaluation.at(np.arange(3))}), "has-enough-examples", "has 3 exam"),
        (remade(lambda s, c, n: {"train": moved(s.train, 1e16)}), "inputs-can-be-squared", "input of 1e.16: scale"),
        (suite(facts=lambda data: [(1, None)]), "facts-are-texts", "the row .1, None., not .head, text."),
        (remade(lambda s, c, n: {"train": moved(s.train, np.random.random())}), "making-is-deterministic", "second"),
        (remade(lambda s, c, n: {"evaluation": moved(s.evaluation, float(c))}), "evaluation-stays", "condition 0.5"),
        (remade(lambda s, c, n: {"train": fewer(s.train, int(10 * c))}), "sizes-are-equal", "declare equal_sizes"),
        (suite(make=lambda d, c, s: SUITES["toy-shuffled"].make(d, 0.0, s)), "the-knob-turns", "0.5 is that of 0.0"),
        (suite(make=lambda d, c, s: SUITES["toy-shuffled"].make(d, c / 2, s)), "the-knob-turns", "of the labels"),
        (suite(make=lambda d, c, s: SUITES["toy-shuffled"].make(d, c * (2 - c), s)), "the-knob-turns", "of the labels"),
        (suite(make=lambda d, c, s: SUITES["toy-spurious"].make(d, c, s)), "the-knob-turns", "changes the inputs"),
        (replace(SUITES["toy-spurious"], make=lambda d, c, s: SUITES["toy-spurious"].make(d, 0.3 if c == 1 else c, s)),
         "the-knob-turns", "less than the step before"),
    ],
)  # fmt: skip
def test_a_broken_suite_is_named_for_what_it_is(broken: TaskSuite, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


def test_sizes_may_vary_where_the_suite_says_so() -> None:
    varied = remade(lambda splits, condition, seed: {"train": fewer(splits.train, int(10 * condition))})
    assert "sizes-are-equal" not in faults(replace(varied, equal_sizes=False))
