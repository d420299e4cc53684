"""torchvision imports beside any torch, and what is declared for it is declared only where the import fails."""

import importlib
import sys
from types import ModuleType
from typing import Any

import pytest

from registry import _torchvision
from registry._torchvision import import_torchvision


def test_torchvision_imports_beside_this_torch() -> None:
    assert import_torchvision().datasets.MNIST
    assert "torchvision" in sys.modules


def importing(monkeypatch: pytest.MonkeyPatch, *outcomes: Any) -> list[str]:
    """What imports give, one after the other, and what happens meanwhile."""
    happened: list[str] = []
    left = list(outcomes)

    def import_module(name: str) -> Any:
        happened.append(f"import {name}")
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(importlib, "import_module", import_module)
    monkeypatch.setattr(_torchvision, "_declare_operators", lambda: happened.append("declare") or "declared")
    return happened


def test_operators_are_declared_only_where_the_import_fails_for_the_lack_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = ModuleType("torchvision")
    assert importing(monkeypatch, made) == []
    assert import_torchvision() is made
    assert not hasattr(made, "_memorank_operators")
    happened = importing(monkeypatch, RuntimeError("operator torchvision::nms does not exist"), made)
    assert import_torchvision() is made
    assert happened == ["import torchvision", "declare", "import torchvision"]
    assert made._memorank_operators == "declared"  # type: ignore[attr-defined]
    happened = importing(monkeypatch, RuntimeError("another failure"))
    with pytest.raises(RuntimeError, match="another failure"):
        import_torchvision()
    assert happened == ["import torchvision"]
