"""What a score cell computes is what its measures give on the stored outputs, with the peers and readings they name."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm
from several_networks import COMPARING, ROOT, SHUFFLED, entry, of_work, planned, run

from benchmark.plan.resolved import Cell
from benchmark.process.costs import costs
from benchmark.run.beside import ALONE, Beside, peers_of
from benchmark.run.scored import score_cell
from benchmark.run_folder import outputs

SUITE = entry(SHUFFLED, "conditions: [0.0, 1.0]")


@pytest.fixture(scope="module")
def cells() -> list[Cell]:
    return planned(SUITE, COMPARING)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("scored") / "run", SUITE, "measures=[mean-mi]")


def beside(cell: Cell, cells: list[Cell]) -> Beside:
    return Beside(peers_of(cell, of_work(cells, "train")))


def test_measures_over_several_networks_are_those_of_the_stored_predictions(cells: list[Cell], trained: Path) -> None:
    networks = of_work(cells, "train")
    logits = {one.key: outputs.read(trained, one.key)["evaluation"].logits.astype(np.float64) for one in networks}
    chosen = {key: one.argmax(axis=1) for key, one in logits.items()}
    powers = {key: np.exp(one) for key, one in logits.items()}
    consensus = sum(one / one.sum(axis=1, keepdims=True) for one in powers.values()).argmax(axis=1)
    for cell in of_work(cells, "score"):
        found, files = score_cell(cell, trained, ROOT, 1, beside(cell, cells))
        seeds = [one.key for one in networks if one.condition == cell.condition and one.key != cell.train]
        expected = np.mean([np.mean(chosen[cell.train] == chosen[key]) for key in seeds])
        assert found["measures"]["seed-agreement"]["value"] == pytest.approx(expected, abs=1e-12)
        assert found["measures"]["consensus"]["value"] == np.mean(chosen[cell.train] == consensus)
        assert found["measures"]["consensus"]["sub_samples"] == []  # halves of all candidates would say little
        assert len(found["measures"]["mean-mi"]["sub_samples"]) == 2
        assert files == {}


def test_a_network_alone_has_no_agreement_and_all_other_numbers_are_the_same(cells: list[Cell], trained: Path) -> None:
    cell = of_work(cells, "score")[0]
    alone, among = (score_cell(cell, trained, ROOT, 1, one)[0] for one in (ALONE, beside(cell, cells)))
    assert alone["measures"]["seed-agreement"]["reason"] == "no network of another seed was read on the same inputs"
    assert alone["measures"]["consensus"]["reason"] == "no network beside it was read on the same inputs"
    for name in set(alone["measures"]) - {"seed-agreement", "consensus"}:
        assert alone["measures"][name] == among["measures"][name]


def test_a_measure_of_agreement_has_the_logits_of_its_peers_on_the_held_out_examples(
    cells: list[Cell], trained: Path
) -> None:
    """By hand: three networks make three pairs, so that the system of equations has one solution."""
    asked = of_work(planned(SUITE, "measures=[agreement-on-the-line]"), "score")
    alike = [cell for cell in asked if cell.condition == 0.0]
    assert len(alike) == 3
    for cell in alike:
        keys = [one.key for one in of_work(cells, "train") if one.condition == 0.0]
        stored = [outputs.read(trained, key) for key in keys]
        on, free = stored[0]["in-distribution"].judged, [one["in-distribution"] for one in stored]
        assert on is not None

        def probit(one: np.ndarray, other: np.ndarray) -> float:
            return float(norm.ppf(np.clip(np.mean(one == other), 0.5 / len(one), 1 - 0.5 / len(one))))

        here = [one["evaluation"].logits.argmax(axis=1) for one in stored]
        there = [one.logits[on].argmax(axis=1) for one in free]
        right = [probit(one, free[0].labels[on]) for one in there]
        pairs = [(0, 1), (0, 2), (1, 2)]
        agree, agreed = ([probit(of[i], of[j]) for i, j in pairs] for of in (here, there))
        slope = np.polyfit(agreed, agree, 1)[0]
        means = [
            now + slope * ((right[i] + right[j]) / 2 - before)
            for (i, j), now, before in zip(pairs, agree, agreed, strict=True)
        ]
        own = keys.index(cell.train)
        signs = [1 if own in pair else -1 for pair in pairs]
        found = score_cell(cell, trained, ROOT, 1, beside(cell, cells))[0]["measures"]["agreement-on-the-line"]
        assert found["value"] == pytest.approx(norm.cdf(np.dot(signs, means)), abs=1e-9)


def test_peers_are_compared_on_the_sample_that_is_measured(cells: list[Cell], trained: Path) -> None:
    cell = of_work(cells, "score")[0]
    settings = {**cell.identity["settings"], "samples": 20}
    some = replace(cell, identity={**cell.identity, "settings": settings})
    found = score_cell(some, trained, ROOT, 1, beside(cell, cells))[0]
    rows = np.sort(np.random.default_rng(0).permutation(60)[:20])
    own, *others = (
        outputs.read(trained, key)["evaluation"].logits[rows].argmax(axis=1)
        for key in (cell.train, *beside(cell, cells).peers["seeds"])
    )
    assert found["samples"] == 20
    assert found["measures"]["seed-agreement"]["value"] == np.mean([own == other for other in others])


def test_the_same_peers_in_another_order_change_no_bit(cells: list[Cell], trained: Path) -> None:
    cell = of_work(cells, "score")[0]
    given = beside(cell, cells).peers
    turned = Beside({over: keys[::-1] for over, keys in given.items()})
    assert given != turned.peers
    found = [score_cell(cell, trained, ROOT, 1, one)[0]["measures"] for one in (Beside(given), turned)]
    assert all(one == two for one, two in pairwise(found))


def test_what_each_measure_costs_is_told(cells: list[Cell], trained: Path) -> None:
    cell = of_work(cells, "score")[0]
    with costs() as parts:
        score_cell(cell, trained, ROOT, 1, beside(cell, cells))
    assert {"measure consensus", "measure mean-mi"} <= set(parts)
    assert all(seconds >= 0 for seconds in parts.values())
