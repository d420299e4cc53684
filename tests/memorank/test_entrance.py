"""The way through a command, with stand-ins for what it calls: exit codes, locks, files of --include, what stops it."""

import argparse
import errno
import importlib
from contextlib import contextmanager
from pathlib import Path

import pytest
from own_files import GOOD

from benchmark.process import interruption
from memorank import commands, entrance
from memorank.options import COMMANDS
from registry import FAMILIES, UserError


@pytest.fixture
def locks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the commands that took a lock."""
    taken: list[str] = []

    @contextmanager
    def alone(name: str):
        taken.append(name)
        yield

    monkeypatch.setattr("benchmark.process.alone.alone", alone)
    monkeypatch.setattr(interruption, "listen", lambda: None)
    return taken


def acting(monkeypatch: pytest.MonkeyPatch, *results: object, command: str = "new") -> list[argparse.Namespace]:
    """A command in the place of a real one: it returns a result, or raises it."""
    seen: list[argparse.Namespace] = []

    def stand_in(options: argparse.Namespace) -> object:
        seen.append(options)
        result = results[len(seen) - 1]
        if isinstance(result, BaseException):
            raise result
        return result

    monkeypatch.setattr(commands, f"command_{command}", stand_in)
    return seen


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_function_where_it_is_looked_for(name: str) -> None:
    found = entrance._command(name)
    assert found.__name__ == f"command_{name}"
    assert getattr(importlib.import_module(found.__module__), found.__name__) is found


def test_every_word_in_the_lists_of_commands_is_one() -> None:
    for names in (entrance.RUNNING, entrance.LOOKING, entrance.BOARDS, entrance.SHOWN, entrance.EXPORTING):
        assert set(names) <= set(COMMANDS)


@pytest.mark.parametrize("code", [0, 1, True])
def test_the_code_of_the_command_is_that_of_the_whole(
    code: int, monkeypatch: pytest.MonkeyPatch, locks: list[str]
) -> None:
    seen = acting(monkeypatch, code)
    assert entrance.entered(["new", "family", "x"]) == int(code)
    assert seen[0].words == ["new", "family", "x"]


def test_what_computes_takes_a_lock_and_what_looks_takes_none(
    monkeypatch: pytest.MonkeyPatch, locks: list[str]
) -> None:
    for command, words in (("new", ["new", "family", "x"]), ("fetch", ["fetch", "x"])):
        acting(monkeypatch, 0, command=command)
        entrance.entered(words)
    assert locks == ["memorank fetch"]


def test_what_the_user_can_mend_is_one_line_and_with_debug_an_error(
    monkeypatch: pytest.MonkeyPatch, locks: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    acting(monkeypatch, UserError("no such thing"), UserError("no such thing"))
    assert entrance.entered(["new", "family", "x"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "memorank: no such thing\n")
    with pytest.raises(UserError, match="no such thing"):
        entrance.entered(["new", "family", "x", "--debug"])


def test_what_a_file_system_refuses_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, locks: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    refused = OSError(errno.ENOSPC, "No space left on device", "/there")
    acting(monkeypatch, refused, refused)
    assert entrance.entered(["new", "family", "x"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("memorank: /there: No space left on device")
    assert err.count("\n") == 1
    with pytest.raises(OSError, match="No space left"):
        entrance.entered(["new", "family", "x", "--debug"])


def test_a_command_that_is_stopped_says_how_far_it_is_and_a_run_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, locks: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    codes: list[int] = []
    monkeypatch.setattr(entrance.os, "_exit", codes.append)
    monkeypatch.setattr("memorank.boards.command_run", stopped)
    entrance.entered(["run", "toy", "--out", "a run"])
    assert capsys.readouterr().err == (
        "\nmemorank: stopped: 3 of 9 cells done; resume with: memorank run toy --out 'a run'\n"
    )
    monkeypatch.setattr(commands, "command_new", stopped)
    entrance.entered(["new", "family", "x"])
    assert capsys.readouterr().err == "\nmemorank: stopped: 3 of 9 cells done\n"
    monkeypatch.setattr("memorank.ranking.command_rank", stopped)
    for words, resumes in ((["rank", "a", "b"], False), (["rank", "a", "b", "--out=o"], True)):
        entrance.entered(words)
        assert ("resume with: memorank rank a b --out=o" in capsys.readouterr().err) is resumes
    assert codes == [130] * 4


def stopped(options: argparse.Namespace) -> int:
    """A command that Ctrl-C ends, with a note on how far it is."""
    stop = interruption.Stopped(2)
    stop.add_note("3 of 9 cells done")
    raise stop


def test_an_included_file_without_an_entry_stops_a_plan_and_is_told_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.py").write_text("x = 1\n")
    given = argparse.Namespace(include=[tmp_path / "empty.py"], command="list")
    entrance._include(given)
    (problem,) = given.problems
    assert capsys.readouterr().err.startswith("memorank: left out: ")
    assert [source.file.name for source in given.sources] == ["empty.py"]
    for command in entrance.RUNNING:
        with pytest.raises(UserError, match=r"declares no entry") as caught:
            entrance._include(argparse.Namespace(include=[tmp_path / "empty.py"], command=command))
        assert str(caught.value) == problem


def test_what_a_command_includes_is_there_when_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locks: list[str]
) -> None:
    (tmp_path / "net.py").write_text(GOOD)
    known: list[bool] = []
    monkeypatch.setattr(commands, "command_doctor", lambda options: known.append("my-net" in FAMILIES) or 0)
    assert entrance.entered(["doctor", "--include", str(tmp_path / "net.py")]) == 0
    assert known == [True]
