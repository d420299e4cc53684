"""What `check` passes, `run` can do: 200 entries from a grammar, checked, and those that pass run to a board."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from blank_figures import blank
from odd_entries import Entry, Group, group

from benchmark.entries.checks import findings
from benchmark.plan.catalogue import REGISTRIES
from benchmark.process.progress import Silent
from benchmark.run.assignment import assign
from benchmark.run_folder import store
from memorank.boards import run_to_board
from registry.places import Place
from registry.sources import Source

ESTIMATOR = {"sub_samples": 1, "inputs": ["evaluation"]}
GROUPS = 50  # of four entries
KINDS = {"dataset": "datasets", "suite": "suites", "family": "families", "measure": "measures"}


def included(kind: str, entry: Entry) -> None:
    """As if a file of the user's declared the entry."""
    source = Source(Path(f"{entry.name}.py"), entry.name.encode(), ())
    module: Any = SimpleNamespace(**{kind.upper(): entry})
    REGISTRIES[KINDS[kind]]._included[entry.name] = Place(source.file, lambda: module, source)


def sound(given: Group, root: Path) -> dict[str, Entry]:
    """The entries that pass every check, in the order in which they need each other."""
    passed: dict[str, Entry] = {}
    for kind, entry in given.entries.items():
        included(kind, entry)
        torch.set_num_threads(1)  # scikit-learn, which a metric asks for, sets them anew
        if kind == "suite" and "dataset" not in passed:
            continue
        if not [found.fault for found in findings(entry, root) if found.fault]:
            passed[kind] = entry
    return passed


def plan_of(passed: list[dict[str, Entry]]) -> dict[str, Any]:
    """Each suite with a family that reads it, and each family with a suite."""
    suites, families = defaultdict(list), defaultdict(list)
    for entries in passed:
        if "suite" in entries:
            suites[entries["suite"].modality].append(entries["suite"].name)
        if "family" in entries:
            families[entries["family"].modality].append(entries["family"].name)
    pairs = [
        {"suite": suite, "family": family}
        for modality in suites
        for suite, family in islice(
            zip(cycle(suites[modality]), cycle(families[modality]), strict=False),
            max(len(suites[modality]), len(families[modality])),
        )
    ]
    return {"name": "odd", "seeds": [0], "threads": 1, "estimator": ESTIMATOR, "suites": pairs}


@pytest.fixture
def _in_little_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One thread for networks of a few neurons, and a few steps of each."""
    monkeypatch.setattr("benchmark.entries.checks.families.STEPS", 6)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.long
@pytest.mark.usefixtures("_in_little_time")
def test_none_passes_check_and_fails_run(tmp_path: Path) -> None:
    passed = []
    for number in range(GROUPS):
        passed.append(sound(group(number), tmp_path))
        memorank_forgets()
    counts = Counter(kind for entries in passed for kind in entries)
    assert all(GROUPS // 4 < counts[kind] < GROUPS for kind in KINDS), counts
    for entries in passed:
        for kind, entry in entries.items():
            included(kind, entry)
    (tmp_path / "odd.yaml").write_text(json.dumps(plan_of(passed)))
    assigned = assign(str(tmp_path / "odd.yaml"), tmp_path / "run", tmp_path, (), ())
    with blank():
        board, _, tally = run_to_board(assigned, Silent())
    assert (tally.failed, tally.diverged, tally.undone) == ({}, [], [])
    assert len(board["suites"]) >= counts["suite"]
    assert not [key for key in store.published(tmp_path / "run") if store.last_failure(tmp_path / "run", key)]


def memorank_forgets() -> None:
    for registry in REGISTRIES.values():
        registry.forget()
