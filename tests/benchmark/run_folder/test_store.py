"""Records: published whole or not at all; what cannot be trusted is named, never used."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, closing
from pathlib import Path

import pytest

from benchmark.process import files
from benchmark.run_folder import store
from benchmark.run_folder.shapes import DamagedCell

KEY = "suite.family.a0.s0-00000000"
HISTORY = {"steps": 1, "losses": [0.1], "weight_norms": [2.0], "stopped": "loss"}
RECORD = {
    "work": "train",
    "outcome": "done",
    "identity": {},
    "provenance": {"seconds": 1.0},
    "history": HISTORY,
    "taps": [],
}
VALUE = {"value": 0.5, "per_tap": {}, "reason": None, "standard_error": None, "sub_samples": []}
SCORE = {**RECORD, "work": "score", "taps": {}, "measures": {"m": VALUE}, "metrics": {"a": VALUE}}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    store.publish(tmp_path, KEY, RECORD, {"a.bin": b"\0\1\2"})
    return tmp_path


def test_what_is_published_comes_back(run: Path) -> None:
    record = store.read_whole(run, KEY)
    assert record["history"] == HISTORY
    assert store.read_file(run, record, "a.bin") == b"\0\1\2"
    assert store.published(run) == {KEY}
    assert store.read_record(run, "other") is None


def test_the_first_publication_wins(run: Path) -> None:
    store.publish(run, KEY, {**RECORD, "taps": ["x"]}, {})
    assert store.read_record(run, KEY)["taps"] == []
    assert store.published(run) == {KEY}
    assert [path.name for path in (run / "cells").iterdir()] == [KEY]


DAMAGE = {
    "half-written": lambda record: record.write_bytes(record.read_bytes()[:40]),
    "empty": lambda record: record.write_bytes(b""),
    "garbage": lambda record: record.write_bytes(b"\xff\xfe\0garbage"),
    "wrong type": lambda record: record.write_text("[1, 2]"),
    "a string": lambda record: record.write_text('"done"'),
    "one number changed": lambda record: record.write_text(record.read_text().replace("0.1", "0.2")),
    "another cell's": lambda record: record.write_text(record.read_text().replace("a0.s0", "a0.s1")),
    "not a number": lambda record: record.write_text(record.read_text().replace("0.1", "NaN")),
    "nested deeply": lambda record: record.write_text("[" * 100_000),
    "gone": lambda record: record.unlink(),
    "a folder": lambda record: (record.unlink(), record.mkdir()),
    "a flipped bit in a file": lambda record: (record.parent / "a.bin").write_bytes(b"\0\1\3"),
    "a file gone": lambda record: (record.parent / "a.bin").unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_named_and_set_aside(run: Path, damage) -> None:
    damage(store.cell_folder(run, KEY) / "record.json")
    with pytest.raises(DamagedCell) as caught:
        store.read_whole(run, KEY)
    aside = store.set_aside(run, KEY, str(caught.value))
    assert (aside / "cause.txt").read_text() == f"damaged: {caught.value}\n"
    assert store.read_whole(run, KEY) is None
    assert store.last_failure(run, KEY).startswith("damaged: ")


@pytest.mark.parametrize("missing", ["outcome", "identity", "provenance", "history", "taps", "work"])
def test_a_train_record_of_another_shape_is_damaged_whatever_its_checksum(tmp_path: Path, missing: str) -> None:
    store.publish(tmp_path, KEY, {name: value for name, value in RECORD.items() if name != missing}, {})
    with pytest.raises(DamagedCell, match=f"no usable {missing}"):
        store.read_record(tmp_path, KEY)


@pytest.mark.parametrize("value", [{}, {**VALUE, "value": "big"}, 3, None])
def test_a_score_record_of_another_shape_is_damaged_whatever_its_checksum(tmp_path: Path, value: object) -> None:
    store.publish(tmp_path, "good", SCORE, {})
    assert store.read_record(tmp_path, "good")["measures"]["m"] == VALUE
    store.publish(tmp_path, KEY, {**SCORE, "measures": {"m": value}}, {})
    with pytest.raises(DamagedCell, match=r"no usable measures\.m"):
        store.read_record(tmp_path, KEY)


def test_failures_are_numbered_and_the_last_one_speaks(run: Path) -> None:
    for cause in ("first", "second"):
        store.record_failure(run, "k", cause, "traceback", "log", "c")
    assert store.last_failure(run, "k") == "second"
    assert {path.name for path in (run / "failed" / "k").iterdir()} == {"1", "2"}


def test_sweep_removes_what_the_dead_were_building_and_leaves_the_living_alone(tmp_path: Path) -> None:
    dead = tmp_path / "cells" / f".tmp-k-{32 * '1'}"
    dead.mkdir(parents=True)
    (dead / "half").write_text("x")
    living = tmp_path / "cells" / f".tmp-k-{32 * '2'}"
    living.mkdir()
    code = "import sys, time; from pathlib import Path; from benchmark.process import files\n"
    code += "with files.locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(living)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    try:
        assert holder.stdout.readline() == b"held\n"
        store.sweep(tmp_path)
        assert [path.name for path in (tmp_path / "cells").iterdir()] == [living.name]
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    store.sweep(tmp_path)
    assert not list((tmp_path / "cells").iterdir())


def test_sweep_removes_half_written_files_too(tmp_path: Path) -> None:
    (tmp_path / "board").mkdir()
    for place in (f".tmp-plan.json-{32 * '1'}", f"board/.tmp-board.md-{32 * '1'}", "board/board.md"):
        (tmp_path / place).touch()
    store.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["board", "board.md"]


def make_socket(path: Path) -> None:
    with chdir(path.parent), closing(socket.socket(socket.AF_UNIX)) as made:  # its path may have few bytes
        made.bind(path.name)


def link_to(name: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(path.parent.parent / name if name == "mine" else name)


@pytest.mark.timeout(20)
def test_sweep_leaves_what_memorank_does_not_build(tmp_path: Path) -> None:
    names = [f".tmp-k-{32 * str(number)}" for number in range(4)]
    (tmp_path / "cells").mkdir()
    (tmp_path / "mine").mkdir()
    for name, make in zip(names, (os.mkfifo, make_socket, link_to("mine"), link_to("circle")), strict=True):
        make(tmp_path / "cells" / name)
    (tmp_path / "cells" / "circle").symlink_to(names[3])
    store.sweep(tmp_path)
    assert sorted(path.name for path in (tmp_path / "cells").iterdir()) == [*names, "circle"]
    assert (tmp_path / "mine").is_dir()


def test_a_file_is_replaced_by_one_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write_json(tmp_path / "a.json", {"x": 1})

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "written_through", full)
    with pytest.raises(OSError, match="No space left"):
        files.write_json(tmp_path / "a.json", {"x": 2})
    assert json.loads((tmp_path / "a.json").read_text()) == {"x": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_published_before_its_rename_is_nothing(tmp_path: Path) -> None:
    """A process killed between writing and renaming leaves no cell."""
    code = (
        "import os, sys; from pathlib import Path; from benchmark.run_folder import store\n"
        "Path.rename = lambda self, target: os.kill(os.getpid(), 9)\n"
        "store.publish(Path(sys.argv[1]), 'k-0', {'value': 1}, {'a': b'1'})"
    )
    finished = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[3], check=False)
    assert finished.returncode == -9
    assert store.published(tmp_path) == set()
    store.sweep(tmp_path)
    assert not list((tmp_path / "cells").iterdir())


TAP = {"entropy": [1.0], "mi_histogram": {"counts": [1], "first": 0.0, "last": 0.5}}


@pytest.mark.parametrize(
    "change",
    [{"counts": [2**62]}, {"counts": [-1]}, {"first": 1.0}, {"last": "far"}],
    ids=["huge", "negative", "turned", "text"],
)
def test_a_histogram_that_cannot_be_drawn_is_damage(tmp_path: Path, change: dict[str, object]) -> None:
    store.publish(tmp_path, "good", {**SCORE, "taps": {"t": TAP}}, {})
    assert store.read_record(tmp_path, "good")["taps"] == {"t": TAP}
    store.publish(tmp_path, KEY, {**SCORE, "taps": {"t": {**TAP, "mi_histogram": TAP["mi_histogram"] | change}}}, {})
    with pytest.raises(DamagedCell, match=r"no usable taps\.t\.mi_histogram"):
        store.read_record(tmp_path, KEY)


def test_a_cell_that_is_a_link_to_nothing_is_damaged_and_set_aside(tmp_path: Path) -> None:
    (tmp_path / "cells").mkdir()
    (tmp_path / "cells" / "a-key").symlink_to("/nonexistent/disk")
    with pytest.raises(DamagedCell, match="its folder is a link to /nonexistent/disk, which is not there"):
        store.read_record(tmp_path, "a-key")
    aside = store.set_aside(tmp_path, "a-key", "a link")
    assert (aside / "cell").is_symlink()
    assert not store.published(tmp_path)


def test_cells_that_are_not_there_are_none_and_a_link_to_nothing_is_an_error(tmp_path: Path) -> None:
    assert store.published(tmp_path) == set()
    (tmp_path / "cells").symlink_to("/nonexistent/disk")
    with pytest.raises(FileNotFoundError):
        store.published(tmp_path)
    (tmp_path / "cells").unlink()
    (tmp_path / "cells").touch()
    with pytest.raises(NotADirectoryError):
        store.published(tmp_path)


def test_a_record_that_is_a_link_in_a_circle_is_damaged(tmp_path: Path) -> None:
    record = tmp_path / "cells" / "a-key" / "record.json"
    record.parent.mkdir(parents=True)
    record.symlink_to(record)
    with pytest.raises(DamagedCell, match="the record is no file"):
        store.read_record(tmp_path, "a-key")
