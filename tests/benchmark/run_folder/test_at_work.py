"""One plan at a time in a run folder: the same plan may join, another is refused, and the dead do not count."""

import re
from pathlib import Path

import pytest

from benchmark.run_folder import at_work
from benchmark.run_folder.at_work import FOLDER, plan_at_work
from benchmark.run_folder.leases import Leases
from registry import UserError

ONE, OTHER = "1" * 16, "2" * 16


def left(run: Path) -> list[str]:
    """The digests of the plans that commands have a lease on."""
    return sorted(path.name.partition("-")[0] for path in (run / FOLDER).iterdir())


def test_commands_of_one_plan_share_a_folder_and_nothing_stays_after_them(tmp_path: Path) -> None:
    with plan_at_work(tmp_path, ONE, "a"), plan_at_work(tmp_path, ONE, "b"):
        assert left(tmp_path) == [ONE, ONE]
    assert left(tmp_path) == []


def test_another_plan_is_refused_while_one_is_at_work_and_not_after_it(tmp_path: Path) -> None:
    with plan_at_work(tmp_path, ONE, "a"):
        said = re.escape(f"another plan is at work in {tmp_path}: process ")
        with pytest.raises(UserError, match=f"^{said}.*; wait for it, or choose another --out$"):
            plan_at_work(tmp_path, OTHER, "b").__enter__()
        assert OTHER not in left(tmp_path)  # the one that was refused holds nothing
    with plan_at_work(tmp_path, OTHER, "b"):
        assert left(tmp_path) == [OTHER]


def test_an_error_in_the_block_lets_go_too(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), plan_at_work(tmp_path, ONE, "a"):
        raise ValueError("inside")
    assert left(tmp_path) == []


def test_what_a_dead_command_has_left_is_removed(tmp_path: Path) -> None:
    with Leases(tmp_path, "a", folder=FOLDER).hold(f"{ONE}-dead", "then"):
        text = (tmp_path / FOLDER / f"{ONE}-dead").read_bytes()
    (tmp_path / FOLDER / f"{ONE}-dead").write_bytes(text)  # as if its process had been killed: nobody locks it
    with plan_at_work(tmp_path, OTHER, "b"):
        assert left(tmp_path) == [OTHER]


def test_a_living_command_of_another_machine_is_refused_at_its_next_heartbeat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats = iter([5, 5, 6])
    monkeypatch.setattr(at_work, "LOOKS", 0.001)
    monkeypatch.setattr(Leases, "beaten", lambda self, key: next(beats))
    monkeypatch.setattr(Leases, "is_here", lambda self, holder: False)
    far = Leases(tmp_path, "a", folder=FOLDER)
    with far.hold(f"{ONE}-far", "then"), pytest.raises(UserError, match="another plan is at work"):
        plan_at_work(tmp_path, OTHER, "b").__enter__()
    assert list(beats) == []  # it was looked at three times: two equal beats prove nothing
