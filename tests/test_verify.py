"""memorank verify: what was computed here is computed again to the bit, and what was changed is found."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from blank_figures import blank
from real_command import Command, finished_here
from safetensors.numpy import save
from small_runs import changed

from benchmark.inspection.recomputation import drawn
from benchmark.inspection.verification import read_cells
from benchmark.process.paths import shown
from benchmark.run.assignment import find_published
from benchmark.run_folder.plan_verification import derived
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.shapes import UnreadableCell
from benchmark.run_folder.store import _seal
from leaderboard.report import write_board
from leaderboard.verification import check_board
from memorank.command_line import parsed
from memorank.commands import command_verify
from registry import UserError, data_folder


@pytest.fixture
def run(blank_toy_run: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of a finished run, to be changed; nothing is drawn meanwhile."""
    with blank():
        yield Path(shutil.copytree(blank_toy_run, tmp_path / "run"))


@pytest.fixture(scope="module")
def one_seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of 18 cells, for tests that compute all of them again. Copy it before changing anything."""
    folder = tmp_path_factory.mktemp("one seed")
    assert finished_here("run", "toy", "--set", "seeds=[0]", "--out", "run", folder=folder).returncode == 0
    return folder / "run"


@pytest.fixture
def small_run(one_seed: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it, to be changed; nothing is drawn meanwhile."""
    with blank():
        yield Path(shutil.copytree(one_seed, tmp_path / "run"))


def verified(run: Path, *words: str) -> int:
    """What the command returns, here in this process."""
    options = parsed(["verify", str(run), *words])
    options.sources = ()
    return command_verify(options, check_board)


def test_a_run_of_this_machine_is_equal_to_the_bit(toy_run: Path, command: Command) -> None:
    before = sorted(path for path in toy_run.rglob("*"))
    done = command("verify", str(toy_run), "--cells", "6")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("equal to the bit: ") == 6
    assert sorted(path for path in toy_run.rglob("*")) == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("work", "change", "said", "differing"),
    [  # the steps of a network are also a measure in its two score cells
        ("train", lambda r: r["history"].update(steps=7), "history.steps was 7, is ", 3),
        ("score", lambda r: r["metrics"]["accuracy"].update(value=0.123), "metrics.accuracy.value was 0.123, is ", 1),
    ],
)
def test_what_is_not_what_this_code_computes_is_named(
    work: str, change, said: str, differing: int, small_run: Path, command: Command
) -> None:
    key = changed(small_run, work, change)
    done = command("verify", "run", "--all", drawn=False)
    assert done.returncode == 1
    assert f"differs: {key}: {said}" in done.stdout
    assert done.stdout.count("differs: ") == differing
    assert done.stdout.count("equal to the bit: ") == 18 - differing


