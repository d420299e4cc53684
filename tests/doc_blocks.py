"""The code blocks of README and docs, and how tests go through a page from top to bottom.

A block is written to a file if `<!-- file: NAME -->` stands before it. If `<!-- not run: REASON -->` does, it is left
alone.
"""

import doctest
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from real_command import ROOT

import memorank
from benchmark.plan.reading import read_plan

README = ROOT / "README.md"
DOCS = ROOT / "docs"
SMALL = {"quick": "toy", "mnist-5k": "circles"}  # what stands in place of what takes minutes or another data set
ELSEWHERE = ("make ", "pip install ", "python -m benchmark.performance")  # not run line by line here
_BLOCK = re.compile(r"(?:^<!-- ([^\n]*) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One code block: its language, its text, and the note that stands before it."""

    language: str
    text: str
    note: str

    @property
    def file(self) -> str:
        """The file that it is, "" where it is none."""
        return self.note.removeprefix("file: ") if self.note.startswith("file: ") else ""

    @property
    def runs(self) -> bool:
        """Whether a test runs it."""
        return not self.note.startswith("not run: ")


def blocks(page: str) -> list[Block]:
    """The code blocks of a page, in order.

    >>> blocks("<!-- file: a.py -->\\n```python\\nx = 1\\n```\\n")
    [Block(language='python', text='x = 1\\n', note='file: a.py')]
    """
    return [Block(language, text, note) for note, language, text in _BLOCK.findall(page)]


def small(line: str) -> list[str]:
    """The words of a command line, with small plans and data in place of large ones."""
    for word, other in SMALL.items():
        line = re.sub(rf"(?<![\w-]){word}(?![\w-])", other, line)
    return shlex.split(line, comments=True)


def go_through(page: Path, folder: Path, command: Callable[[list[str]], int]) -> None:
    """Write, run and read every block of a page in a folder, in order. A page need not import memorank again."""
    names: dict[str, object] = {"memorank": memorank}
    for block in (block for block in blocks(page.read_text(encoding="utf-8")) if block.runs):
        if block.file:
            (folder / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "sh":
            for line in block.text.replace("\\\n", " ").splitlines():
                if not line.startswith(ELSEWHERE):
                    program, *words = small(line)
                    assert program == "memorank", line
                    assert command(words) == 0, line
        elif block.language == "python" and ">>> " in block.text:
            test = doctest.DocTestParser().get_doctest(block.text, dict(names), page.name, str(page), 0)
            found = doctest.DocTestRunner().run(test, clear_globs=False)
            assert (found.attempted, found.failed) == (block.text.count(">>> "), 0), block.text
        elif block.language == "python":
            exec(compile(block.text.replace("runs/quick", "runs/toy"), page.name, "exec"), names)
        elif block.language == "yaml":
            (folder / "a-plan.yaml").write_text(block.text, encoding="utf-8")
            read_plan(str(folder / "a-plan.yaml"))
        else:
            assert block.language in ("text", "latex"), f"{page.name}: nothing reads a block of {block.language}"
