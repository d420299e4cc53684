"""What pending cells take: by hand from records of a few seconds each, and from a probe's span of epochs."""

import re
from math import inf
from pathlib import Path
from typing import Any

import pytest
from made_runs import record

from benchmark.inspection import probe
from benchmark.inspection.cost import Span, cost, duration, epochs
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell, Resolved
from registry import Training

TRAINED, SCORED = 30.0, 3.0  # seconds in each record
EACH = TRAINED + 2 * SCORED  # of a network with its two scores


@pytest.fixture(scope="module")
def resolved() -> Resolved:
    """The plan toy: two suites of three conditions and three seeds."""
    return resolve(read_plan("toy"), Path("unused: the toy data are generated"))


def done(resolved: Resolved, cells: list[Cell]) -> dict[str, dict[str, Any]]:
    """Records of these cells that took so many seconds; training took 5 epochs of at most 10."""
    records = {cell.key: record(cell, resolved) for cell in cells}
    for one in records.values():
        one["provenance"]["seconds"] = TRAINED if one["work"] == "train" else SCORED
        if one["work"] == "train":
            one["history"]["losses"] = [0.5] * 5
            one["identity"]["training"]["max_epochs"] = 10
    return records


def test_spans_add_up_and_are_shared_out_and_one_with_equal_ends_is_one_time() -> None:
    both = Span.sum([Span(1, 2), Span(10, 20), Span(100, 200)])
    assert (both.low, both.high) == (111, 222)
    assert both / 2 == Span(55.5, 111)
    assert Span.sum([]) == Span(0, 0)
    assert (str(Span(60, 60.2)), str(Span(60, 7200))) == ("60 s", "60 s to 2.0 h")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 s"), (99.4, "99 s"), (100, "1.7 min"), (5999, "100.0 min"), (6000, "1.7 h"), (36000, "10.0 h")],
)
def test_a_time_has_the_unit_that_suits_it(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("setting", "shares", "fewest_and_most"),
    [
        (Training(max_epochs=20, stop_loss=0.1), None, (1, 20)),
        (Training(max_epochs=20, stop_loss=0.1, patience=30), None, (20, 20)),
        (Training(max_epochs=20, stop_loss=0.0, patience=3), None, (20, 20)),
        (Training(max_epochs=20), (0.25, 0.5), (5, 10)),
    ],
)
def test_a_training_takes_between_its_fewest_and_its_most_epochs(
    setting: Training, shares: tuple[float, float] | None, fewest_and_most: tuple[float, float]
) -> None:
    assert epochs(setting, shares) == fewest_and_most


def test_what_took_so_long_here_is_what_the_rest_takes(resolved: Resolved) -> None:
    first = {cell.entry: cell.train for cell in reversed(resolved.cells)}.values()
    earlier = done(resolved, [cell for cell in resolved.cells if cell.train in first])
    pending = [cell for cell in resolved.cells if cell.train not in first]
    time, more = cost(resolved, pending, earlier, Path(), inf)
    networks = 2 * 3 * 3
    assert time == f"time: about {duration((networks - 2) * EACH)} for one worker, as they took here"
    # One more seed trains each suite's three conditions once more, and one more condition its three seeds.
    once = duration(2 * 3 * EACH)
    assert more == f"one more seed costs about {once}, one more condition of each suite {once}"
    assert cost(resolved, [], earlier, Path(), inf) == [more]


def test_where_part_is_known_that_part_is_told(resolved: Resolved) -> None:
    known = [cell for cell in resolved.cells if cell.entry == 0]
    earlier = done(resolved, known[:2])
    (line,) = cost(resolved, resolved.cells, earlier, Path(), 0.0)
    assert line.startswith(
        f"time: about {duration(9 * EACH)} for 27 of the cells to do; that of the others is not known"
    )
    assert cost(resolved, [], earlier, Path(), 0.0) == []
    (none,) = cost(resolved, resolved.cells[27:], earlier, Path(), 0.0)
    assert none == "time: not known before such cells have run here; --probe tries a few steps"


def test_a_probe_s_span_is_narrowed_by_the_share_of_epochs_that_the_family_took(
    resolved: Resolved, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "epoch_seconds", lambda cell, root, threads: 60.0)
    monkeypatch.setattr(probe, "scoring_seconds", lambda network, cell, root, threads: 0.0)
    pending = [cell for cell in resolved.cells if cell.work == "train" and cell.entry == 1]
    (setting,) = {cell.identity["training"]["max_epochs"] for cell in pending}
    wide, _ = cost(resolved, pending, {}, Path(), inf)
    assert re.match(rf"time: about 9.0 min to {duration(9 * 60 * setting)} for one worker, by a short probe, fr", wide)
    earlier = done(resolved, [cell for cell in resolved.cells if cell.entry == 0])  # half of the epochs that it may
    narrow, _ = cost(resolved, pending, earlier, Path(), inf)
    assert narrow.startswith(
        f"time: about {duration(9 * 60 * setting / 2)} for one worker, by a short probe, and the sh"
    )
