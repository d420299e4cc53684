"""The callback is one that the Trainer of this name takes, and one line says what to install where it is missing."""

import importlib
import sys

import pytest
from lightning_trainings import library


def test_it_is_a_callback_of_this_library() -> None:
    module = importlib.import_module("memorank.integrations.lightning")
    assert issubclass(module.MonitorCallback, library("lightning").Callback)


def test_where_the_library_is_missing_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "memorank.integrations.lightning", raising=False)
    monkeypatch.setitem(sys.modules, "lightning.pytorch", None)
    with pytest.raises(ImportError, match=r"needs .*: pip install lightning .*memorank.integrations"):
        importlib.import_module("memorank.integrations.lightning")
