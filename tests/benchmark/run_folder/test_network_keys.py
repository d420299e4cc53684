"""Which network a word means: its key, its readable part, or a beginning that only one has."""

import json
from pathlib import Path

import pytest
from made_runs import made, written

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.run_folder.network_keys import cells_of, network_meant
from registry import UserError

ONE = "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}]"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return written(made(ONE, "seeds=[1, 10]"), tmp_path / "a run")


def networks(run: Path) -> list[str]:
    return [key for key, cell in cells_of(run).items() if cell["work"] == "train"]


def test_every_network_is_meant_by_its_key_and_by_its_readable_part(run: Path) -> None:
    for key in networks(run):
        assert network_meant(run, key) == key
        assert network_meant(run, key.rpartition("-")[0]) == key  # s1 also begins s10
        assert network_meant(run, key[:-1]) == key


def test_a_beginning_that_several_have_names_them(run: Path) -> None:
    with pytest.raises(UserError, match=r"4 networks of .*a run begin with 'toy-spurious': say more of one of them: "):
        network_meant(run, "toy-spurious")
    one, ten = (f"toy-spurious.toy-mlp.a0.s{seed}-" for seed in (1, 10))
    with pytest.raises(UserError, match=rf"^2 networks .* {one}\w+, {ten}\w+$"):
        network_meant(run, "toy-spurious.toy-mlp.a0.s")


def test_a_score_names_its_network(run: Path) -> None:
    score = next(cell for cell in cells_of(run).values() if cell["work"] == "score")
    with pytest.raises(UserError, match=f"^{score['key']} is a score; say its network: {score['train']}$"):
        network_meant(run, score["key"])


@pytest.mark.parametrize("word", ["toy-spurious.toy-mlp.a0.s2", "toy-spurios.toy-mlp.a0.s1"])
def test_a_wrong_word_gets_the_nearest_networks(run: Path, word: str) -> None:
    with pytest.raises(UserError, match=rf"called '{word}', or begins so; did you mean 'toy-spurious\.toy-mlp\.a"):
        network_meant(run, word)


def test_an_empty_word_means_no_network(run: Path) -> None:
    with pytest.raises(UserError, match=r"no network of .* is called ''"):
        network_meant(run, "")


def test_networks_of_a_plan_that_settings_have_made_are_there_too(run: Path) -> None:
    other = resolve(read_plan("toy", [ONE, "seeds=[7]"]), Path("unused")).as_json()
    (run / "plans").mkdir()
    (run / "plans" / f"{other['digest']}.json").write_text(json.dumps(other))
    assert network_meant(run, "toy-spurious.toy-mlp.a0.s7").startswith("toy-spurious.toy-mlp.a0.s7-")


def test_what_is_no_run_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no plan\.json|no such folder"):
        network_meant(tmp_path / "nothing", "a")
