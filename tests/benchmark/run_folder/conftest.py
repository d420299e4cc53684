"""A small run folder to change."""

from pathlib import Path

import pytest
from small_runs import copied, small

from benchmark.run_folder.records import read_resolved


@pytest.fixture
def run(toy_run: Path, tmp_path: Path) -> Path:
    """A run folder of such a plan, with copies of its records alone."""
    return copied(toy_run, small(read_resolved(toy_run)), tmp_path)
