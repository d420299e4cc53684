"""What an earlier score of a network holds is taken over, and nothing that is not the same."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import memorank
from benchmark.run_folder import records
from benchmark.scoring import score as scoring

pytestmark = pytest.mark.usefixtures("blank_pages")

SMALL = ("seeds=[0]", "limit=60", "suites.0.training={max_epochs: 2}", "suites.1.training={max_epochs: 2}")
MORE = "measures=[default, cot, alpha-req-first]"
MEASURE = """
from memorank import Measure, Value
def compute(outputs, settings): return Value({number})
MEASURE = Measure(name="mine", better={{"heuristic": "high", "example-level": "high"}}, needs=("predictions",),
    compute=compute, reference="none")
"""


@pytest.fixture(scope="module")
def small(blank_pages: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run folder of the small plan. Copy it before changing anything."""
    run = tmp_path_factory.mktemp("small") / "run"
    memorank.run("toy", run, overrides=SMALL)
    return run


@pytest.fixture
def earlier(small: Path, tmp_path: Path) -> Path:
    """A copy of it for one test, in which more is to be computed."""
    return Path(shutil.copytree(small, tmp_path / "earlier"))


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the measures that are computed from now on."""
    names: list[str] = []
    before = scoring.measured

    def noted(measure: Any, *given: Any) -> Any:
        names.append(measure.name)
        return before(measure, *given)

    monkeypatch.setattr(scoring, "measured", noted)
    return names


def scores(run: Path) -> dict[str, Any]:
    """What every score in a run folder holds, but for where it comes from."""
    read = [json.loads(file.read_text()) for file in run.glob("cells/*/record.json")]
    found = {one["key"]: one for one in read if one["work"] == "score"}
    return {
        key: {part: one[part] for part in one if part not in ("provenance", "sha256")} for key, one in found.items()
    }


def values_of(scores: dict[str, Any], measure: str) -> list[float]:
    return sorted(one["measures"][measure]["value"] for one in scores.values() if measure in one["measures"])


@pytest.mark.long
def test_one_more_measure_costs_no_more_than_itself_and_gives_what_a_fresh_run_gives(
    earlier: Path, tmp_path: Path, computed: list[str]
) -> None:
    memorank.run("toy", earlier, overrides=(*SMALL, MORE))
    assert set(computed) == {"cot", "alpha-req-first"}
    computed.clear()
    memorank.run("toy", tmp_path / "fresh", overrides=(*SMALL, MORE))
    assert "mean-mi" in computed
    fresh, whole = scores(tmp_path / "fresh"), scores(earlier)
    assert len(fresh) == 12
    assert {key: whole[key] for key in fresh} == fresh


def test_under_another_setting_nothing_is_taken_over(earlier: Path, computed: list[str]) -> None:
    memorank.run("toy", earlier, overrides=(*SMALL, MORE, "estimator.entropy.bins=50"))
    assert "mean-entropy" in computed


def test_a_measure_whose_code_has_changed_is_computed_anew(earlier: Path, tmp_path: Path, computed: list[str]) -> None:
    file = tmp_path / "mine.py"
    found = []
    for number in (1.0, 2.0):
        file.write_text(MEASURE.format(number=number))
        computed.clear()
        memorank.run("toy", earlier, overrides=SMALL, include=file)
        found.append(set(values_of(scores(earlier), "mine")))
    assert found == [{1.0}, {1.0, 2.0}]
    assert set(computed) == {"mine"}


def test_what_cannot_be_trusted_is_not_taken_over(earlier: Path, computed: list[str]) -> None:
    expected = scores(earlier)
    for key in expected:
        record = earlier / "cells" / key / "record.json"
        record.write_text(record.read_text().replace('"mean-mi"', '"mean-mj"'))
    memorank.run("toy", earlier, overrides=(*SMALL, MORE))
    assert "mean-mi" in computed
    assert values_of(scores(earlier), "mean-mi") == values_of(expected, "mean-mi")


def test_of_another_machine_nothing_is_taken_over(
    earlier: Path, computed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "environment", lambda: {"versions": {"numpy": "0.1"}, "machine": {}})
    memorank.run("toy", earlier, overrides=(*SMALL, MORE))
    assert "mean-mi" in computed
