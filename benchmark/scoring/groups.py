"""Whether the data of a suite have the groups that its metrics compare.

In: a suite and the splits of one of its networks. Out: nothing, or an error that names the metric.
"""

from benchmark.metrics import METRICS
from registry import DataError, Splits, TaskSuite


def check_groups(suite: TaskSuite, splits: Splits) -> None:
    """Raises DataError where a metric needs groups that the evaluation examples do not have."""
    needing = [name for name in suite.metrics if name in METRICS and "groups" in METRICS[name].needs]
    if needing and splits.evaluation.groups is None:
        raise DataError(f"suite {suite.name!r}: {needing[0]} needs groups, which these data do not have")