def test_elsewhere_a_tolerance_holds(small_run: Path, command: Command) -> None:
    for work in ("train", "score"):

        def moved(record: dict) -> None:
            record["provenance"]["machine"]["host"] = "elsewhere"
            for one in record.get("measures", {}).values():
                one["value"] = one["value"] and one["value"] * (1 + 1e-9)

        changed(small_run, work, moved)
    done = command("verify", "run", "--all", drawn=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("equal within the tolerance for another machine or version: ") == 2


def test_no_run_folder_and_no_cell_are_one_line(toy_run: Path, tmp_path: Path, command: Command) -> None:
    assert command("verify", "nowhere").stderr == (
        "memorank: nowhere: no such folder; a run makes one, as in: memorank run toy\n"
    )
    (tmp_path / "run").mkdir()
    shutil.copy(toy_run / "plan.json", tmp_path / "run")
    done = command("verify", "run")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr == "memorank: run has no cell yet: `memorank run` computes them\n"


def test_each_call_draws_other_cells_and_a_seed_draws_them_again(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str) -> tuple[list[str], str]:
        assert verified(run, "--cells", "1", *words) == 0
        lines = capsys.readouterr().out.splitlines()
        seed = next(line for line in lines if "--seed" in line).partition("--seed ")[2].split()[0]
        return [line for line in lines if line.startswith("equal")], seed

    first, seed = said()
    _, other = said()
    assert seed != other
    assert said("--seed", seed) == (first, seed)


def test_a_forged_number_is_found_exactly_where_its_cell_is_drawn(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = changed(run, "score", lambda record: record["measures"]["mean-mi"].update(value=0.3871))
    cells = derived(read_resolved(run), data_folder()).cells
    holding = [seed for seed in range(200) if key in {cell.key for cell in drawn(cells, 2, seed)}]
    others = sorted(set(range(200)) - set(holding))
    for seed in (*holding[:2], *others[:3]):
        code = verified(run, "--cells", "2", "--seed", str(seed))
        out = capsys.readouterr().out
        assert (code, f"differs: {key}: measures.mean-mi.value was 0.3871, is " in out) == (
            (1, True) if seed in holding else (0, False)
        )
        assert "would have found it with a probability of 3.70 % (2 of 54 cells computed again)" in out


def test_outputs_forged_with_every_checksum_are_found_by_training_again(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = next(cell["key"] for cell in read_resolved(run)["cells"] if cell["work"] == "train")
    path = run / "cells" / key / "outputs.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert verified(run, "--cells", "1") == 1
    assert f"damaged: {key}: outputs.safetensors does not match its checksum" in capsys.readouterr().out
    record = json.loads((path.parent / "record.json").read_text())
    record["files"]["outputs.safetensors"] = hashlib.sha256(content).hexdigest()
    record["sha256"] = _seal({name: part for name, part in record.items() if name != "sha256"})
    (path.parent / "record.json").write_text(json.dumps(record))
    cells = derived(read_resolved(run), data_folder()).cells
    seed = next(seed for seed in range(500) if drawn(cells, 1, seed)[0].key == key)
    assert verified(run, "--cells", "1", "--seed", str(seed)) == 1
    assert f"differs: {key}: files.outputs.safetensors was " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"text", "outputs.safetensors cannot be read: "),
        (save({"evaluation/logits": np.zeros((2, 2), np.float32)}), "outputs.safetensors does not hold "),
        (None, "the record names no outputs.safetensors"),
    ],
)
def test_outputs_that_are_none_are_a_damaged_cell_whichever_cells_are_drawn(
    content: bytes | None, said: str, run: Path
) -> None:
    resolved = read_resolved(run)
    key = next(cell["key"] for cell in resolved["cells"] if cell["work"] == "train")
    path = run / "cells" / key / "record.json"
    record = json.loads(path.read_text())
    if content is None:
        del record["files"]["outputs.safetensors"]
    else:
        (path.parent / "outputs.safetensors").write_bytes(content)
        record["files"]["outputs.safetensors"] = hashlib.sha256(content).hexdigest()
    record["sha256"] = _seal({name: part for name, part in record.items() if name != "sha256"})
    path.write_text(json.dumps(record))
    stored = read_cells(run, resolved)
    assert [(found.kind, found.about, found.text.startswith(said)) for found in stored.findings] == [
        ("damaged", key, True)
    ]
    assert key not in stored.whole


