"""Other settings than the plan's: what they change, and that nothing is computed twice."""

import json
import shutil
from pathlib import Path

from benchmark.inspection.sensitivity import planned_settings, sensitivity_values
from benchmark.process.progress import Silent
from benchmark.run_folder.outputs import read
from benchmark.scoring.variants import Variant, variant_value


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
    next((run / "cells" / other).glob("outputs.safetensors")).write_bytes(b"half")
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
