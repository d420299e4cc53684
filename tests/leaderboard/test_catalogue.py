"""`memorank describe`: what is said of an entry."""

from dataclasses import replace
from pathlib import Path

import pytest

from leaderboard.catalogue import description
from registry import DATASETS, FAMILIES, Tap


def test_a_tap_is_described_with_how_it_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taps = (Tap("a"), Tap("b", "last-token"), Tap("c", "spatial-mean", "channels-last"))
    own = replace(FAMILIES["toy-mlp"], taps=taps)
    monkeypatch.setattr(type(FAMILIES), "__getitem__", lambda registry, name: own)
    lines = description("toy-mlp", tmp_path)
    assert "  taps         a, b (last-token), c (spatial-mean, channels-last)" in lines


def test_data_sets_of_one_group_name_each_other(tmp_path: Path) -> None:
    assert "  shares with  mnist: the same examples" in description("mnist-5k", tmp_path)
    assert "  shares with  mnist-5k: the same examples" in description("mnist", tmp_path)
    for name in DATASETS:
        shared = any(line.startswith("  shares with") for line in description(name, tmp_path))
        assert shared == (name in ("mnist", "mnist-5k"))


@pytest.mark.parametrize(
    ("suite", "family"),
    [("circles-spurious", "mlp-16-16"), ("leaky-table", "mlp"), ("long-words", "mlp"), ("shuffled-mnist", "mlp")],
)
def test_a_suite_is_described_with_a_family_of_a_fitting_size(suite: str, family: str, tmp_path: Path) -> None:
    assert f"  in a plan    suites: [{{suite: {suite}, family: {family}}}]" in description(suite, tmp_path)


def test_a_reading_is_described_with_what_it_gives(tmp_path: Path) -> None:
    lines = description("transforms", tmp_path)
    assert lines[0].startswith("reading transforms: Logits on transformed inputs")
    assert "  gives        arrays with a row for each example" in lines
    assert "  gives        arrays of the network as a whole" in description("training-set", tmp_path)


def test_a_measure_says_which_networks_it_compares_and_that_it_is_asked_for(tmp_path: Path) -> None:
    lines = description("seed-agreement", tmp_path)
    assert "  compares     the network with those of the same recipe and condition and other seeds" in lines
    assert "  computed     where a plan's `measures` ask for it" in lines
    assert not [line for line in description("mean-mi", tmp_path) if line.startswith(("  compares", "  computed"))]


def test_a_family_is_described_with_the_options_that_it_has(tmp_path: Path) -> None:
    said = "  options      width 256, depth 3, drop_out 0.0 (a plan sets them as it does the training)"
    assert said in description("mlp", tmp_path)
    assert not any(line.startswith("  options") for line in description("toy-mlp", tmp_path))
