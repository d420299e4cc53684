"""The command line's manners: help, version, --debug anywhere, and one line with the cure for what is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

import memorank
from benchmark.entries.scaffolds import KINDS
from benchmark.process import interruption
from memorank.command_line import overview, parsed
from memorank.options import COMMANDS, EXAMPLES, NEW


@pytest.fixture(autouse=True)
def _in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(interruption, "listen", lambda: None)


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command."""
    try:
        code = memorank.main(words)
    except SystemExit as end:
        code = int(end.code or 0)
    return (code, *capsys.readouterr())


@pytest.mark.parametrize("words", [[], ["help"], ["-h"], ["--help"]])
def test_alone_it_prints_the_help_and_three_first_commands(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(words, capsys)
    assert (code, err) == (0, "")
    assert [line.split("  ")[1] for line in out.splitlines() if line.startswith("  memorank ")] == [
        "memorank run toy",
        "memorank plan quick",
        "memorank doctor",
    ]
    assert all(f"\n  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_the_help_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(len, overview().splitlines())) < columns


@pytest.mark.parametrize("words", [["--version"], ["version"]])
def test_the_version_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(words, capsys)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert out.startswith("memorank 0.")
    assert len(out) < 80


@pytest.mark.parametrize(
    "words",
    [
        ["--debug", "status", "x"],
        ["status", "--debug", "x"],
        ["status", "x", "--debug"],
        ["run", "toy", "--out", "x", "--debug"],
    ],
)
def test_debug_may_stand_anywhere(words: list[str]) -> None:
    assert parsed(words).debug
    assert "--debug" not in vars(parsed(words)).values()
    assert not parsed([word for word in words if word != "--debug"]).debug


def test_debug_is_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(["run", "toy", "--out", "--debug"], capsys)
    assert (code, err) == (2, "memorank run: --out needs a value: the run folder (default: runs/<plan name>)\n")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("run", "run: missing: plan; as in: memorank run toy (or quick, or mnist; all plans: memorank list plans)"),
        ("new family", "new: missing: name; as in: memorank new family my-net > my_net.py"),
        ("new measure", "new: missing: name; as in: memorank new measure my-measure > my_measure.py"),
        ("new", "new: missing: kind, name; as in: memorank new family my-net > my_net.py"),
        ("rnu toy", "unknown command 'rnu'; did you mean 'run'?"),
        ("qqqq", "unknown command 'qqqq'; the right names: memorank --help"),
        ("help qqqq", "unknown command 'qqqq'; the right names: memorank --help"),
        ("--verson", "unknown option '--verson'; did you mean '--version'?"),
        ("--out x run toy", "--out stands after its command, as in: memorank run ... --out ..."),
        ("run toy --wrokers 2", "run: unknown option '--wrokers'; did you mean '--workers'?"),
        (
            "run toy --plan quick",
            "run: there is no --plan: the plan is a plain word, as in: memorank run toy (or quick, or mnist; all "
            "plans: memorank list plans)",
        ),
        (
            "plan quick --plan=quick",
            "plan: there is no --plan=quick: the plan is a plain word, as in: memorank plan quick (or toy, or mnist; "
            "all plans: memorank list plans)",
        ),
        ("check --name x", "check: there is no --name: the name is a plain word, as in: memorank check my_net.py"),
        ("run toy -out x", "run: unknown option '-out'; did you mean '--out'?"),
        ("run toy --qqqq", "run: unknown option '--qqqq'; the right names: memorank run --help"),
        ("run toy quick", "run: 'quick' is one word too many; what it takes: memorank run --help"),
        ("run toy --workers 0", "run: --workers: a number from 1 on is needed, got '0'"),
        ("run toy --limit 1", "run: --limit: a number from 2 on is needed, got '1'"),
        ("run toy --force=1", "run: --force takes no value, got '1'"),
        ("run toy --set bins", "--set bins: expected key=value, as in estimator.entropy.bins=50"),
        ("run toy --set seeds=3", "--set seeds=3: a list is needed, as in [0, 1], got 3"),
        ("run toy --set threads=two", "--set threads=two: a whole number is needed, got 'two'"),
        ("run nowhere.yaml", "nowhere.yaml: no such file; the built-in plans: memorank list plans"),
        ("run qqqq", "unknown plan 'qqqq'; the right names: memorank list plans, or the path of a YAML file"),
        ("run toy --include .", ". is a folder: name a Python file that declares entries"),
        (
            "describe entropy",
            "unknown name 'entropy'; did you mean 'mean-entropy', 'anchored-entropy' or 'negative-entropy'?",
        ),
        ("describe taps", "unknown name 'taps'; did you mean 'tap'?"),
        ("describe qqqq", "unknown name 'qqqq'; the right names: memorank list"),
        ("fetch qqqq", "unknown data set 'qqqq'; the right names: memorank list datasets"),
        ("new qqqq x", "unknown kind 'qqqq'; known: dataset, family, measure, metric, reading, suite"),
    ],
)
def test_what_is_wrong_is_one_line_with_the_cure(words: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    colon = "" if line.startswith(("run: ", "plan: ", "check: ", "new: ")) else ": "
    space = " " if not colon else ""
    assert said(words.split(), capsys) == (2, "", f"memorank{colon or space}{line}\n")


def test_a_word_of_the_glossary_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    line = "tap: the place in a network where activations are read (more words: docs/glossary.md)\n"
    assert said(["describe", "tap"], capsys) == (0, line, "")


def test_a_file_beside_the_name_is_meant_and_described_as_it_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, made, _ = said(["new", "measure", "my-spread"], capsys)
    assert code == 0
    (tmp_path / "told.py").write_text(made)
    for command in ("check", "describe"):
        assert said([command, "told"], capsys) == (
            2,
            "",
            "memorank: unknown name 'told'; did you mean 'told.py'?\n",
        )
    code, out, err = said(["describe", "told.py"], capsys)
    assert (code, err) == (0, "")
    assert out.startswith("measure my-spread: my-spread: what it measures, in one line.\n  good is ")
    assert said(["describe", "nowhere.py"], capsys) == (2, "", "memorank: nowhere.py: no such file\n")
    (tmp_path / "told.py").write_text("def build(:\n")
    code, out, err = said(["describe", "told.py"], capsys)
    assert (code, out) == (2, "")
    assert err.endswith("told.py:1: invalid syntax\n")


def test_every_command_that_needs_a_word_has_an_example() -> None:
    needing = {
        name
        for name, (_, options) in COMMANDS.items()
        if any(not option.word.startswith("-") and option.settings.get("nargs") != "?" for option in options)
    }
    assert needing == set(EXAMPLES)
    assert set(NEW) == set(KINDS)
    assert all(example.startswith(f"memorank {name} ") for name, example in EXAMPLES.items())


def test_a_folder_in_place_of_a_plan_and_a_board_in_place_of_a_run_folder(
    toy_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert "empty is a folder, not a plan" in said(["run", "empty"], capsys)[2]
    assert (
        f"is a run folder, not a plan; its board: memorank report {toy_run}" in said(["run", str(toy_run)], capsys)[2]
    )
    assert f"; did you mean {toy_run}?" in said(["status", str(toy_run / "board")], capsys)[2]
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "toy").symlink_to(toy_run)
    assert "toy: no such folder; did you mean runs/toy?" in said(["status", "toy"], capsys)[2]
    assert "runs/tyo: no such folder; did you mean runs/toy?" in said(["report", "runs/tyo"], capsys)[2]


def test_what_is_no_run_folder_names_those_that_there_are(
    toy_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    cure = "; a run makes one, as in: memorank run toy\n"
    assert said(["report", "nope"], capsys) == (2, "", f"memorank: nope: no such folder{cure}")
    assert said(["status", "empty"], capsys) == (
        2,
        "",
        f"memorank: empty is no run folder: it has no plan.json{cure}",
    )
    (tmp_path / "runs").mkdir()
    for name in ("c", "b", "a"):
        (tmp_path / "runs" / name).symlink_to(toy_run)
    assert said(["report", "nope"], capsys)[2].endswith("no such folder; run folders: runs/a, runs/b, runs/c\n")
    (tmp_path / "runs" / "d").symlink_to(toy_run)
    assert said(["status", "empty"], capsys)[2].endswith("plan.json; run folders: runs/a, runs/b, runs/c, ...\n")


def test_the_help_waits_for_nothing_that_only_some_commands_need() -> None:
    late = {"torch", "pandas", "numba", "scipy", "sklearn", "matplotlib", "jinja2", "pydantic", "numpy.random"}
    code = (
        "import sys; from memorank import main; sys.argv = ['memorank', '--help']\n"
        f"try: main()\nfinally: sys.stderr.write(str(sorted({late} & set(sys.modules))))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "[]")
