"""`memorank describe`: what is said of an entry."""

from dataclasses import replace
from pathlib import Path

import pytest

from leaderboard.catalogue import description
from registry import FAMILIES, Tap


def test_a_tap_is_described_with_how_it_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taps = (Tap("a"), Tap("b", "last-token"), Tap("c", "spatial-mean", "channels-last"))
    own = replace(FAMILIES["toy-mlp"], taps=taps)
    monkeypatch.setattr(type(FAMILIES), "__getitem__", lambda registry, name: own)
    lines = description("toy-mlp", tmp_path)
    assert "  taps         a, b (last-token), c (spatial-mean, channels-last)" in lines
