"""The race of the probe: the plain code is about as long as ours, and the race refuses where it is not."""

from math import isfinite

import pytest

from benchmark.performance import probe


def test_the_race_of_the_probe_runs_and_refuses_codes_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(map(isfinite, probe.race_probe(800, 24)))
    monkeypatch.setattr(probe, "code_plainly", lambda features, labels: 1.0)
    with pytest.raises(ValueError, match="the plain code takes 1 bits, ours"):
        probe.race_probe(200, 12)
