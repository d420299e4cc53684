"""What made a board: what the records say, never what reports them; no clock, host or path."""

import json
from typing import Any

import pytest
import yaml
from made_boards import records, resolved

from benchmark.plain.canonical import canonical
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.results.merging import merged
from leaderboard.rows.assembly import board_digest, build_board
from leaderboard.rows.plan_text import plan_text
from leaderboard.rows.provenance import cost
from registry import data_folder

MACHINE = {"host": "secret-host", "processor": "a processor", "cores": 2, "system": "a system"}


def with_origins() -> tuple[dict[str, Any], dict[str, Any]]:
    """A plan and its records, made by two versions at two times."""
    plan = resolved()
    found = records(plan)
    for number, record in enumerate(found.values()):
        record["provenance"] = {
            "versions": {"memorank": "0.0.9" if number % 2 else "0.0.8", "torch": "2.0", "datasets": None},
            "commit": "b" * 40 if number % 2 else "a" * 40,
            "device": "cpu",
            "threads": 1,
            "data": "digits",
            "data_fingerprint": "f" * 64,
            "sources": {"family mlp": "0" * 64},
            "started": f"2026-01-0{1 + number % 3}T00:00:00+00:00",
            "seconds": 2.0,
            "peak_memory": 1000 + number,
            "machine": MACHINE,
            "process": 4242,
        }
    return plan, found


def test_a_board_says_what_its_records_say() -> None:
    made = build_board(*with_origins())["made"]
    assert made["versions"] == {"datasets": [], "memorank": ["0.0.8", "0.0.9"], "torch": ["2.0"]}
    assert made["commits"] == ["a" * 40, "b" * 40]
    assert (made["devices"], made["threads"], made["seeds"]) == (["cpu"], [1], [0])
    assert made["data"] == [{"data": "digits", "origin": "stand-in", "licence": "", "fingerprints": ["f" * 64]}]
    assert made["sources"] == {"family mlp": ["0" * 64]}


def test_no_clock_and_no_host_stand_in_a_board_and_what_it_cost_stands_beside() -> None:
    plan, found = with_origins()
    text = json.dumps(build_board(plan, found))
    assert not any(word in text for word in ("2026-01", "secret-host", "a processor", "4242"))
    spent = cost(found)
    assert spent == {
        "machines": ["a processor, 2 cores, a system"],
        "first": "2026-01-01T00:00:00+00:00",
        "last": "2026-01-03T00:00:00+00:00",
        "seconds": 2.0 * len(found),
        "peak_memory": 999 + len(found),
    }
    assert cost({}) is None
    assert cost(records(resolved())) is None


def test_the_digest_is_that_of_the_rest_of_the_file() -> None:
    board = json.loads(json.dumps(build_board(*with_origins())))
    assert list(board)[-1] == "digest"
    assert board_digest(board) == board["digest"]
    board["models"][0]["measures"]["mean-mi"]["mean"] += 1e-12
    assert board_digest(board) != board["digest"]


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("toy", "threads=1"),
        ("circles", "threads=1"),
        ("toy", "suites.0.recipes={draw: 4, seed: 2, learning_rate: [1e-4, 3e-3], optimizer: [adam, adamw]}"),
        ("toy", "suites.1.recipes=[{batch_size: 8}, {weight_decay: 0.1}, {}]"),
    ],
)
def test_the_plan_on_the_board_makes_the_same_cells(name: str, setting: str, tmp_path: Any) -> None:
    plan = resolve(read_plan(name, (setting,)), data_folder())
    (tmp_path / "plan.yaml").write_text(plan_text(plan.as_json()))
    again = resolve(read_plan(str(tmp_path / "plan.yaml")), data_folder())
    assert again.cells == plan.cells
    assert again.plan.estimator == plan.plan.estimator


def test_parts_have_the_text_of_the_whole() -> None:
    whole, *parts = (
        resolve(read_plan("toy", overrides), data_folder()).as_json()
        for overrides in ((), ("seeds=[2, 0]",), ("seeds=[1]", "suites.0.conditions=[0.0, 1.0]"), ("seeds=[1]",))
    )
    joined = merged([(str(number), part, {}) for number, part in enumerate(parts)])[0]
    assert plan_text(joined) == plan_text(whole)
    assert yaml.safe_load(plan_text(whole))["seeds"] == [0, 1, 2]


@pytest.mark.parametrize(
    "overrides",
    [
        ("seeds=[0, 1, 2]", "suites.0.train_examples=50"),
        ("seeds=[0, 1, 2]", "suites.0.training.learning_rate=0.001"),
        ("seeds=[3]", "suites.0.conditions=[0.0]"),
        ("seeds=[3]", "limit=60"),
        ("seeds=[3]", "threads=2"),
        ("seeds=[3]", "anchors=random-labels"),
    ],
)
def test_parts_that_no_plan_can_say_have_their_own_texts(overrides: tuple[str, ...], tmp_path: Any) -> None:
    parts = [resolve(read_plan("toy", own), data_folder()) for own in ((), overrides, ())]
    joined = merged([(str(number), part.as_json(), {}) for number, part in enumerate(parts)])[0]
    texts = plan_text(joined).split("---\n")
    assert len(texts) == len(list(yaml.safe_load_all(plan_text(joined)))) == 2
    for text, part in zip(texts, parts, strict=False):
        (tmp_path / "plan.yaml").write_text(text)
        assert resolve(read_plan(str(tmp_path / "plan.yaml")), data_folder()).cells == part.cells


def test_a_plan_by_hand_without_suites_still_has_a_text() -> None:
    assert yaml.safe_load(plan_text(resolved()))["name"] == "by-hand"
    assert canonical(build_board(*with_origins()))
