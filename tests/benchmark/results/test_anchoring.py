"""Anchors: which cells they add, what they are trained on, and the numbers beside them."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_boards import CHOSEN, LOW, entry, measure, plan, value

from benchmark.data import splits as data
from benchmark.plain.strict_json import in_range
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.results.anchoring import _anchored, _error, with_anchored
from benchmark.results.models import models
from benchmark.results.result import Result, results
from benchmark.run.compute import train_cell
from benchmark.run.trained import random_labels
from benchmark.run_folder.outputs import FILE, unpack
from benchmark.types import History
from leaderboard.pages.files.formats import FORMATS
from leaderboard.rows.assembly import build_board

ROOT = Path("unused: the toy data are generated")
OWN, FIRST = {"of": "mean-mi", "by": "ratio", "to": "own"}, {"of": "mean-entropy", "by": "difference", "to": "first"}


def test_each_network_gets_an_anchor_and_no_network_another_key() -> None:
    plain, anchored = (resolve(read_plan("toy", o), ROOT) for o in ((), ("anchors=random-labels",)))
    assert not {"anchored-mi", "anchored-entropy"} & set(plain.measures)
    assert {"anchored-mi", "anchored-mi-first", "anchored-entropy", "anchored-entropy-first"} < set(anchored.measures)
    own = [cell for cell in anchored.cells if not cell.anchor]
    assert [cell.key for cell in own] == [cell.key for cell in plain.cells]
    anchors = [cell for cell in anchored.cells if cell.anchor]
    assert len([cell for cell in anchors if cell.work == "train"]) == 18
    first = [cell for cell in anchors if cell.work == "score" and cell.condition == 0 and cell.seed == 0]
    assert [(cell.inputs, cell.read_on) for cell in first if cell.entry == 0] == [
        ("evaluation", None), ("in-distribution", None), ("in-distribution", 0.5), ("in-distribution", 1.0)
    ]  # fmt: skip
    assert list(first[0].identity["measures"]) == ["mean-entropy", "mean-mi"]
    assert len({cell.key for cell in anchored.cells}) == len(anchored.cells)


def test_an_anchor_has_its_networks_inputs_and_labels_drawn_at_random() -> None:
    cells = resolve(read_plan("toy", ("anchors=random-labels",)), ROOT).cells
    cell = next(cell for cell in cells if cell.anchor and cell.work == "train")
    splits = data.splits_of(cell.identity, ROOT)
    labels = random_labels(splits.train, 2, 5).labels
    assert abs(np.mean(labels == splits.train.labels) - 0.5) < 0.2
    assert not np.array_equal(labels, random_labels(splits.train, 2, 6).labels)
    result, files = train_cell(cell, ROOT, threads=1)
    assert result["training_accuracy"] < 0.95  # this small a network cannot learn all of them in its time
    names = ["evaluation", "in-distribution", "in-distribution of 0.5", "in-distribution of 1.0"]
    given = unpack(files[FILE], cell.key, names, result["taps"], History(1, (), (), "loss"))
    shares = [np.mean(given[name].labels == given["evaluation"].labels) for name in names]
    assert shares[:2] == [1, 1]
    assert given["evaluation"].activations is given["in-distribution"].activations
    assert not np.array_equal(given[names[2]].logits, given[names[3]].logits)


def board_plan() -> tuple[dict, dict]:
    """Two conditions; MI is 1 + alpha, that of the anchors 2 + alpha, read elsewhere 4 + alpha."""
    measures = {"mean-mi": measure(LOW), "mean-entropy": measure(CHOSEN)}
    measures |= {"anchored-mi": measure(LOW, anchored=OWN), "anchored-entropy-first": measure(LOW, anchored=FIRST)}
    resolved = plan([entry("a", [0.0, 1.0])], measures, inputs=("in-distribution",))
    cells, records = list(resolved["cells"]), {}
    for cell in resolved["cells"]:
        anchor = {**cell, "key": f"{cell['key']}.anchor", "train": f"{cell['train']}.anchor", "anchor": "random-labels"}
        elsewhere = {**anchor, "key": f"{anchor['key']}.elsewhere", "read_on": 1.0}
        first_scored = cell["work"] == "score" and cell["condition"] == 0
        cells += [anchor, elsewhere] if first_scored else [anchor]
        for shift, one in ((1, cell), (2, anchor), (4, elsewhere)):
            number = shift + cell["condition"]
            numbers = {name: value(number, sub_samples=[number, 2 * number]) for name in ("mean-mi", "mean-entropy")}
            records[one["key"]] = {"outcome": "done", "measures": numbers, "metrics": {"accuracy": value(0.5)}}
    return {**resolved, "cells": cells}, records


def test_the_ratio_is_to_the_conditions_own_anchor_and_the_difference_to_the_first_read_on_the_same_inputs() -> None:
    resolved, records = board_plan()
    found = models(resolved["measures"], results(resolved, records))
    assert len(found) == 2
    assert [m.measures["anchored-mi"].mean for m in found] == [1 / 2, pytest.approx(2 / 3)]
    assert [m.measures["anchored-entropy-first"].mean for m in found] == [1 - 2, 2 - 4]
    assert found[1].measures["anchored-mi"].per_tap == {"t": pytest.approx(2 / 3)}
    assert found[1].measures["anchored-mi"].sub_samples == pytest.approx((2 / 3, 2 / 3))
    assert records["a.0.0..0.in-distribution"]["measures"].keys() == {"mean-mi", "mean-entropy"}  # left as they were


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda r: r.pop("a.1.0..0.in-distribution.anchor"), "its anchor is missing"),
        (
            lambda r: (r.pop("a.1.0..0.in-distribution.anchor"), r["a.1.0..0.anchor"].update(outcome="diverged")),
            "its anchor diverged",
        ),
        (
            lambda r: r["a.1.0..0.in-distribution.anchor"]["measures"].update({"mean-mi": value(None, "all dead")}),
            "of its anchor: all dead",
        ),
        (
            lambda r: r["a.1.0..0.in-distribution.anchor"]["measures"].update({"mean-mi": value(0.0)}),
            "mean-mi of its anchor is 0",
        ),
        (lambda r: r["a.1.0..0.in-distribution"]["measures"].update({"mean-mi": value(None)}), "made so"),
    ],
)
def test_what_keeps_a_value_from_being_anchored_is_said(change, reason: str) -> None:
    resolved, records = board_plan()
    change(records)
    first, second = models(resolved["measures"], results(resolved, records))
    assert first.measures["anchored-mi"].mean == 1 / 2
    assert second.measures["anchored-mi"].mean is None
    assert second.measures["anchored-mi"].reason == f"undefined for 1 of 1 networks: {reason}"


def test_a_sampled_ratio_errs_as_both_do() -> None:
    resolved, records = board_plan()
    for key, error in (("a.1.0..0.in-distribution", 0.03), ("a.1.0..0.in-distribution.anchor", 0.04)):
        for one in records[key]["measures"].values():
            one["standard_error"] = error
    found = with_anchored(resolved["measures"], results(resolved, records))
    (score,) = [one.score for one in found if one.cell["key"] == "a.1.0..0.in-distribution"]
    assert score is not None
    assert score["measures"]["anchored-mi"]["standard_error"] == pytest.approx(
        2 / 3 * ((0.03 / 2) ** 2 + (0.04 / 3) ** 2) ** 0.5
    )


def sampled(number: float | None, error: float | None = 0.1) -> dict[str, Any]:
    """A value from sampled pairs."""
    return value(number, standard_error=error)


def test_a_ratio_of_0_has_the_error_of_its_own_value_and_none_has_one_beyond_all_numbers() -> None:
    assert _error(sampled(0.0), sampled(-2.0, 0.3), "ratio") == 0.05
    assert _error(sampled(1e-300, 1.0), sampled(2.0, 0.3), "ratio") == pytest.approx(0.5)
    assert _error(sampled(1e-17, 0.01), sampled(0.5, 0.3), "ratio") == pytest.approx(0.02)  # the ratio is rounded to 0
    assert _error(sampled(1e-300, 1e100), sampled(1e-100, 0.3), "ratio") is None
    assert _error(sampled(0.0, 1e100), sampled(1e-100, 0.3), "ratio") is None


@pytest.mark.parametrize("seed", range(5))
def test_a_sampled_ratio_spreads_as_its_error_says(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, a = random.choice([-1, 1], 2) * random.uniform([0.0, 0.5], [0.2, 2.0])
    own, of_anchor = random.uniform(0.001, 0.01, 2)
    drawn = random.normal(x, own, 200_000) / random.normal(a, of_anchor, 200_000)
    assert _error(sampled(x, own), sampled(a, of_anchor), "ratio") == pytest.approx(drawn.std(), rel=0.02)


NUMBERS = (None, 0.0, -0.0, 5e-324, -1e-300, 0.5, -1.0, 1e150, -1e150)


@pytest.mark.parametrize("by", ["ratio", "difference"])
@pytest.mark.parametrize("anchor", NUMBERS)
def test_whatever_a_network_and_its_anchor_are_is_a_number_with_its_error_or_undefined_in_words(
    anchor: float | None, by: str
) -> None:
    cell, suite = {"key": "anchor", "train": "network"}, entry("a", [0.0])
    for number, own, of_anchor in product(NUMBERS, (None, 0.0, 1e-300, 0.1, 1e150), (None, 0.0, 0.1, 1e150)):
        beside = Result(cell, suite, {"measures": {"mean-mi": sampled(anchor, of_anchor)}})
        found = _anchored(sampled(number, own), {"of": "mean-mi", "by": by}, beside, {})
        assert (found["value"] is None) == isinstance(found["reason"], str)
        shown = [found["value"], found["standard_error"], *found["per_tap"].values(), *found["sub_samples"]]
        assert all(one is None or in_range(one) for one in shown)
        assert found["standard_error"] is None or found["standard_error"] >= 0
        if by == "ratio" and not anchor:
            assert found["value"] is None


@pytest.mark.parametrize("sign", [1, -1])
def test_a_sampled_mi_of_exactly_0_in_an_anchor_is_a_gap_of_the_board(sign: int) -> None:
    resolved, records = board_plan()
    for key, record in records.items():
        for name in record["measures"]:
            record["measures"][name] = sampled(sign * 0.0 if key.endswith(".anchor") else 0.3)
    board = build_board(resolved, records)
    measured = board["models"][0]["measures"]
    assert measured["anchored-mi"]["reason"] == "undefined for 1 of 1 networks: mean-mi of its anchor is 0"
    assert (measured["anchored-entropy-first"]["mean"], measured["mean-mi"]["mean"]) == (0.3, 0.3)
    assert measured["anchored-entropy-first"]["standard_error"] == pytest.approx(0.1 * 2**0.5)
    assert all(any(make(board).values()) for make in FORMATS.values())


def test_an_anchor_too_near_to_0_is_said_to_be_so() -> None:
    resolved, records = board_plan()
    records["a.0.0..0.in-distribution.anchor"]["measures"]["mean-mi"] = sampled(1e-300)
    found = models(resolved["measures"], results(resolved, records))[0].measures["anchored-mi"]
    assert found.reason is not None
    assert found.reason.endswith("mean-mi of its anchor is 1e-300, beyond what can be compared")
