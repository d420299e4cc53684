"""A network built again from its kept weights does what it did: its activations are the stored ones, to the bit."""

import random
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from own_files import PLAN, family_file
from torch import nn

import memorank
from benchmark.candidates.run_networks import KeptNetwork
from benchmark.candidates.state_dicts import Exported
from benchmark.data.splits import splits_of
from benchmark.data.unlabelled.reading import unlabelled
from benchmark.networks import activations
from benchmark.networks.inputs import as_inputs
from benchmark.networks.weights import facts_in
from benchmark.plan.catalogue import forget_included, include
from benchmark.run import kept_weights
from benchmark.run.exporting import export
from benchmark.run.stored_networks import family_of, stored_network, weights_of
from benchmark.run_folder import outputs
from benchmark.run_folder.network_keys import cells_of, network_meant
from benchmark.run_folder.store import WEIGHTS
from registry import FAMILIES, UserError, data_folder
from registry.families import toy_mlp

pytestmark = pytest.mark.usefixtures("blank_pages")

SMALL = ["limit=20", "estimator={sub_samples: 0, inputs: [evaluation]}", "seeds=[0]"]
ENTRY = "suite: toy-spurious, family: toy-mlp, conditions: [0.0]"
ONE = f"suites=[{{{ENTRY}, training: {{max_epochs: 2}}}}]"
TIED = """net = nn.Sequential(nn.Linear(shape[0], 4), nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, classes))
    net[2].weight = net[1].weight
    net.scale = torch.rand(())  # drawn, and no part of the state
    net.register_forward_hook(lambda module, given, result: result * module.scale)
    return net"""


def made(run: Path, *settings: str, **options: Any) -> str:
    """A small run; the key of its network."""
    memorank.run("toy", out=run, overrides=[*SMALL, ONE, *settings], **options)
    return next(key for key, cell in cells_of(run).items() if cell["work"] == "train")


def reads_the_same(run: Path, key: str) -> None:
    """Read the network on the examples of its suite, as its training did, and compare with what is stored."""
    network, identity = stored_network(run, key)
    assert not network.training
    family, facts = family_of(run, identity), facts_in(weights_of(run, key)[0])
    shape = tuple(facts["shape"]) if facts["tokens"] is None else (facts["tokens"],)
    before, splits = torch.get_num_threads(), splits_of(identity, data_folder())
    torch.set_num_threads(identity["threads"])
    try:
        inputs = as_inputs(family, splits.evaluation, shape, torch.device("cpu"))
        by_tap, logits = activations.read(network, family.taps, inputs)
    finally:
        torch.set_num_threads(before)
    stored = outputs.read(run, key)["evaluation"]
    assert np.array_equal(logits, stored.logits)
    assert {tap: given.tobytes() for tap, given in by_tap.items()} == {
        tap: given.tobytes() for tap, given in stored.activations.by_tap.items()
    }


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored networks") / "run"
    made(folder)
    return folder


def test_a_network_of_toy_reads_as_it_did(run: Path) -> None:
    reads_the_same(run, network_meant(run, "toy-spurious.toy-mlp.a0.s0"))


def test_a_network_with_options_is_built_exported_and_ranked_with_them(tmp_path: Path) -> None:
    options = "training: {width: 5, depth: 3, drop_out: 0.2, max_epochs: 2}"
    other = f"suites=[{{{ENTRY.replace('toy-mlp', 'mlp-16-16')}, {options}}}]"
    run = tmp_path / "run"
    key = made(run, other)
    reads_the_same(run, key)
    network = memorank.load_network(run, key)
    assert [part.out_features for part in network.modules() if isinstance(part, nn.Linear)] == [5, 5, 5, 2]
    weights, code = export(run, key, tmp_path / "one.safetensors")
    assert facts_in(weights.read_bytes())["options"] == {"width": 5, "depth": 3, "drop_out": 0.2}
    loaded = runpy.run_path(str(code))["load"]()
    examples = torch.randn(4, *facts_in(weights.read_bytes())["shape"])
    assert torch.equal(loaded(examples), network(examples))
    np.savez(tmp_path / "data.npz", x=np.random.default_rng(0).normal(size=(40, examples.shape[1])))
    data = unlabelled(str(tmp_path / "data.npz"), None, None, 40)
    given, how = Exported("one", weights, FAMILIES["mlp-16-16"], data).read()
    assert {tap: matrix.shape for tap, matrix in given.items()} == {f"hidden{n}": (40, 5) for n in (1, 2, 3)}  # type: ignore[union-attr]
    assert "the family mlp-16-16" in how
    kept, _ = KeptNetwork("one", run, key, None, data, "auto", None).read()
    assert all(np.array_equal(kept[tap], given[tap]) for tap in given)  # type: ignore[index]


def test_weights_of_a_network_without_options_say_nothing_of_any(run: Path) -> None:
    assert "options" not in facts_in(weights_of(run, network_meant(run, "toy-spurious"))[0])


def test_building_it_draws_nothing_from_the_generators(run: Path) -> None:
    key = network_meant(run, "toy-spurious")
    torch.manual_seed(3), np.random.seed(3), random.seed(3)
    expected = torch.rand(1), np.random.rand(), random.random()
    torch.manual_seed(3), np.random.seed(3), random.seed(3)
    stored_network(run, key)
    assert (torch.rand(1), np.random.rand(), random.random()) == expected


