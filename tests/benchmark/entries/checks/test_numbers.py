"""The checks of a measure or a metric: for each there is a broken one that it stops, by what is said of it."""

import re
import sys

import numpy as np
import pytest
from broken_suites import by_labels, measure
from entry_faults import faults

from benchmark.types import Measure, Metric, Value


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (measure(lambda o, s: 3.0), "gives-a-number", "returns float, not a Value"),
        (measure(lambda o, s: Value(float("nan"))), "gives-a-number", "the value is nan"),
        (measure(lambda o, s: Value(None)), "gives-a-number", "None without a reason"),
        (measure(lambda o, s: sys.exit(3)), "gives-a-number", "SystemExit: 3"),
        (measure(lambda o, s: Value(0.5, standard_error=np.nan)), "gives-a-number", "standard_error is nan"),
        (measure(lambda o, s: Value(0.5, details={"a": np.zeros(2)})), "gives-a-number", "is a numpy.ndarray of shape"),
        (measure(lambda o, s: Value(float(np.random.random()))), "is-deterministic", "then"),
        (measure(lambda o, s: Value(0.5, details={"a": np.random.random()})), "is-deterministic", "another details"),
        (measure(lambda o, s: by_labels(o)), "reads-what-it-declares", "it reads labels"),
        (measure(lambda o, s: Value(float(o.labels.mean()))), "reads-what-it-declares", "it reads labels"),
        (Metric("broken", True, ("predictions",), by_labels, "a test"), "reads-what-it-declares", "it reads labels"),
        (measure(lambda o, s: Value(o.activations.by_tap["first"].mean())), "reads-other-networks", "KeyError"),
        (measure(lambda o, s: Value(o.logits[0, 2]), ("predictions",)), "reads-other-networks", "IndexError"),
        (measure(lambda o, s: Value(0.1 if (last := [*o.activations.by_tap.values()][-1])[:, -2:].std() and
                                    last.std(0).all() else None)), "reads-other-networks", "None without a reason"),
    ],
)  # fmt: skip
def test_a_broken_measure_or_metric_is_named_for_what_it_is(broken: Measure | Metric, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


def test_a_record_is_written_and_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as plain values go nothing is left to find; were they let through, this would find them."""
    monkeypatch.setattr("benchmark.scoring.score.plain_value", lambda found, examples: found)
    assert "not JSON serializable" in faults(measure(lambda o, s: Value(np.float32(0.5))))["is-kept"]
    assert "standard_error" in faults(measure(lambda o, s: Value(0.5, standard_error=-1.0)))["is-kept"]


def test_one_fault_is_one_finding() -> None:
    assert list(faults(measure(lambda o, s: Value(float(np.random.random()))))) == ["is-deterministic"]
    assert list(faults(measure(lambda o, s: Value(float("nan"))))) == ["gives-a-number"]
