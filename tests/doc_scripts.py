"""The scripts that the pages show, as modules."""

import importlib.util
from types import ModuleType

from doc_blocks import DOCS


def loaded(name: str) -> ModuleType:
    """docs/NAME.py, run once."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
