"""The fine-tuning that is watched: what it trains on, and what its page says of the curves that are kept."""

import re
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from doc_scripts import loaded

from leaderboard.pages.figures.style import saved, styled

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return loaded("watch_finetuning")


@pytest.fixture(scope="module")
def curves() -> pd.DataFrame:
    return pd.read_csv(DOCS / "watched-finetuning.csv")


@pytest.fixture
def sentences(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Any:
    """1,000 sentences that are their own number, so that a tokenizer need not read them; half of them liked."""
    train = SimpleNamespace(inputs=np.arange(1000), labels=np.arange(1000) % 2)
    given = SimpleNamespace(load=lambda folder: SimpleNamespace(train=train))
    monkeypatch.setattr(script.memorank, "DATASETS", {"movie-snippets": given}, raising=False)
    return lambda texts, **options: {"input_ids": [[int(text)] for text in texts]}


def test_half_of_the_labels_are_shuffled_and_the_others_stay(script: ModuleType, sentences: Any) -> None:
    train, held_out, probe = script.split(sentences, shuffled=True, seed=0)
    wrong = train.labels != train.truth
    assert 0.17 < wrong.mean() < 0.33  # of the half that is shuffled, half gets its own label again
    assert sorted(train.labels) == sorted(train.truth)
    parts = [{ids[0] for ids in part.ids} for part in (train, held_out, probe)]
    assert sum(map(len, parts)) == len(set.union(*parts)) == script.SENTENCES + script.HELD_OUT + script.PROBE
    right, *_ = script.split(sentences, shuffled=False, seed=0)
    assert right.ids == train.ids
    assert (right.labels == right.truth).all()
    assert (right.truth == [ids[0] % 2 for ids in right.ids]).all()


def test_every_training_is_there_as_often_and_wrong_labels_are_memorized(
    curves: pd.DataFrame, script: ModuleType
) -> None:
    assert list(curves.columns) == list(script.COLUMNS)
    assert curves.groupby(["labels", "seed"]).size().nunique() == 1
    last = curves[curves.step == curves.step.max()]
    assert (last.query("labels == 'half shuffled'").wrong_labels > 0.9).all()
    assert curves.query("labels == 'right'").wrong_labels.isna().all()


def test_each_shuffled_curve_is_below_each_clean_one_from_step_30_on(curves: pd.DataFrame) -> None:
    """So says the page; how far at the end, it says of each seed."""
    mi = curves[curves.step >= 30].pivot_table(index="step", columns=["labels", "seed"], values="mean_mi")
    assert (mi["half shuffled"].max(axis=1) < mi["right"].min(axis=1)).all()
    apart = (mi["right"] - mi["half shuffled"]).loc[120]
    assert [round(value, 3) for value in (apart.min(), apart.max())] == [0.051, 0.08]


def test_the_figure_shows_every_curve(curves: pd.DataFrame) -> None:
    figure = loaded("watched_figure")
    with styled():
        drawn = figure.figure_of(curves)
        assert saved(drawn, "png").startswith(b"\x89PNG")
    seeds = curves.seed.nunique()
    learned, mi, entropy = drawn.axes
    assert [len(axes.get_lines()) // (seeds + 1) for axes in (learned, mi, entropy)] == [4, 2, 2]
    mean = curves.query("labels == 'right'").groupby("step").mean_mi.mean()
    np.testing.assert_allclose(mi.get_lines()[seeds].get_ydata(), mean)


def test_the_page_says_what_the_curves_say(curves: pd.DataFrame) -> None:
    """Its table has one value for each seed, in their order."""
    columns = [
        ("half shuffled", "wrong_labels"),
        ("right", "held_out"),
        ("half shuffled", "held_out"),
        ("right", "mean_mi"),
        ("half shuffled", "mean_mi"),
        ("right", "mean_entropy"),
        ("half shuffled", "mean_entropy"),
    ]
    lines = re.findall(r"^\| (\d+ \|.*) \|$", (DOCS / "watching.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) >= 5
    for line in lines:
        step, *cells = line.split(" | ")
        for (labels, column), cell in zip(columns, cells, strict=True):
            own = curves[(curves.labels == labels) & (curves.step == int(step))].sort_values("seed")[column]
            digits = 3 if column == "mean_mi" else 2
            assert cell == ", ".join(f"{value:.{digits}f}" for value in own), (step, labels, column)
