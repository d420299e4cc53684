"""Ctrl-C and SIGTERM: everything ends in order and says how to go on; twice: at once."""

import os
import re
import signal
import time
from pathlib import Path

import pytest
from processes import children, committed, injected, wait_for_cells, wait_until_gone
from real_command import start

RUN = ("run", "toy", "--out", "run")
WORKERS = [(), ("--workers", "2")]
SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]


@pytest.mark.parametrize("workers", WORKERS, ids=["one", "two"])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_ends_everything_in_order_and_says_how_to_resume(
    number: int, code: int, workers: tuple[str, ...], tmp_path: Path
) -> None:
    process = start(*RUN, *workers, folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 2)
    started_by_it = children(process.pid)
    process.send_signal(number)
    started = time.monotonic()
    _, err = process.communicate(timeout=30)
    assert time.monotonic() - started < 6
    assert process.returncode == code, err
    assert f"of 54 cells done; resume with: memorank {' '.join((*RUN, *workers))}" in err
    assert "Traceback" not in err
    wait_until_gone(started_by_it, 1)
    assert not list((tmp_path / "run" / "leases").iterdir())


@pytest.mark.parametrize("workers", WORKERS, ids=["one", "two"])
def test_ctrl_c_twice_in_a_terminal_ends_everything_at_once(workers: tuple[str, ...], tmp_path: Path) -> None:
    process = start(*RUN, *workers, folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 2)
    started_by_it = children(process.pid)
    started = time.monotonic()
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        time.sleep(0.05)
    process.communicate(timeout=30)
    wait_until_gone(started_by_it, 5)
    assert time.monotonic() - started < 5
    assert process.returncode in (130, -signal.SIGINT)


@pytest.mark.parametrize("workers", WORKERS, ids=["one", "two"])
def test_an_ignored_ctrl_c_stays_ignored_by_all_and_sigterm_ends_the_run(
    workers: tuple[str, ...], tmp_path: Path
) -> None:
    run = tmp_path / "run"
    process = start(*RUN, *workers, folder=tmp_path, ignoring=True)
    wait_for_cells(process, run, 2)
    os.killpg(process.pid, signal.SIGINT)
    wait_for_cells(process, run, len(committed(run)) + 2)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 143, err
    assert "failed" not in err
    assert not list((run / "leases").iterdir())


@pytest.mark.long
@pytest.mark.parametrize("words", [("check", "toy-mlp"), (*RUN, "--workers", "2")], ids=["check", "workers"])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_before_anything_has_begun_is_no_traceback(
    number: int, code: int, words: tuple[str, ...], tmp_path: Path
) -> None:
    for moment in (0.1, 0.2, 0.3, 0.6):
        process = start(*words, folder=tmp_path, from_nothing=True)
        time.sleep(moment)
        os.killpg(process.pid, number)
        _, err = process.communicate(timeout=30)
        assert process.returncode in (code, -number), err  # before the interpreter has come to our code: -number
        assert process.returncode == -number or "Traceback" not in err
        assert not re.search(r"memorank\.py.*, in main", err), err


@pytest.mark.long
@pytest.mark.parametrize("module", ["benchmark", "benchmark.process.streams", "memorank.command_line"])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_while_the_command_imports_is_its_exit_code_and_no_traceback(
    number: int, code: int, module: str, tmp_path: Path
) -> None:
    for words in (RUN, ("report", "run"), ("check", "toy-mlp"), ("verify", "run")):
        process = start(*words, folder=tmp_path, environment=injected(SIGNAL=f"{module} {int(number)}"))
        _, err = process.communicate(timeout=30)
        assert process.returncode == code, err
        assert "Traceback" not in err
