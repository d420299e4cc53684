"""Entries from outside the tree, through the real command: files that are included, installed packages, broken ones."""

import hashlib
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from own_files import GOOD, HEAD, PLAN, family_file
from real_command import ROOT, Command, board_bytes, finished_here

import memorank
from benchmark.process import interruption

pytestmark = pytest.mark.usefixtures("blank_pages")

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
OWN_MEASURE = (ROOT / "docs" / "own-measure.md").read_text(encoding="utf-8")


def test_every_record_says_where_its_numbers_come_from(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    (tmp_path / "mine.yaml").write_text(PLAN)
    done = command("run", "mine.yaml", "--include", "mine.py", "--out", "run")
    assert done.returncode == 0, done.stderr
    source = hashlib.sha256((tmp_path / "mine.py").read_bytes()).hexdigest()
    records = [json.loads(path.read_text()) for path in (tmp_path / "run").glob("cells/*/record.json")]
    assert {record["work"] for record in records} == {"train", "score"}
    for record in records:
        origin = record["provenance"]
        assert {"python", "torch", "numpy", "numba", "memorank"} <= set(origin["versions"])
        assert set(origin["machine"]) == {"host", "system", "processor", "cores"}
        assert origin["commit"] is None or re.fullmatch(r"[0-9a-f]{40}(-dirty)?", origin["commit"])
        assert (origin["threads"], origin["seed"], origin["data"]) == (2, 0, "toy-blobs")
        assert origin["device"] in ("cpu", "cuda")
        assert origin["data_fingerprint"]
        assert source.startswith(origin["sources"]["family my-net"])
        assert origin["seconds"] > 0
        assert origin["peak_memory"] > 1e7


@pytest.mark.long
def test_the_tutorial_goes_from_new_to_board(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    (yaml,) = re.findall(r"```yaml\n(.*?)```", TUTORIAL, re.DOTALL)
    (folder / "mine.yaml").write_text(yaml)
    blocks = re.findall(r"```sh\n(.*?)```", TUTORIAL, re.DOTALL)
    assert len(blocks) == 5
    for line in "".join(blocks).splitlines():
        program, *words = shlex.split(line)
        assert program == "memorank"
        words, into = (words[:-2], words[-1]) if words[-2] == ">" else (words, None)
        done = finished_here(*words, folder=folder)
        assert done.returncode == 0, line + done.stdout + done.stderr
        if into:
            (folder / into).write_text(done.stdout)
    names = {path.name for path in (folder / "board").iterdir()}
    assert {"board.md", "board.tex", "table2.tex"} <= names
    assert {Path(name).suffix for name in names} == {".md", ".tex"}
    trial = json.loads((folder / "runs" / "mine-limit50" / "board" / "board.json").read_text())
    assert trial["limit"] == 50
    whole = json.loads((folder / "runs" / "mine" / "board" / "board.json").read_text())
    assert {row["family"] for row in whole["models"]} == {"my-net", "toy-mlp"}
    assert "limit" not in whole


@pytest.mark.long
@pytest.mark.parametrize(
    "file", sorted((ROOT / "docs" / "examples").glob("*.py")), ids=lambda file: file.stem
)  # fmt: skip
def test_the_examples_pass_every_check(file: Path, command: Command) -> None:
    done = command("check", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    of_family = "FAMILY = " in file.read_text()
    assert done.stdout.count("  ok ") == (15 if of_family else 6)
    assert file.name in (TUTORIAL if of_family else OWN_MEASURE)


@pytest.mark.parametrize("kind", [str, Path])
def test_one_file_or_setting_by_itself_is_one(kind: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    (tmp_path / "mine.yaml").write_text(PLAN)
    monkeypatch.chdir(tmp_path)
    board = memorank.run("mine.yaml", include=kind("mine.py"), overrides="suites.0.training={max_epochs: 1}")
    assert {row["family"] for row in board.content["models"]} == {"my-net"}
    assert len(json.loads(Path("runs/mine/plan.json").read_text())["plan"]["suites"][0]["training"]) == 1


BROKEN = {
    "a tap that does not exist": (
        family_file("return nn.Sequential(nn.Linear(shape[0], classes))", taps='Tap("hidden"),'),
        "no module 'hidden' to tap",
    ),
    "a tap that never fires": (
        f"{HEAD}\nclass Net(nn.Module):\n"
        "    def __init__(self, n, k):\n        super().__init__()\n"
        "        self.a, self.b = nn.Linear(n, k), nn.ReLU()\n"
        "    def forward(self, x): return self.a(x)\n"
        'FAMILY = ModelFamily(name="my-net", modality="vector", build=lambda s, k: Net(s[0], k), taps=(Tap("b"),),'
        ' reference="a test")\n',
        "tap 'b' fired 0 times in a forward pass",
    ),
    "a module in place": (
        family_file("return nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(inplace=True), nn.Linear(8, classes))"),
        "a later module works in place on the output of tap '0'",
    ),
    "logits of the wrong shape": (
        family_file("return nn.Sequential(nn.Linear(shape[0], classes + 1))"),
        "logits have shape (8, 3), not (B, K) = (8, 2)",
    ),
    "rows that mix": (
        family_file(
            "return nn.Sequential(nn.Linear(shape[0], 8), nn.BatchNorm1d(8, track_running_stats=False),"
            " nn.Linear(8, classes))"
        ),
        "depend on the others of its batch, in evaluation mode",
    ),
    "no gradient": (
        family_file("return nn.Sequential(nn.Linear(shape[0], classes)).requires_grad_(False)"),
        "no parameter is trainable",
    ),
    "a name that is taken": (
        GOOD.replace("my-net", "toy-mlp"),
        "declares family 'toy-mlp', a name that is taken by",
    ),
    "a file that raises": ("raise RuntimeError('no such luck')\n" + GOOD, "RuntimeError: no such luck"),
    "a file that ends the process": ("import sys; sys.exit(3)\n" + GOOD, "the file ends the process"),
    "a syntax error": ("def build(:\n", "my.py:1: invalid syntax"),
    "no entry": ("x = 1\n", "declares no entry: none of FAMILY, SUITE,"),
    "no literal name": (GOOD.replace('name="my-net"', "name=str('my-net')"), "assigned one with a literal name="),
    "another type": (HEAD + 'FAMILY = dict(name="my-net")\n', "FAMILY is not a ModelFamily named 'my-net'"),
    "no taps": (GOOD.replace('Tap("0"),', ""), "family 'my-net' has no taps"),
    "no name": (GOOD.replace("my-net", "../../x"), "'../../x' is not a name"),
    "a slash in a condition": (
        "from memorank import TaskSuite\n"
        'SUITE = TaskSuite(name="my-suite", kind="heuristic", modality="vector", conditions=("a/b", "c"),'
        ' datasets=("toy-blobs",), default_data="toy-blobs", input_shape=(2,), num_classes=2, metrics=("accuracy",),'
        ' make=print, reference="a test")\n',
        "'a/b' is no name of a condition: letters, digits, punctuation and spaces inside, but no slash",
    ),
    "a name of a thousand letters": (GOOD.replace("my-net", "x" * 1000), "is too long for a name: at most 100"),
    "not text": ("\udcff\udcfe", "not Python text"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named_for_what_it_is_and_hurts_nothing_else(
    content: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(interruption, "listen", lambda: None)
    (tmp_path / "my.py").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert memorank.main(["check", "my.py"]) == 1
    said = capsys.readouterr().out
    (fault,) = [line for line in said.splitlines() if "FAULT" in line and words in line]
    assert said.count("FAULT") == 1
    if fault.startswith("FAULT"):  # it cannot be used at all; indented faults are those of a check
        assert memorank.main(["list", "families", "--include", "my.py"]) == 0
        listed = capsys.readouterr().out
        assert "mlp-16-16" in listed
        assert words in listed.partition("broken:")[2]


def test_check_ends_with_one_for_a_fault(tmp_path: Path, command: Command) -> None:
    (tmp_path / "my.py").write_text(BROKEN["a file that raises"][0])
    done = command("check", "my.py")
    assert (done.returncode, done.stderr) == (1, "")
    assert "FAULT" in done.stdout


def test_a_plan_that_needs_a_broken_entry_runs_nothing_and_another_plan_runs(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.yaml").write_text(PLAN)
    for name, content, words in (
        ("raises.py", "1 / 0\n" + GOOD, "raises.py:1: ZeroDivisionError: division by zero"),
        ("taken.py", GOOD.replace("my-net", "toy-mlp"), "a name that is taken by"),
    ):
        (tmp_path / name).write_text(content)
        plan = "mine.yaml" if name == "raises.py" else "toy"
        done = command("run", plan, "--include", name)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
    assert command("plan", "toy", "--include", "raises.py").returncode == 0  # it needs no entry of that file
    assert not (tmp_path / "runs").exists()
    missing = command("run", "toy", "--include", "nowhere.py")
    assert (missing.returncode, missing.stderr) == (2, "memorank: nowhere.py: no such file\n")


@pytest.mark.parametrize("content", [BROKEN[name][0] for name in ("a syntax error", "no entry", "no literal name")])
def test_a_file_that_cannot_be_used_stops_run_and_plan_and_no_other_command(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(interruption, "listen", lambda: None)
    (tmp_path / "my.py").write_text(content)
    lines = set()
    for command in ("run", "plan"):
        assert memorank.main([command, "toy", "--include", "my.py"]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        lines.add(err)
    with pytest.raises(memorank.UserError) as error:
        memorank.run("toy", include=["my.py"])
    assert lines == {f"memorank: {error.value}\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["my.py"]
    assert memorank.main(["describe", "toy-mlp", "--include", "my.py"]) == 0
    assert capsys.readouterr().err == f"memorank: left out: {error.value}\n"


def test_what_a_file_holds_is_part_of_the_keys_and_where_it_lies_is_not(tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.yaml").write_text(PLAN)
    (tmp_path / "my.py").write_text(GOOD)
    assert command("run", "mine.yaml", "--include", "my.py", "--limit", "30").returncode == 0
    (tmp_path / "moved here").mkdir()
    (tmp_path / "my.py").rename(tmp_path / "moved here" / "my.py")
    again = command("run", "mine.yaml", "--include", "moved here/my.py", "--limit", "30")
    assert "nothing to do; 6 cells were done" in again.stdout
    (tmp_path / "moved here" / "my.py").write_text(GOOD + "# another byte\n")
    planned = command("plan", "mine.yaml", "--include", "moved here/my.py", "--limit", "30").stdout
    assert "6 cells, 0 done, 6 to do" in planned
    assert "3 train: changed: sources.family my-net" in planned
    whole = command("plan", "mine.yaml", "--include", "moved here/my.py", "--out", "runs/mine-limit30").stdout
    assert "limit 30 -> None" in whole or "changed: limit" in whole


@pytest.mark.long
def test_a_measure_of_ones_own_is_on_the_board_and_trains_nothing(
    toy_run: Path, tmp_path: Path, command: Command
) -> None:
    made = command("new", "measure", "my-spread").stdout
    (tmp_path / "mine.py").write_text(made)
    shutil.copytree(toy_run, tmp_path / "runs" / "toy")
    done = command("run", "toy", "--include", "mine.py", "--show", "models")
    assert done.returncode == 0, done.stderr
    assert "18 cells were done, 36 computed now" in done.stdout
    board = json.loads((tmp_path / "runs" / "toy" / "board" / "board.json").read_text())
    assert "my-spread" in {row["measure"] for row in board["agreement"]}
    assert re.search(r"alpha .*my-spread", done.stdout)
    assert "54 cells were done, 0 computed now" in command("run", "toy").stdout
    assert board_bytes(tmp_path / "runs" / "toy") == board_bytes(toy_run)
    for wrong, words in (
        ("return 1 / 0 or Value(", "my-spread: ZeroDivisionError: division by zero"),
        ("raise SystemExit(3)\n    return Value(", "my-spread: SystemExit: 3"),
        (
            "return Value(float('nan')) or Value(",
            "my-spread: the value is nan: an undefined number is None with a reason",
        ),
    ):
        (tmp_path / "mine.py").write_text(made.replace("return Value(", wrong))
        failed = command("run", "toy", "--include", "mine.py", "--set", "seeds=[0]")
        assert failed.returncode == 1
        assert failed.stderr.count(f"{words}\n") == 12
        assert "Traceback" not in failed.stderr


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("check", "toy-mpl"), "toy-mlp"),
        (("describe", "mean-mu"), "mean-mi"),
        (("describe", "acuracy"), "accuracy"),
        (("new", "familly", "x"), "family"),
        (("rnu", "toy"), "run"),
        (("run", "toy", "--inclde", "x.py"), "--include"),
        (("run", "toy", "--set", "suites.0.data=toy-blob"), "toy-blobs"),
        (("run", "toy", "--set", "estimater.entropy.bins=3"), "estimator"),
        (("report", "{run}", "--format", "latex"), "tex"),
        (("list", "measure"), "measures"),
    ],
)
def test_typos_are_answered_with_the_right_word(
    words: tuple[str, ...], meant: str, toy_run: Path, tmp_path: Path, command: Command
) -> None:
    done = command(*(word.format(run=toy_run) for word in words))
    assert done.returncode == 2
    assert f"did you mean {meant!r}?" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
