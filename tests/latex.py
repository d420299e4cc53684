"""Compiling LaTeX by a real pdflatex, where there is one."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


def compiled(folder: Path, files: Mapping[str, str | None], name: str = "board.tex") -> str:
    """The log of pdflatex, which must not have stopped or left out a character."""
    for file, text in files.items():
        if text is not None:
            (folder / file).write_text(text)
    words = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", name]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=120)
    log = (folder / name).with_suffix(".log").read_text(encoding="latin-1")
    assert done.returncode == 0, log[-3000:]
    assert "Missing character" not in log
    assert (folder / name).with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    return log
