"""What an entry's code says, raises and returns does nothing where memorank shows or keeps it; by the real command."""

import ast
import re
from pathlib import Path

import pytest
from real_command import ROOT, Command

OWN = ("memorank", "registry", "benchmark", "leaderboard")
# Where a text goes out as it is: what is said below.
PRINTS = {
    "benchmark/process/wrapping.py": 1,  # `say`, through which all others go
    "memorank/commands.py": 1,  # a scaffold, of memorank's own words and a name that was checked
    "memorank/__init__.py": 1,  # an error before anything can be imported
    "memorank/boards.py": 2,  # two boards, which have colours
    "benchmark/performance/__main__.py": None,  # the pages of the documentation, of memorank's own words
    "benchmark/statistics/simulations/__main__.py": None,
}
HOSTILE = "\\x1b[2J\\x1b]0;title\\x07 two\\nlines\\r\\u202e\\u2066\\u2028\\x9b31m\\x00<script>`|=cmd()\\ud800"
MEASURES = f'''"""hostile: \\x1b[31m a docstring."""
import logging, sys
from memorank import Measure, Value

TEXT = "{HOSTILE}"


def raises(outputs, settings):
    print(TEXT)
    print(TEXT, file=sys.stderr)
    logging.getLogger("mine").warning(TEXT)
    raise ValueError(TEXT)


MEASURE = Measure(
    name="raises", better={{"heuristic": "low", "example-level": "low"}}, needs=("activations",), compute=raises,
    reference="none: " + TEXT[:-1],  # the last is half of a pair, which no entry may say
)
'''
SAYS = MEASURES.replace("raise ValueError(TEXT)", 'return Value(None, reason="undefined: " + TEXT[:-1])').replace(
    "raises", "says"
)
PLAN = """
name: small
seeds: [0]
suites: [{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}]
threads: 1
estimator: {sub_samples: 0}
"""


def unsafe(text: str) -> list[str]:
    """The characters that do something in a terminal."""
    return [letter for letter in text if not letter.isprintable() and letter not in "\n\t\xa0"]


def test_every_text_goes_out_through_one_function() -> None:
    found: dict[str, int] = {}
    for own in OWN:
        for path in [ROOT / own] if own.endswith(".py") else sorted((ROOT / own).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
                if name in ("print", "sys.stdout.write", "sys.stderr.write", "input"):
                    place = path.relative_to(ROOT).as_posix()
                    found[place] = found.get(place, 0) + 1
    assert {place: PRINTS.get(place, 0) or count for place, count in found.items()} == found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder in which the commands of a test run."""
    (tmp_path / "raises.py").write_text(MEASURES)
    (tmp_path / "says.py").write_text(SAYS)
    (tmp_path / "small.yaml").write_text(PLAN)
    return tmp_path


def test_what_an_entry_raises_prints_and_logs_is_kept_and_shown_safely(folder: Path, process: Command) -> None:
    run = "odd\x1b[31m\u202e run"
    done = process("run", "small.yaml", "--include", "raises.py", "--out", run, "--workers", "2")
    assert done.returncode == 1, done.stderr
    assert "raises: ValueError: ?[2J?]0;title? two lines" in done.stderr
    kept = [path for path in (folder / run).rglob("*.txt") if "included" not in path.parts]
    assert {"cause.txt", "traceback.txt", "log.txt"} <= {path.name for path in kept}
    shown = {path: path.read_text(encoding="utf-8") for path in kept}
    status = process("status", run)
    shown |= {Path("stdout"): done.stdout, Path("stderr"): done.stderr, Path("status"): status.stdout}
    (folder / "silent.py").write_text(re.sub("    print.*|    logging.*", "    pass", MEASURES))
    for words in ("list", "measures", "--include"), ("check",), ("describe", "raises", "--include"):
        found = process(*words, "silent.py")
        assert "raises" in found.stdout
        shown |= {Path(words[0]): found.stdout, Path(f"{words[0]} err"): found.stderr}
    assert {str(path): unsafe(text) for path, text in shown.items() if unsafe(text)} == {}
    assert all(len(text.splitlines()) == 1 for path, text in shown.items() if path.name == "cause.txt")


def test_a_reason_is_shown_safely_in_every_file_of_a_board(folder: Path, process: Command) -> None:
    done = process("run", "small.yaml", "--include", "says.py", "--out", "run")
    assert done.returncode == 0, done.stderr
    files = [path for path in (folder / "run" / "board").iterdir() if path.name != "board.json"]
    shown = {path.name: path.read_text(encoding="utf-8") for path in files} | {"stdout": done.stdout}
    assert [name for name, text in shown.items() if "undefined: " in text]
    assert {name: unsafe(text) for name, text in shown.items() if unsafe(text)} == {}
    assert process("report", "run", "--show", "all").returncode == 0