def test_an_included_family_with_tied_weights_reads_as_it_did(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(family_file(TIED))
    (tmp_path / "plan.yaml").write_text(PLAN)
    run = tmp_path / "my run"
    memorank.run(
        str(tmp_path / "plan.yaml"),
        out=run,
        overrides=[*SMALL, "suites.0.conditions=[0.0]"],
        include=tmp_path / "mine.py",
    )
    key = network_meant(run, "toy-spurious")
    reads_the_same(run, key)
    forget_included()
    with pytest.raises(UserError, match=r"its family 'my-net' is declared by mine\.py: include that file; .*included/"):
        stored_network(run, key)
    (tmp_path / "other.py").write_text(family_file("return nn.Sequential(nn.Linear(shape[0], classes))"))
    include([tmp_path / "other.py"])
    with pytest.raises(
        UserError, match=r"'my-net' has other code now than when it was trained; .* keeps it as it was in"
    ):
        stored_network(run, key)


def test_a_network_of_another_version_of_its_family_is_refused(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toy_mlp, "FAMILY", replace(toy_mlp.FAMILY, version=99))
    with pytest.raises(
        UserError, match=r"trained with version \d+ of 'toy-mlp', and here is version 99: use the memorank"
    ):
        stored_network(run, network_meant(run, "toy-spurious"))


def test_a_family_that_builds_another_network_now_is_refused(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(toy_mlp.FAMILY, build=lambda shape, classes: nn.Sequential(nn.Linear(3, classes)))
    monkeypatch.setattr(toy_mlp, "FAMILY", other)
    with pytest.raises(UserError, match="its network cannot be built again"):
        stored_network(run, network_meant(run, "toy-spurious"))


def test_weights_of_another_network_are_refused(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = network_meant(run, "toy-spurious")
    content, identity = weights_of(run, key)
    monkeypatch.setattr("benchmark.run.stored_networks.weights_of", lambda *given: (content, identity))
    with pytest.raises(UserError, match=f"its file of weights is that of {key}"):
        stored_network(run, f"{key}x")


def test_why_a_network_has_no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = made(tmp_path / "none", "keep_weights=none")
    cure = "to keep it, run the plan with --set keep_weights=all in a new folder"
    with pytest.raises(UserError, match=f"^{key} has no weights: its plan says keep_weights: none; {cure}$"):
        weights_of(tmp_path / "none", key)
    made(tmp_path / "none")  # the same cells under auto: nothing is trained again
    with pytest.raises(UserError, match=f"it was trained while the plan kept none, or before plans had .*; {cure}$"):
        weights_of(tmp_path / "none", key)
    monkeypatch.setattr(kept_weights, "MOST", 100)
    with pytest.raises(UserError, match=r"its 0\.0 MB are more than the 0\.0001 MB that keep_weights: auto keeps"):
        weights_of(tmp_path / "none", key)


def test_a_network_that_diverged_or_is_not_there_says_so(tmp_path: Path) -> None:
    diverging = f"suites=[{{{ENTRY}, training: {{max_epochs: 9, learning_rate: 1.0e+30}}}}]"
    key = made(tmp_path / "run", diverging)
    with pytest.raises(UserError, match=f"^{key} has no weights: it diverged, and networks that diverged keep none$"):
        weights_of(tmp_path / "run", key)
    with pytest.raises(UserError, match=r"^other is not trained yet: the same `memorank run` trains it$"):
        weights_of(tmp_path / "run", "other")


def test_weights_that_could_not_be_written_say_why(tmp_path: Path) -> None:
    odd = "type('Odd', (nn.Sequential,), {'get_extra_state': lambda self: {'a': 1}})"
    (tmp_path / "mine.py").write_text(family_file(f"return {odd}(nn.Linear(shape[0], classes))"))
    (tmp_path / "plan.yaml").write_text(PLAN)
    run = tmp_path / "run"
    memorank.run(str(tmp_path / "plan.yaml"), out=run, overrides=SMALL, include=tmp_path / "mine.py")
    with pytest.raises(
        UserError, match="no weights: they could not be written: TypeError: _extra_state of its state is"
    ):
        weights_of(run, network_meant(run, "toy-spurious.my-net.a0.s0"))


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_damaged_file_of_weights_is_named(tmp_path: Path, damage: str) -> None:
    key = made(tmp_path / "run")
    path = tmp_path / "run" / "cells" / key / WEIGHTS
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(
        UserError, match=rf"{key}: {WEIGHTS} (does not match its checksum|cannot be read).*trains it anew$"
    ):
        weights_of(tmp_path / "run", key)


@pytest.mark.long
@pytest.mark.parametrize(
    ("family", "suite", "data"),
    [("toy-encoder", "sentiment-adjectives", "toy-sentences"), ("minilm", "shuffled-imdb", "movie-snippets")],
)
def test_a_text_network_reads_as_it_did(family: str, suite: str, data: str, tmp_path: Path) -> None:
    if family == "minilm" and not all((data_folder() / name).is_dir() for name in (family, data)):
        pytest.skip("the encoder minilm or the movie snippets are not in the data folder")
    about = f"suite: {suite}, family: {family}, data: {data}, conditions: [0.0], training: {{max_epochs: 1}}"
    memorank.run("toy", out=tmp_path / "run", overrides=[*SMALL, f"suites=[{{{about}}}]", "keep_weights=all"])
    reads_the_same(tmp_path / "run", network_meant(tmp_path / "run", suite))
