"""Where the networks that a board compares were not trained alike: versions of torch, devices, precisions, processors.

In: the results of a plan. Out: warnings; none where all networks of an entry are of one environment.
"""

from collections import Counter
from collections.abc import Iterable

from benchmark.plain.words import counted
from benchmark.record import TrainRecord
from benchmark.results.result import Result
from leaderboard.content.board import WarningRow


def environment_warnings(results: Iterable[Result]) -> list[WarningRow]:
    """A warning for each entry whose networks were trained in several environments: their numbers may differ by that.

    The `key` of each is the beginning that the keys of the entry's cells share.
    """
    found: list[WarningRow] = []
    suites = {result.cell["entry"]: result.suite for result in results}
    for number, entry in suites.items():
        networks = (result.network for result in results if result.cell["entry"] == number)
        counts = Counter(_environment(network) for network in networks if network is not None)
        if len(counts) > 1:
            each = "; ".join(
                f"{said} ({counted(count, 'network', 'networks')})" for said, count in sorted(counts.items())
            )
            told = f"its networks were trained in {len(counts)} environments, and may differ by that alone: {each}"
            found.append({"key": f"{entry['suite']}.{entry['family']}", "warning": told})
    return found


def _environment(record: TrainRecord) -> str:
    """What moves the numbers of a network beside its key, as far as its record says."""
    origin = record.get("provenance", {})
    torch = origin.get("versions", {}).get("torch")
    said = (
        f"torch {torch}" if torch else None,
        origin.get("device"),
        record.get("precision"),
        origin.get("machine", {}).get("processor"),
    )
    return ", ".join(str(part) for part in said if part) or "unknown"
