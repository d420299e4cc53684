"""Groups: a metric that compares them is refused where the evaluation examples have none."""

from dataclasses import replace

import numpy as np
import pytest

from benchmark.scoring.groups import check_groups
from registry import SUITES, DataError, Examples, Splits

PLAIN = Examples(np.zeros((4, 2), np.float32), np.array([0, 1, 0, 1]))
GROUPED = replace(PLAIN, groups=np.array([0, 0, 1, 1]))


def suite(*metrics: str):
    return replace(SUITES["toy-spurious"], metrics=metrics)


def test_a_metric_that_compares_groups_needs_them_on_the_evaluation_examples() -> None:
    grouped, plain = Splits(PLAIN, GROUPED, PLAIN), Splits(GROUPED, PLAIN, GROUPED)
    check_groups(suite("accuracy", "tpr-gap"), grouped)
    with pytest.raises(DataError, match=r"^suite 'toy-spurious': tpr-gap needs groups, which these data do not have$"):
        check_groups(suite("accuracy", "tpr-gap"), plain)


def test_other_metrics_need_none_nor_does_one_that_nobody_declares() -> None:
    check_groups(suite("accuracy"), Splits(PLAIN, PLAIN, PLAIN))
    check_groups(suite("no-such-metric"), Splits(PLAIN, PLAIN, PLAIN))
