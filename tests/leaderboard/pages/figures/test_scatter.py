"""Measure against metric: a labelled point with its errors for each model."""

from dataclasses import replace

import made_figures

from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn, places
from leaderboard.pages.figures.scatter import scatter
from leaderboard.pages.figures.style import drawn, styled


def place(**changes: object) -> Place:
    return places(made_figures.board(made_figures.suite(**changes)))[0]


def figure(given: Place) -> Drawing:
    made = scatter(given, "accuracy")
    assert isinstance(made, Drawing)
    return made


def test_points_have_labels_and_the_standard_errors_of_both() -> None:
    made = figure(place())
    assert made.rows[0] == (0.0, "mean-entropy", 3.0, 0.01, "accuracy", 0.9, 0.01)
    with styled():
        axes = drawn(made).axes
    assert [one.get_xlabel() for one in axes] == ["mean-entropy (nats)", "mean-mi (nats)"]
    assert [text.get_text() for text in axes[0].texts] == ["0", "0.5", "1"]
    assert len(axes[0].collections) == 6


def test_the_caption_has_tau_with_its_p() -> None:
    caption = figure(place()).caption
    assert "mean-entropy agrees with accuracy with a tau of +0.80 (3 models, two-sided p .083)." in caption
    assert "Bars are standard errors." in caption
    one = figure(place(conditions=(0.5,))).caption
    assert "How mean-mi agrees with accuracy is undefined: fewer than two models." in one


def test_labels_do_not_cover_each_other() -> None:
    given = place(conditions=(0.0, 0.25, 0.5, 0.75), slope=0.0)
    models = [{**row, "metrics": {"accuracy": {"mean": 0.5, "error": 0.01}}} for row in given.models]
    with styled():
        axes = drawn(figure(replace(given, models=models))).axes[0]
        boxes = [text.get_window_extent() for text in axes.texts]
    pairs = [(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :]]
    assert len(pairs) == 6
    assert not any(one.overlaps(other) for one, other in pairs)


def test_long_names_are_numbers_with_a_key_and_of_many_models_the_ends_are_labelled() -> None:
    named = figure(place(conditions=("scrubbed-original", "raw-original"), knob=None))
    with styled():
        whole = drawn(named)
    assert [text.get_text() for text in whole.axes[0].texts] == ["1", "2"]
    assert "2  raw-original" in [text.get_text() for text in whole.texts]
    with styled():
        many = drawn(figure(place(conditions=tuple(at / 60 for at in range(60)))))
    assert len(many.axes[0].texts) == 2


def test_a_metric_without_values_is_not_drawn() -> None:
    missing = scatter(place(), "fairness")
    assert isinstance(missing, Undrawn)
    assert missing.reason == "no model has both a headline measure and fairness"