def test_what_is_missing_is_said_and_what_cannot_be_read_is_no_success(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [cell["key"] for cell in read_resolved(run)["cells"] if cell["work"] == "score"]
    shutil.rmtree(run / "cells" / keys[0])
    shutil.copytree(run / "cells" / keys[1], run / "cells" / "another-00000000")
    write_board([run])
    assert verified(run, "--cells", "1") == 1  # a copy under another key
    out = capsys.readouterr().out
    assert f"missing: {keys[0]}" in out
    assert "damaged: another-00000000: the record is of schema 1 and cell " in out
    record = json.loads((run / "cells" / "another-00000000" / "record.json").read_text())
    record["key"] = "another-00000000"
    record["sha256"] = _seal({name: part for name, part in record.items() if name != "sha256"})
    (run / "cells" / "another-00000000" / "record.json").write_text(json.dumps(record))
    assert verified(run, "--cells", "1") == 0
    out = capsys.readouterr().out
    assert f"missing: {keys[0]}" in out
    assert "of another plan: another-00000000" in out
    assert "of 53 cells" in out

    def away(run: Path, key: str) -> None:
        raise UnreadableCell(f"{key} cannot be read now")

    monkeypatch.setattr("benchmark.inspection.verification.read_record", away)
    with pytest.raises(UserError, match="no cell that can be computed again: the lines above say what is wrong"):
        verified(run, "--cells", "1")
    assert f"not checked: {keys[1]}: {keys[1]} cannot be read now" in capsys.readouterr().out


def test_where_no_cell_is_left_the_last_line_is_why(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = sorted(run.glob("cells/*/outputs.safetensors"))
    contents = [path.read_bytes() for path in networks]
    for path, content in zip(networks, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)
    assert verified(run, "--cells", "1") == 1
    out, err = capsys.readouterr()
    assert out.count("outputs.safetensors does not match its checksum") == len(networks)
    assert err == (
        f"memorank: {shown(run)} has no cell that can be computed again: the lines above say what is wrong with each\n"
    )
    for path, content in zip(networks, contents, strict=True):
        path.write_bytes(content)
    monkeypatch.setattr("benchmark.plan.cells.TRAINING_VERSION", 0)
    assert verified(run, "--cells", "1") == 1
    said = "has no cell that this version would compute: its entries or versions have changed"
    assert capsys.readouterr().err == f"memorank: {shown(run)} {said}\n"


def test_a_score_without_its_network_is_named(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = next(cell["key"] for cell in read_resolved(run)["cells"] if cell["work"] == "train")
    shutil.rmtree(run / "cells" / key)
    write_board([run])
    assert verified(run, "--cells", "1") == 1
    assert capsys.readouterr().out.count(f"its network {key} is not there whole") == 2


def test_what_cannot_be_computed_again_is_no_success(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MemoryError("not enough")

    monkeypatch.setattr("benchmark.inspection.recomputation.compute", broken)
    assert verified(run, "--cells", "1") == 2
    assert ": it cannot be computed again here: MemoryError: not enough" in capsys.readouterr().out


def test_a_record_that_says_that_it_is_another_kind_of_cell_is_damaged_everywhere(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = changed(run, "train", lambda record: record.update(work="score", measures={}, metrics={}, taps={}))
    said = "the record says that it is a score cell"
    resolved = read_resolved(run)
    assert read_records(run, resolved["cells"])[1] == {key: said}
    assert find_published(derived(resolved, data_folder()).cells, run)[1] == {key: said}
    assert verified(run, "--cells", "1") == 1
    assert f"damaged: {key}: {said}" in capsys.readouterr().out


def test_a_record_of_another_identity_is_found_without_computing_it(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = changed(run, "score", lambda record: record["identity"]["settings"].update(samples=100))
    assert verified(run, "--cells", "1", "--seed", "1") == 1
    assert f"differs: {key}: identity.settings.samples was 100, is 2500" in capsys.readouterr().out


def test_a_forged_plan_and_a_forged_board_are_found_whatever_is_drawn(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = json.loads((run / "plan.json").read_text())
    plan["measures"]["mean-mi"]["better"]["heuristic"] = "high"
    (run / "plan.json").write_text(json.dumps(plan))
    assert verified(run, "--cells", "1") == 1
    out = capsys.readouterr().out
    assert "differs: plan.json: measures.mean-mi.better.heuristic was 'high', is 'low'" in out
    assert "differs: plan.json: digest was " in out
    assert "differs: board/board.json: agreement." in out
    plan["schema"] = 99
    (run / "plan.json").write_text(json.dumps(plan))
    with pytest.raises(UserError, match=r"plan\.json: a later version of memorank wrote it: its schema is above 1"):
        verified(run)
