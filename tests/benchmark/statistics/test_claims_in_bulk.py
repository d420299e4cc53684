"""The p's of many boards at once are those that each board has by itself."""

import numpy as np
import pytest

from benchmark.statistics import claims_in_bulk
from benchmark.statistics.claims import Pair, beats
from benchmark.statistics.claims_in_bulk import exchange_p, flip_p

DATA = ["digits", "digits", "reviews", "animals", "table", "table", "circles", "words"]
KINDS = ["heuristic", "example-level"] * 4
GENERATOR = np.random.default_rng(0)
OURS, THEIRS = GENERATOR.normal(0.4, 0.5, (40, 8)), GENERATOR.normal(0.1, 0.5, (40, 8))


def test_flips_are_exchanges_with_a_measure_of_no_tau() -> None:
    found = flip_p(OURS, DATA)
    alone = [beats([Pair(tau, 0.0, data) for tau, data in zip(taus, DATA, strict=True)]).p_above for taus in OURS]
    assert found == pytest.approx(alone, abs=1e-12)
    assert 1 / 64 <= found.min() < 0.2 < found.max()


@pytest.mark.parametrize("free", [[None] * 8, KINDS, ["heuristic", None] * 4])
def test_exchanges(free: list[str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [
        beats([Pair(*row) for row in zip(ours, theirs, DATA, free, strict=True)]).p_above
        for ours, theirs in zip(OURS, THEIRS, strict=True)
    ]
    assert exchange_p(OURS, THEIRS, DATA, free) == pytest.approx(alone, abs=1e-12)
    monkeypatch.setattr(claims_in_bulk, "CHUNK", 7 * 2**6)  # in parts, of which the last is smaller
    assert exchange_p(OURS, THEIRS, DATA, free) == pytest.approx(alone, abs=1e-12)
    assert flip_p(OURS, DATA) == pytest.approx(flip_p(OURS[:1], DATA).tolist() + flip_p(OURS[1:], DATA).tolist())


def test_many_groups_are_sampled() -> None:
    taus = np.full((1, 15), 0.5)
    assert flip_p(taus, [str(n) for n in range(15)])[0] < 0.001
