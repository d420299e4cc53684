"""What somebody types becomes a value, or argparse is told what would."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from memorank import option_kinds


@pytest.mark.parametrize(
    ("take", "text", "taken"),
    [
        (option_kinds.count, "1", 1),
        (option_kinds.count, "012", 12),
        (option_kinds.seed, "0", 0),
        (option_kinds.limit, "2", 2),
        (option_kinds.path, "a/b", Path("a/b")),
    ],
)
def test_a_word_becomes_a_value(take: Callable[[str], Any], text: str, taken: Any) -> None:
    assert take(text) == taken


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "²", "١", "one"])
@pytest.mark.parametrize(("take", "least"), [(option_kinds.count, 1), (option_kinds.seed, 0), (option_kinds.limit, 2)])
def test_what_is_no_plain_number_is_refused_with_the_least_one(
    take: Callable[[str], int], least: int, text: str
) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as caught:
        take(text)
    assert str(caught.value) == f"a number from {least} on is needed, got {text!r}"


@pytest.mark.parametrize(
    ("take", "text"), [(option_kinds.count, "0"), (option_kinds.limit, "1"), (option_kinds.limit, "0")]
)
def test_a_number_below_the_least_is_refused(take: Callable[[str], int], text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=f"on is needed, got '{text}'"):
        take(text)


def test_a_tilde_is_the_users_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert option_kinds.path("~/runs") == tmp_path / "runs"
