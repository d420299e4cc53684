"""The networks of a run folder are those of its board, under its own settings, to the last digit."""

from pathlib import Path

import numpy as np
import pytest

from benchmark.candidates.run_networks import run_networks
from benchmark.ranking.collecting import collected
from benchmark.run_folder import outputs, store
from registry import UserError


@pytest.mark.parametrize("suite", ["toy-spurious", "toy-shuffled"])
@pytest.mark.parametrize("inputs", ["evaluation", "in-distribution"])
def test_their_numbers_are_the_boards_to_the_last_digit(toy_run: Path, suite: str, inputs: str) -> None:
    found = run_networks(toy_run, suite, inputs)
    assert found.kind == ("heuristic" if suite == "toy-spurious" else "example-level")
    measured = collected(found.networks, settings=found.settings)
    records = [store.read_record(toy_run, path.name) for path in sorted((toy_run / "cells").iterdir())]
    compared = 0
    for network in found.networks:
        for record in records:
            if record is None or record["work"] != "score" or record["identity"]["train"] != network.key:
                continue
            if record["identity"]["inputs"] == inputs:
                for name, number in measured[network.name].numbers.items():
                    assert number.value == record["measures"][name]["value"]
                compared += 1
    assert compared == len(found.networks) > 4


def test_each_is_named_by_what_tells_it_from_the_others_and_read_on_what_the_run_kept(toy_run: Path) -> None:
    one = run_networks(toy_run, "toy-shuffled").networks[0]
    assert one.key.startswith(f"toy-shuffled.toy-mlp.{one.name}-")
    given, how = one.read()
    assert how.endswith(f"on its {one.inputs} examples")
    kept = outputs.read(toy_run, one.key)[one.inputs].activations.by_tap
    assert isinstance(given, dict)
    for tap, matrix in kept.items():
        np.testing.assert_array_equal(given[tap], matrix)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, r"has several suites, say which one: --suite toy-\w+ \(or toy-\w+\)"),
        ({"suite": "toy-shufled"}, "has no suite 'toy-shufled'; did you mean .*toy-shuffled"),
        ({"suite": "toy-shuffled", "inputs": "training"}, "was not read on 'training' but on evaluation"),
        ({"key": "none-0"}, "none-0 is no network of its plan"),
    ],
)
def test_what_the_run_does_not_have_is_one_line(toy_run: Path, asked: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        run_networks(toy_run, **asked)


def test_networks_that_are_not_trained_yet_and_damaged_ones_are_one_line(own_toy_run: Path) -> None:
    networks = run_networks(own_toy_run, "toy-shuffled").networks
    file = own_toy_run / "cells" / networks[0].key / outputs.FILE
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(UserError, match="does not match its checksum"):
        networks[0].read()
    for cell in (own_toy_run / "cells").iterdir():
        cell.rename(own_toy_run / cell.name)
    with pytest.raises(UserError, match="no network is trained yet"):
        run_networks(own_toy_run, "toy-shuffled")
