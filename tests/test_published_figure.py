"""The figure of the published board: what it draws are the numbers of the CSV files beside the pack."""

from types import ModuleType

import pandas as pd
import pytest
from doc_scripts import loaded

MODELS = pd.DataFrame(
    [
        ("a", "evaluation", order, role, name, value)
        for order, mi, accuracy in ((2, 0.5, 0.6), (1, 0.1, 0.9), (3, 0.4, 0.5))
        for role, name, value in (
            ("measure", "mean-mi", mi),
            ("metric", "accuracy", accuracy),
            ("measure", "steps", 7.0),
            ("training", "accuracy", 1.0),
        )
    ]
    + [
        ("b", "evaluation", order, role, name, 0.1 * order)
        for order in (1, 2)
        for role, name in (("measure", "mean-mi"), ("metric", "compression"))
    ],
    columns=["suite", "inputs", "order", "role", "name", "mean"],
)
AGREEMENT = pd.DataFrame(
    [
        ("b", "example-level", "evaluation", "compression", "mean-mi", -1.0),
        ("a", "heuristic", "evaluation", "accuracy", "steps", 0.0),
        ("a", "heuristic", "evaluation", "accuracy", "mean-mi", 0.33),
        ("a", "heuristic", "evaluation", "tpr-gap", "mean-mi", 0.5),
    ],
    columns=["suite", "kind", "inputs", "metric", "measure", "tau"],
)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return loaded("published_figure")


def test_a_line_goes_along_the_knob_and_ends_in_a_full_point(script: ModuleType) -> None:
    axes = script.figure_of(MODELS, AGREEMENT).axes[0]
    line, end = axes.lines
    assert line.get_xydata().tolist() == [[0.1, 0.9], [0.5, 0.6], [0.4, 0.5]]
    assert end.get_xydata().tolist() == [[0.4, 0.5]]
    assert axes.get_title(loc="left") == "a: shortcut\n"
    assert [text.get_text() for text in axes.texts] == ["tau +0.33"]  # with the first metric


def test_another_metric_than_accuracy_is_named(script: ModuleType) -> None:
    first, second = script.figure_of(MODELS, AGREEMENT).axes
    assert (first.get_ylabel(), second.get_ylabel()) == ("test accuracy", "compression")
    assert second.get_title(loc="left") == "b: wrong labels\n"
