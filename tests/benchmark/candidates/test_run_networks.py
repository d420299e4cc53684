"""The networks of a run folder are those of its board, under its own settings, to the last digit."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.candidates.opening import Asked, opened
from benchmark.candidates.run_networks import KeptNetwork, run_networks
from benchmark.candidates.state_dicts import Exported
from benchmark.data.splits import splits_of
from benchmark.data.unlabelled.types import Numbers, Texts
from benchmark.networks.own_networks import AUTO
from benchmark.ranking.collecting import collected
from benchmark.record import of_network
from benchmark.run_folder import outputs, store
from registry import UserError, data_folder


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
    assert how.endswith("on its evaluation examples, the same for all conditions")
    kept = outputs.read(toy_run, one.key)[one.inputs].activations.by_tap
    assert isinstance(given, dict)
    for tap, matrix in kept.items():
        np.testing.assert_array_equal(given[tap], matrix)


def kept_on_its_own_examples(run: Path) -> tuple[KeptNetwork, dict[str, Any]]:
    """A network of the run, to be read on the examples that the run read it on, and what it gave then."""
    one = run_networks(run, "toy-shuffled", "evaluation").networks[0]
    record = of_network(store.read_record(run, one.key))
    assert record is not None
    inputs = splits_of(record["identity"], data_folder(None)).evaluation.inputs  # type: ignore[arg-type]
    data = Numbers("x.npy", inputs, len(inputs))
    return KeptNetwork(one.name, run, one.key, None, data, AUTO, None), one.read()[0]  # type: ignore[return-value]


def test_read_again_from_its_weights_it_gives_what_it_gave(toy_run: Path) -> None:
    network, before = kept_on_its_own_examples(toy_run)
    given, how = network.read()
    assert isinstance(given, dict)
    assert list(given) == list(before)
    for tap, matrix in before.items():
        np.testing.assert_array_equal(given[tap], matrix)
    assert "the family toy-mlp: " in how


def test_an_exported_file_says_itself_what_it_is(toy_run: Path) -> None:
    network, before = kept_on_its_own_examples(toy_run)
    file = toy_run / "cells" / network.key / "weights.safetensors"
    (one,) = opened({"a": file}, Asked(data="circles", root=data_folder(None))).candidates
    assert isinstance(one, Exported)
    given, _ = replace(one, data=network.data).read()
    assert isinstance(given, dict)
    for tap, matrix in before.items():
        np.testing.assert_array_equal(given[tap], matrix)


def test_a_network_without_weights_and_data_of_another_form_are_one_line(own_toy_run: Path) -> None:
    network, _ = kept_on_its_own_examples(own_toy_run)
    with pytest.raises(UserError, match="the family toy-mlp reads numbers, and t holds texts"):
        replace(network, data=Texts("t", ("a",), 1)).read()
    with pytest.raises(UserError, match="does not take these inputs"):
        replace(network, data=Numbers("x", np.zeros((5, 77), dtype=np.float32), 5)).read()
    (own_toy_run / "cells" / network.key / "weights.safetensors").unlink()
    with pytest.raises(UserError, match=r"weights\.safetensors cannot be read"):
        network.read()


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


def test_the_folder_of_what_is_measured_of_a_network_names_that_of_the_network(toy_run: Path) -> None:
    key = run_networks(toy_run, "toy-shuffled").networks[0].key
    measured = next((toy_run / "cells").glob(f"{key.rpartition('-')[0]}.evaluation.*")).name
    with pytest.raises(UserError, match=f"{measured} is no network: it is what was measured of {key}, so give that"):
        run_networks(toy_run, key=measured)


def test_what_is_missing_is_said_and_a_cell_is_of_its_own_suite(own_toy_run: Path) -> None:
    whole = run_networks(own_toy_run, "toy-shuffled")
    assert whole.missing == ""
    key = whole.networks[0].key
    with pytest.raises(UserError, match=f"--suite toy-spurious: {key} is of toy-shuffled/toy-mlp"):
        run_networks(own_toy_run, "toy-spurious", key=key)
    for suite in ("toy-shuffled", "toy-shuffled/toy-mlp"):
        assert [one.key for one in run_networks(own_toy_run, suite, key=key).networks] == [key]
    (own_toy_run / "cells" / key).rename(own_toy_run / "elsewhere")
    left = run_networks(own_toy_run, "toy-shuffled")
    assert left.missing.startswith(f"1 of {len(whole.networks)} networks of ")
    assert len(left.networks) == len(whole.networks) - 1


def test_networks_of_two_suites_are_not_read_alike(toy_run: Path) -> None:
    ways = {run_networks(toy_run, suite).networks[0].read()[1] for suite in ("toy-shuffled", "toy-spurious")}
    assert len(ways) == 2
