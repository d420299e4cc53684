"""The end of `run` and `report` as a person meets it: in a pipe, in terminals of several widths, while it goes on."""

import fcntl
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import termios
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import committed, wait_for_cells
from real_command import Command, start

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
BARE = {"COLUMNS": "", "NO_COLOR": "", "LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "", "TERM": "xterm-256color"}
Watched = tuple["subprocess.Popen[str]", Callable[[], str]]


def in_a_terminal(*words: str, folder: Path, columns: int = 80, **environment: str) -> Watched:
    """The real command with all its streams on a terminal, and what it has shown there once it has ended."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    process = start(*words, folder=folder, environment={**BARE, **environment}, **streams)
    os.close(theirs)
    shown: list[bytes] = []

    def listen() -> None:
        try:
            while some := os.read(ours, 65536):
                shown.append(some)
        except OSError:  # the other end is closed
            return

    reader = threading.Thread(target=listen)
    reader.start()

    def everything() -> str:
        assert process.wait(timeout=240) is not None
        reader.join(10)
        os.close(ours)
        return b"".join(shown).decode().replace("\r\n", "\n")

    return process, everything


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
@pytest.mark.parametrize("beside", [{}, {"NO_COLOR": "1"}, {"LC_ALL": "C"}], ids=["plain", "no-color", "c-locale"])
def test_the_screen_fits(columns: int, beside: dict[str, str], own_toy_run: Path, command: Command) -> None:
    done = command("report", str(own_toy_run), environment={**BARE, "COLUMNS": str(columns), **beside})
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) < columns
    assert len(lines) <= 30
    assert "\x1b" not in done.stdout
    assert not any(line.endswith(" ") for line in lines)
    assert any(line.startswith("best   ") for line in lines)
    assert beside.get("LC_ALL") != "C" or done.stdout.isascii()


def test_a_pipe_gets_a_hundred_columns(own_toy_run: Path, command: Command) -> None:
    asked = command("report", str(own_toy_run), environment={**BARE, "COLUMNS": "100"}).stdout
    assert command("report", str(own_toy_run), environment=BARE).stdout == asked
    assert "in-dist." in asked


def test_a_terminal_gets_colour_and_its_own_width(own_toy_run: Path, tmp_path: Path) -> None:
    for environment, width in (({}, 72), ({"COLUMNS": "60"}, 60), ({"NO_COLOR": "1"}, 72), ({"TERM": "dumb"}, 72)):
        process, everything = in_a_terminal("report", str(own_toy_run), folder=tmp_path, columns=72, **environment)
        shown = everything()
        assert process.returncode == 0
        assert ("\x1b[" in shown) is not bool({"NO_COLOR", "TERM"} & set(environment))
        assert 40 < max(len(line) for line in ANSI.sub("", shown).splitlines()) < width


def test_show_says_more_and_an_unknown_word_stops_before_anything_runs(
    own_toy_run: Path, tmp_path: Path, command: Command
) -> None:
    shown = command("report", str(own_toy_run), "--show", "picks,ends").stdout
    assert shown.index("best   ") < shown.index("what to pick: ") < shown.index("least against most memorization")
    assert "tap by tap" not in shown
    for words in (("run", "toy", "--out", "run"), ("report", str(own_toy_run))):
        done = command(*words, "--show", "pick")
        assert done.returncode == 2
        assert done.stderr.startswith("memorank: --show: unknown word 'pick'; did you mean 'picks'?")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["one", "two"])
def test_the_table_fills_up_while_a_run_goes_on(workers: tuple[str, ...], tmp_path: Path) -> None:
    process, everything = in_a_terminal("run", "toy", "--out", "run", *workers, folder=tmp_path)
    shown = everything()
    assert process.returncode == 0
    while_it_ran, _, after = shown.rpartition("\x1b[?25h")  # the cursor is back
    assert re.search(r"\d+/54 \[#+\.+\] ", while_it_ran)
    assert "toy-spurious" in re.findall(r"shortcuts\S*\n +(\S+)", while_it_ran)
    assert "pooled" not in while_it_ran
    frames = while_it_ran.split("shortcuts")
    assert "wrong labels" not in frames[1]  # the second suite comes later
    assert "wrong labels" in frames[-1]
    assert ANSI.sub("", after).count("toy: 2 suites, 18 networks, 54 cells in ") == 1
    assert "/54 [" not in after


@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["one", "two"])
def test_ctrl_c_leaves_the_terminal_clean(workers: tuple[str, ...], tmp_path: Path) -> None:
    process, everything = in_a_terminal("run", "toy", "--out", "run", *workers, folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 2)
    process.send_signal(signal.SIGINT)
    shown = everything()
    assert process.returncode == 130
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h") > 0
    assert re.search(r"\x1b\[2K\n?\nmemorank: stopped: \d+ of 54 cells done; resume with: ", shown)
    assert "Traceback" not in shown
    assert "/54 [" not in shown.rpartition("\x1b[?25h")[2]


def test_without_a_terminal_each_suite_is_said_once(tmp_path: Path, command: Command) -> None:
    done = command("run", "toy", "--out", "run", environment=BARE)
    said = [line for line in done.stderr.splitlines() if line.startswith("toy-")]
    assert [line.split(":")[0] for line in said] == ["toy-spurious, 3 models", "toy-shuffled, 3 models"]
    assert all(re.search(r"mean-entropy [+-]\d\.\d\d, mean-mi [+-]\d\.\d\d, ", line) for line in said)
    cell = next(path for path in (tmp_path / "run" / "cells").iterdir() if path.name.startswith("toy-shuffled"))
    shutil.rmtree(cell)
    assert len(committed(tmp_path / "run")) == 53
    again = command("run", "toy", "--out", "run", environment={**BARE, "TERM": "dumb"})
    assert [line.split(",")[0] for line in again.stderr.splitlines()] == ["toy-shuffled"]
    assert command("run", "toy", "--out", "run", environment=BARE).stderr == ""


def test_a_suite_that_fails_has_its_row_too(tmp_path: Path, command: Command) -> None:
    words = ("run", "toy", "--set", "seeds=[0]", "--out", "run", "--set", "suites.0.training.learning_rate=1.0e+38")
    done = command(*words, "--set", "suites.0.training.max_epochs=2", environment=BARE)
    assert done.returncode == 1
    assert "toy-spurious, 3 models: mean-entropy -, mean-mi -" in done.stderr
    assert "3 diverged" in done.stdout.splitlines()[0]
    assert "gaps   memorank report run --show missing" in done.stdout
