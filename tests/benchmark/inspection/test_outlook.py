"""What `plan` says of time: from records, else from a probe where one is asked for, else that it is not known."""

import json
import re
from dataclasses import replace
from itertools import count
from math import inf
from pathlib import Path

import pytest

from benchmark.inspection import cost, probe
from benchmark.inspection.cost import duration
from benchmark.inspection.outlook import outlook
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from registry import FAMILIES, ModelFamily, UserError
from registry.places import Place

TOY = ("seeds=[0]",)


class Families(dict[str, ModelFamily]):
    """Families of the test's own, declared where the real ones are."""

    def check(self, name: str) -> Place:
        return FAMILIES.check(name)


def lines(run: Path, budget: float = inf) -> str:
    return "\n".join(outlook(resolve(read_plan("toy", TOY), Path("unused")), run, Path("unused"), budget))


def test_from_the_records_of_this_folder(toy_run: Path, tmp_path: Path) -> None:
    assert "18 done, 0 to do; nothing to run\n" in lines(toy_run)
    assert re.search(r"^one more seed costs about \d+ s, one more condition of each suite \d+ s$", lines(toy_run), re.M)
    assert "time: not known before such cells have run here; --probe tries a few steps" in lines(tmp_path, budget=0.0)


def test_a_probe_says_between_what_and_what_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(probe, "epoch_seconds", lambda cell, root, threads: tried.append(cell.key) or 60.0)
    monkeypatch.setattr(probe, "scoring_seconds", lambda network, cell, root, threads: tried.append(cell.key) or 6.0)
    text = lines(tmp_path)
    assert "time: about 7.2 min to 2.0 h for one worker, by a short probe, from the fewest epochs that may do" in text
    assert len(tried) == 4  # a network and a score of each suite stand for all alike
    assert not list(tmp_path.iterdir())


def test_networks_of_the_family_that_were_trained_here_say_which_share_of_the_epochs_is_needed(
    toy_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "epoch_seconds", lambda cell, root, threads: 100.0)
    monkeypatch.setattr(probe, "scoring_seconds", lambda network, cell, root, threads: 1.0)
    more = "suites=[{suite: circles-spurious, family: toy-mlp, conditions: [1.0], training: {max_epochs: 1000}}]"
    said = "\n".join(outlook(resolve(read_plan("toy", (*TOY, more)), Path("unused")), toy_run, Path("unused")))
    records = [json.loads(path.read_text()) for path in toy_run.glob("cells/*/record.json")]
    taken = [len(record["history"]["losses"]) for record in records if record["work"] == "train"]
    low, high = (duration(100.0 * 1000 * share(taken) / 20 + 2) for share in (min, max))
    span = low if low == high else f"{low} to {high}"
    assert f"time: about {span} for one worker, by a short probe, and the share of the epochs" in said


def test_a_family_that_cannot_be_built_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*shape: object) -> None:
        raise RuntimeError("no")

    broken = ModelFamily(**{**vars(FAMILIES["toy-mlp"]), "build": build})
    monkeypatch.setattr("benchmark.networks.building.FAMILIES", {"toy-mlp": broken})
    with pytest.raises(UserError, match=r"the probe of toy-.* failed: RuntimeError: no"):
        lines(tmp_path)
    assert "time: not known" in lines(tmp_path, budget=60.0)  # nobody has asked for a probe


def test_unasked_it_tries_as_long_as_the_budget_lasts_and_never_images_or_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    clock = count(0.0, 4.0)  # every kind takes four seconds
    monkeypatch.setattr("benchmark.inspection.cost.time.monotonic", clock.__next__)
    monkeypatch.setattr(probe, "epoch_seconds", lambda cell, root, threads: tried.append(cell.key) or 60.0)
    monkeypatch.setattr(probe, "scoring_seconds", lambda network, cell, root, threads: tried.append(cell.key) or 6.0)
    assert "time: about 7.2 min to 2.0 h for one worker" in lines(tmp_path, budget=20.0)
    tried.clear()
    said = lines(tmp_path, budget=19.0)  # the fourth would end at twenty
    assert len(tried) == 3
    assert "time: about 4.2 min to 61.2 min for 15 of the cells to do; that of the others is not known before" in said
    assert "one more seed" not in said
    tried.clear()
    assert "time: not known before such cells have run here; --probe" in lines(tmp_path, budget=7.0)
    assert not tried
    images = replace(FAMILIES["toy-mlp"], modality="image")
    monkeypatch.setattr(cost, "FAMILIES", Families({"toy-mlp": images}))
    assert "time: not known" in lines(tmp_path, budget=20.0)
    assert not tried


def test_one_is_singular(tmp_path: Path) -> None:
    assert "3 conditions x 1 recipe x 1 seed = 3 networks" in lines(tmp_path, budget=0.0)
