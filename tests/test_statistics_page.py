"""docs/statistics.md names functions that are there, and figures that are those of the code."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from benchmark.statistics.simulations.power import of_size

TEXT = (Path(__file__).parents[1] / "docs" / "statistics.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`(benchmark\.[a-z_.]+)`", TEXT)))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_named_is_there(name: str) -> None:
    try:
        import_module(name)
    except ModuleNotFoundError:
        module, _, function = name.rpartition(".")
        assert callable(getattr(import_module(module), function))


def test_the_table_of_power_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \| ([\d.]+) \|$", TEXT, re.M)
    assert len(rows) >= 7
    for suites, groups, conditions, orders, beats in rows:
        found = of_size(int(suites), int(groups), int(conditions), 500)
        assert found.orders == pytest.approx(float(orders), abs=0.04)
        assert found.beats == pytest.approx(float(beats), abs=0.09)
