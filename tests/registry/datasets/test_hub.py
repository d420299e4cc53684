"""Data by a name on the hub: both parts at one revision, or one line with what else can be done."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from registry import DataError
from registry.datasets._hub import parts_of


def test_both_parts_are_asked_for_at_one_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_dataset(name: str, **asked: Any) -> tuple[str, dict[str, Any]]:
        return name, asked

    monkeypatch.setitem(sys.modules, "datasets", SimpleNamespace(load_dataset=load_dataset))
    assert parts_of("some/body", "cure", "abc") == {
        part: ("some/body", {"split": part, "revision": "abc"}) for part in ("train", "test")
    }


@pytest.mark.parametrize("error", [OSError("gone\nand more"), ValueError("gone"), KeyError("gone")])
def test_whatever_the_client_raises_is_one_line_with_the_cure(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_dataset(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setitem(sys.modules, "datasets", SimpleNamespace(load_dataset=load_dataset))
    with pytest.raises(DataError, match=rf"^cannot download some/body: {type(error).__name__}: '?gone'?; or not$"):
        parts_of("some/body", "or not")
