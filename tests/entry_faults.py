"""What the checks of an entry find wrong with it."""

from typing import Any

from benchmark.entries.checks import findings
from registry import data_folder


def faults(entry: Any) -> dict[str, str]:
    return {found.check: found.fault for found in findings(entry, data_folder()) if found.fault}
