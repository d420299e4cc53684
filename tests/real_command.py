"""The real command, as a process of its own or in this one, and the bytes of the board that it leaves."""

import contextlib
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from blank_figures import blank
from forked_command import Forked, can_be_forked

import memorank
from benchmark.plan.catalogue import forget_included

ROOT = Path(__file__).parent.parent
WORKERS = os.environ.get("TEST_WORKERS")  # every `run` with so many: the earlier tests hold with them too
FIGURE = re.compile(rb'<svg role="img".*?</svg>', re.DOTALL)
DRAWING = "verify"  # compares the figures of a page
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def start(
    *words: str,
    folder: Path,
    from_nothing: bool = False,
    drawn: bool | None = None,
    ignoring: bool = False,
    **options: Any,
) -> "subprocess.Popen[str]":
    """The real command, started in a folder as the leader of its own process group.

    It is forked from a process that has imported everything, where nothing reads the difference and it need not come
    `from_nothing`. The figures of its page are blank then, where they need not be `drawn`: by default a command that
    compares figures draws them. It may be started `ignoring` Ctrl-C, as the background job of a script is.
    """
    if WORKERS and words[0] == "run" and not any(word.startswith(("--workers", "--slurm", "--dask")) for word in words):
        words = (*words, "--workers", WORKERS)
    own = {name: value for name, value in os.environ.items() if name != "COLUMNS"}  # of whoever runs the tests
    environment = {**own, "PYTHONPATH": str(ROOT), **options.pop("environment", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    real = from_nothing or not can_be_forked(environment, options)
    if real and ignoring:
        options["preexec_fn"] = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    way = subprocess.Popen if real else partial(Forked, drawn=is_drawn(words, drawn), ignoring=ignoring)
    program = words if words[0] == "-c" else ("-m", "memorank", *words)
    return way([sys.executable, "-P", *program], cwd=folder, env=environment, **{**pipes, **options})


def is_drawn(words: Sequence[str], asked: bool | None) -> bool:
    """Whether the figures of a page are drawn: where that was asked for, or the command compares them."""
    return DRAWING in words if asked is None else asked


def finished(*words: str, folder: Path, **options: Any) -> "subprocess.CompletedProcess[str]":
    """The real command as a process of its own, at its end."""
    process = start(*words, folder=folder, **options)
    out, err = process.communicate(timeout=240)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def finished_here(
    *words: str, folder: Path, environment: Mapping[str, str] | None = None, drawn: bool | None = None
) -> "subprocess.CompletedProcess[str]":
    """The real command at its end, run in a folder by this process, which has imported everything already."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace") for _ in range(2))
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    hook = sys.unraisablehook
    forget_included()
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            mock.patch.dict(os.environ, environment or {}),
            mock.patch.object(sys, "argv", ["memorank", *words]),
            contextlib.nullcontext() if is_drawn(words, drawn) else blank(),
        ):
            code = memorank.main(list(words))
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.unraisablehook = hook
        for number, handler in handlers.items():
            signal.signal(number, handler)
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.detach().getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(words, code, *said)


def weights(run: Path) -> dict[str, bytes]:
    """The weights that are kept of each network of a run folder, by its key."""
    return {path.parent.name: path.read_bytes() for path in run.glob("cells/*/weights.safetensors")}


def board_bytes(run: Path, name: str = "board") -> dict[str, bytes]:
    """Every file of a board; of the page without its footer, which says where and when the records were made.

    The figures of the page are left out as well, since some commands leave them blank: they are drawn from board.json,
    and tests/leaderboard/pages/figures/test_inline.py sees that they are the same in every process, place and locale.
    """
    files = {path.name: path.read_bytes() for path in sorted((run / name).iterdir())}
    if "board.html" in files:
        page, footer = files["board.html"].split(b"\n<footer>")
        assert footer.count(b"</footer>") == 1
        files["board.html"] = FIGURE.sub(b"", page)
    return files
