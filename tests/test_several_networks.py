"""Measures over several networks through the real command: seeds alone, peers that diverged or failed, several workers,
Dask, and what `verify` finds.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from real_command import Command, board_bytes
from several_networks import (
    COMPARING,
    MEASURE,
    SHUFFLED,
    SPURIOUS,
    attempts,
    diverged,
    entry,
    of_work,
    planned,
    reasons,
    score_records,
    words,
)
from small_runs import changed

from benchmark.identity import TrainIdentity
from benchmark.run import compute
from benchmark.run_folder import outputs, store

pytestmark = pytest.mark.usefixtures("blank_pages")

ONE = entry(SHUFFLED, "conditions: [0.0, 1.0]")
LOGITS = MEASURE.format(name="mine", reading="training-set", array="logits")


def test_seeds_without_a_partner_are_undefined_with_the_reason(tmp_path: Path, command: Command) -> None:
    done = command(*words(ONE, COMPARING, "seeds=[0]"))
    assert done.returncode == 0, done.stderr
    assert reasons(tmp_path / "run", "seed-agreement") == {"no network of another seed was read on the same inputs"}
    assert reasons(tmp_path / "run", "consensus") == {None}
    done = command(*words(ONE, COMPARING), "--show", "models")
    assert done.returncode == 0
    assert all(value is not None for value in score_values(tmp_path / "run", 3))


def score_values(run: Path, seeds: int) -> list[float | None]:
    """The agreement of seeds of the plan as it stands."""
    cells = of_work(planned(ONE, COMPARING), "score")
    assert len(cells) == 2 * seeds
    return [store.read_record(run, cell.key)["measures"]["seed-agreement"]["value"] for cell in cells]


def test_a_peer_that_diverged_is_left_out(tmp_path: Path, command: Command) -> None:
    assert command(*words(ONE)).returncode == 0
    networks = of_work(planned(ONE), "train")
    bad = networks[0]
    diverged(tmp_path / "run", bad.key)
    done = command(*words(ONE, COMPARING))
    assert done.returncode == 1  # a diverged network cannot be ranked
    for cell in of_work(planned(ONE, COMPARING), "score"):
        record = store.read_record(tmp_path / "run", cell.key)
        assert (record is None) == (cell.train == bad.key)
        if record and cell.condition == bad.condition:  # one other seed is left
            own, other = (
                outputs.read(tmp_path / "run", one.key)["evaluation"].logits.argmax(axis=1) for one in networks[1:3]
            )
            assert record["measures"]["seed-agreement"]["value"] == np.mean(own == other)


def test_a_peer_that_failed_makes_the_scores_that_look_at_it_fail(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, right = of_work(planned(ONE), "train")[0], compute.trained

    def trained(identity: TrainIdentity, *given: Any) -> Any:
        if identity == bad.identity:
            raise RuntimeError("it cannot be trained")
        return right(identity, *given)

    monkeypatch.setattr(compute, "trained", trained)
    done = command(*words(ONE, "measures=[seed-agreement]"))
    assert done.returncode == 1
    said = f"ValueError: a network that its measures compare it with is not there: {bad.key}"
    assert attempts(done.stderr, said) == 2 * 2  # of the two networks with the other seeds
    assert set(score_records(tmp_path / "run", "seed-agreement")) == {
        cell.key for cell in of_work(planned(ONE), "train") if cell.condition != bad.condition
    }


def test_two_workers_compute_what_one_does(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.py").write_text(LOGITS)
    suites = f"suites=[{{{SHUFFLED}, conditions: [0.0, 1.0]}}, {{{SPURIOUS}, conditions: [0.0, 1.0]}}]"
    plan = (suites, "measures=[mean-mi, seed-agreement, consensus, mine]", "data_seed=3")
    for out, more in (("one", ()), ("two", ("--workers", "2"))):
        done = command(*words(*plan, out=out), "--include", "mine.py", *more)
        assert done.returncode == 0, done.stderr
    one, two = (score_records(tmp_path / out) for out in ("one", "two"))
    assert len(one) == 12
    assert {key: record["measures"] for key, record in one.items()} == {
        key: record["measures"] for key, record in two.items()
    }
    assert board_bytes(tmp_path / "one") == board_bytes(tmp_path / "two")


def test_verify_computes_such_scores_again_and_finds_a_forged_one(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.py").write_text(LOGITS)
    plan = words(ONE, "measures=[mean-mi, seed-agreement, consensus, mine]")
    assert command(*plan, "--include", "mine.py").returncode == 0
    done = command("verify", "run", "--cells", "12", "--include", "mine.py", drawn=False)
    assert done.returncode == 0, done.stdout + done.stderr

    def forge(record: dict[str, Any]) -> None:
        record["measures"]["seed-agreement"]["value"] = 0.123

    key = changed(tmp_path / "run", "score", forge)
    done = command("verify", "run", "--cells", "12", "--include", "mine.py", drawn=False)
    assert done.returncode == 1
    assert f"differs: {key}: measures.seed-agreement.value was 0.123" in done.stdout


@pytest.mark.parametrize("measures", [COMPARING, "measures=[mean-mi, mine]"])
def test_dask_refuses_such_a_plan_in_one_line(measures: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.py").write_text(LOGITS)
    done = command(*words(ONE, measures), "--include", "mine.py", "--dask", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert done.stderr.startswith("memorank: --dask sends a score cell its own outputs alone")
    assert done.stderr.count("\n") == 1


def test_plans_that_ask_for_neither_have_neither_in_their_keys() -> None:
    for cell in planned(ONE):
        assert {"peers", "readings", "data_seed"} & cell.identity.keys() == set()
