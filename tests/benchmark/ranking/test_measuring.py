"""The numbers of a network are those of a board, and come with values on halves of the examples."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.estimator import Settings
from benchmark.information import binned, nearest, pairs
from benchmark.measures import MEASURES
from benchmark.ranking.measuring import check_enough, label_free, measured, settings_for
from benchmark.run_folder import outputs, store
from benchmark.types import Activations
from registry import UserError

FEW = Settings(sub_samples=3)


def drawn(*widths: int, examples: int = 60) -> Activations:
    generator = np.random.default_rng(0)
    return Activations(
        {str(n): generator.normal(size=(examples, width)).astype(np.float32) for n, width in enumerate(widths)}
    )


def test_they_are_those_of_the_estimators() -> None:
    given = drawn(5, 4)
    found = measured("a", given, FEW)
    entropies = [binned.entropy(matrix) for matrix in given.by_tap.values()]
    assert found["mean-entropy"].value == pytest.approx(np.concatenate(entropies).mean(), rel=1e-12)
    by_tap = {tap: pairs.pair_summary(nearest.pair_information(matrix)).mean for tap, matrix in given.by_tap.items()}
    assert found["mean-mi"].per_tap == pytest.approx(by_tap)
    assert found["mean-mi"].value == pytest.approx((10 * by_tap["0"] + 6 * by_tap["1"]) / 16)  # 10 and 6 pairs
    assert found["mean-mi-last"].value == pytest.approx(by_tap["1"])


def test_on_a_run_folders_networks_they_are_the_boards_to_the_last_digit(toy_run: Path) -> None:
    compared = 0
    for record in map(store.read_record, [toy_run] * 99, [path.name for path in sorted((toy_run / "cells").iterdir())]):
        assert record is not None
        if record["work"] == "score":
            network = store.read_record(toy_run, record["identity"]["train"])
            assert network is not None
            read = outputs.read(toy_run, network["key"])[outputs.read_name(record["identity"]["inputs"], None)]
            settings = Settings.model_validate(record["identity"]["settings"])
            found = measured("any name", read.activations, settings)
            for name, one in found.items():
                assert one.value == record["measures"][name]["value"]
                assert one.per_tap == record["measures"][name]["per_tap"]
            compared += 1
    assert compared == 36


def test_halves_are_drawn_without_labels_the_same_rows_for_every_network() -> None:
    given = drawn(4)
    matrix = given.by_tap["0"]
    found = measured("a", given, FEW)["mean-entropy"].halves
    rows = [np.random.default_rng((0, draw)).permutation(60)[:30] for draw in range(3)]
    assert found == pytest.approx([binned.entropy(matrix[own]).mean() for own in rows])
    assert measured("b", given, FEW)["mean-entropy"].halves == found


def test_measures_read_activations_alone_and_none_is_a_placebo() -> None:
    names = {measure.name for measure in label_free()}
    assert {"mean-entropy", "mean-mi"} <= names
    assert not names & {"random", "steps", "weight-norm", "held-out-accuracy", "mean-confidence"}


def test_many_pairs_are_sampled_unless_all_are_asked_for() -> None:
    wide, narrow = drawn(500, examples=8), drawn(300, 300, examples=8)
    assert settings_for([wide]).mi.pairs == 20_000
    assert settings_for([narrow]).mi.pairs == "all"
    assert settings_for([narrow, wide]).mi.pairs == 20_000
    assert settings_for([wide], pairs="all").mi.pairs == "all"
    assert settings_for([wide], pairs=7, base=FEW).sub_samples == 3


def test_too_few_examples_are_refused_with_the_number_that_is_needed() -> None:
    check_enough(40, Settings())
    with pytest.raises(UserError, match="39 examples are too few: 40 are needed"):
        check_enough(39, Settings())


@pytest.mark.parametrize("changes", [{"readings": ("transforms",)}, {"over": "seeds"}, {"on_request": True}])
def test_a_measure_of_the_network_itself_or_of_several_is_not_computed_on_activations_alone(
    changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(MEASURES["mean-mi"], name="mine")
    monkeypatch.setattr("benchmark.ranking.measuring.MEASURES", {"mine": own, "other": replace(own, **changes)})
    assert label_free() == [own]
