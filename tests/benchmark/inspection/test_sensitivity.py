"""Other settings than the plan's: what they change, and that nothing is computed twice."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from benchmark.estimator import BinnedSettings, NearestSettings, Settings
from benchmark.information import binned, nearest
from benchmark.inspection.sensitivity import planned_settings, sensitivity_values
from benchmark.process.progress import Silent
from benchmark.run_folder.outputs import read
from benchmark.scoring.variants import PAIRS, Variant, variant_value, variants
from benchmark.types import Activations, History, Outputs

PLANNED = Settings()
GENERATOR = np.random.default_rng(0)
MATRIX = GENERATOR.normal(size=(100, 6)).clip(-1).astype(np.float32)
LABELS = np.zeros(100, np.int64)
OUTPUTS = Outputs(
    "k", Activations({"t": MATRIX}), np.zeros((100, 2), np.float32), LABELS, None, History(1, (), (1,), "loss")
)


def found(axis: str, label: str, measure: str = "mean-mi", planned: Settings = PLANNED) -> float | None:
    (one,) = [v for v in variants(planned) if (v.measure, v.axis, v.label) == (measure, axis, label)]
    return variant_value(OUTPUTS, one, {})["value"]


def mean_mi(matrix: np.ndarray) -> float:
    return float(matrix[np.triu_indices(len(matrix), 1)].mean())


def test_each_variant_changes_what_it_says() -> None:
    assert found("plan", "as planned", "mean-entropy") == pytest.approx(binned.entropy(MATRIX).mean())
    assert found("bins", "30", "mean-entropy") == pytest.approx(binned.entropy(MATRIX, 30).mean())
    assert found("edges", "robust", "mean-entropy") == pytest.approx(binned.entropy(MATRIX, edges="robust").mean())
    assert found("estimator", "nearest, k 5") == pytest.approx(mean_mi(nearest.mutual_information(MATRIX, 5)))
    assert found("estimator", "30 bins, per-neuron") == pytest.approx(mean_mi(binned.mutual_information(MATRIX, 30)))
    assert found("estimator", "10 bins, global") == pytest.approx(
        mean_mi(binned.mutual_information(MATRIX, edges="global"))
    )
    plain = nearest.mutual_information(MATRIX, ties="plain")
    assert found("ties", "plain") == pytest.approx(mean_mi(plain)) != pytest.approx(found("plan", "as planned"))
    rows = np.sort(np.random.default_rng(0).permutation(100)[:50])
    assert found("samples", "1/2") == pytest.approx(mean_mi(nearest.mutual_information(MATRIX[rows])))
    assert found("scope", "network") == pytest.approx(found("plan", "as planned"))  # of one tap


def test_nothing_stands_twice_and_a_plan_with_bins_takes_all_pairs() -> None:
    for planned in (Settings(), Settings(mi=BinnedSettings(kind="binned"))):
        variety = variants(planned)
        assert len({(v.measure, v.settings.model_dump_json(), v.part) for v in variety}) == len(variety)
        assert [v.axis for v in variety[:2]] == ["plan", "plan"]
    assert all(v.settings.mi.pairs in ("all", PAIRS) for v in variants(Settings()))
    scopes = [v for v in variants(Settings(mi=BinnedSettings(kind="binned"))) if v.axis == "scope"]
    assert all(v.settings.mi.pairs == "all" for v in scopes)


def test_of_ties_the_other_one_is_a_variant_where_there_are_neighbours_at_all() -> None:
    for own, other in (("plain", "jitter"), ("jitter", "plain")):
        variety = variants(Settings(mi=NearestSettings(ties=own)))
        assert [v.label for v in variety if v.axis == "ties"] == [other]
        assert {v.settings.mi.ties for v in variety if "nearest" in v.label} == {own}
    assert "ties" not in {v.axis for v in variants(Settings(mi=BinnedSettings(kind="binned")))}


def test_too_few_examples_for_a_variant_are_undefined_and_no_error() -> None:
    assert variant_value(OUTPUTS, Variant("mean-mi", "samples", "1/50", Settings(), 50), {})["value"] is None


def test_values_are_kept_and_what_is_damaged_or_missing_is_told(toy_run: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(toy_run, run)
    said = _Said()
    first = sensitivity_values(run, said)
    assert len(first) == 18
    assert said.begun == list(first)
    assert sensitivity_values(run, said) == first
    assert len(said.begun) == 18
    key, other = list(first)[:2]
    (kept,) = (run / "sensitivity").glob(f"{key}-*.json")
    kept.write_text(kept.read_text()[:100])
    assert sensitivity_values(run, said) == first
    assert said.begun[18:] == [key]
    (kept,) = (run / "sensitivity").glob(f"{other}-*.json")
    kept.unlink()
    next((run / "cells" / other).glob("*.safetensors")).write_bytes(b"half")
    assert set(first) - set(sensitivity_values(run, said)) == {other}
    assert said.messages == [f"{other}: left out of the sensitivity: outputs.safetensors does not match its checksum"]


def test_the_planned_settings_are_those_of_the_score_cells(toy_run: Path) -> None:
    resolved = json.loads((toy_run / "plan.json").read_text())
    record = json.loads(next((toy_run / "cells").glob("*.evaluation.tap-*/record.json")).read_text())
    assert planned_settings(resolved).model_dump(mode="json") == record["identity"]["settings"]
    key = record["identity"]["train"]
    values = sensitivity_values(toy_run, Silent())[key]["evaluation"]
    for place, name in enumerate(("mean-entropy", "mean-mi")):
        own = Variant(name, "plan", "as planned", planned_settings(resolved))
        assert values[place]["value"] == record["measures"][name]["value"]
        assert values[place] == variant_value(read(toy_run, key)["evaluation"], own, {})


class _Said(Silent):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.messages: list[str] = []

    def begin(self, key: str) -> None:
        self.begun.append(key)

    def say(self, message: str) -> None:
        self.messages.append(message)
