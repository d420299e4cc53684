"""A run as a pack: submitted, reported, and refused where it cannot be, by the commands that a person types."""

import re
from pathlib import Path

from real_command import Command


def test_a_run_is_packed_and_its_pack_gives_the_same_tables(toy_run: Path, tmp_path: Path, command: Command) -> None:
    done = command("submit", str(toy_run), "--name", "my-toy")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("my-toy.zip: ")
    assert "with the weights of 18 networks" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    done = command("report", "my-toy.zip", drawn=False)
    assert done.returncode == 0, done.stderr
    assert "board in my-toy-board" in done.stdout
    for sheet in ("agreement.csv", "models.csv", "claims.csv", "pooled.csv"):
        assert (tmp_path / "my-toy-board" / sheet).read_bytes() == (toy_run / "board" / sheet).read_bytes()
    (tmp_path / "own").mkdir()
    for words, said in (
        (("submit", "my-toy.zip", "--name", "again"), "my-toy.zip is a pack already: give a run folder"),
        (("submit", str(toy_run), "--name", "again", "--out", "own"), "own is a folder: give a file, as own/again.zip"),
    ):
        done = command(*words)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert said in done.stderr
    done = command("submit", str(toy_run), "--name", "my-toy")
    assert "in place of an earlier pack" in done.stdout


def test_what_cannot_be_packed_or_read_gets_one_line(toy_run: Path, tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.zip").write_text("my own file")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04" + bytes(26) + b"pack.json")
    (tmp_path / "photos.zip").write_bytes(b"PK\x03\x04" + bytes(26) + b"holiday.jpg")
    for words, said in (
        (("submit", str(toy_run)), "missing: --name; as in: memorank submit runs/quick --name my-quick"),
        (("submit", str(toy_run), "--name", "My Toy"), "--name: 'My Toy' is not a name"),
        (("submit", str(toy_run), "--name", "mine"), "mine.zip is no pack, and would be replaced"),
        (("submit", str(toy_run), "--name", "photos"), "photos.zip is no pack, and would be replaced"),
        (("submit", "none", "--name", "mine"), "none: no such folder"),
        (("report", "bad.zip"), "bad.zip is not a pack that can be used: it cannot be unpacked"),
    ):
        done = command(*words)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert (tmp_path / "mine.zip").read_text() == "my own file"


NET = """
from pathlib import Path

from torch import nn

from memorank import ModelFamily, Tap

Path(MARK).write_text("this has been run")
build = lambda shape, classes: nn.Sequential(nn.Linear(shape[0], 4), nn.ReLU(), nn.Linear(4, classes))
FAMILY = ModelFamily(name="my-net", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")
"""


def test_a_pack_is_verified_and_code_of_its_own_is_run_only_where_that_is_asked_for(
    tmp_path: Path, command: Command
) -> None:
    mark = Path("/tmp") / f"memorank-{tmp_path.name}-{tmp_path.parent.name}"
    (tmp_path / "net.py").write_text(NET.replace("MARK", repr(str(mark))))
    suites = "[{suite: toy-spurious, family: my-net, conditions: [0.0, 1.0]}]"
    (tmp_path / "mine.yaml").write_text(
        f"name: mine\nseeds: [0]\nsuites: {suites}\nthreads: 1\nestimator: {{sub_samples: 0}}\n"
    )
    try:
        assert command("run", "mine.yaml", "--out", "run", "--include", "net.py").returncode == 0
        assert command("submit", "run", "--name", "mine").returncode == 0
        mark.unlink()
        done = command("verify", "mine.zip", drawn=False)
        assert done.returncode == 2
        assert "made with code of its own (net.py), which has not been run" in done.stdout
        assert re.search(r"look\s+at\s+it\s+in\s+its\s+included/\s+.python\s+-m\s+zipfile\s+-e", done.stdout)
        assert "reached: claimed" in done.stdout
        assert not mark.exists()
        done = command("verify", "mine.zip", "--trust", "--all", drawn=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert mark.exists()
        assert done.stdout.count("\nbitwise: ") == 4
        assert "reached: bitwise" in done.stdout
    finally:
        mark.unlink(missing_ok=True)


def test_verify_says_what_is_wrong_with_a_pack(toy_run: Path, tmp_path: Path, command: Command) -> None:
    assert command("submit", str(toy_run), "--name", "my-toy").returncode == 0
    whole = (tmp_path / "my-toy.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    for words, said in (
        (("verify", "cut.zip"), "cut.zip is not a pack that can be used"),
        (("verify", "my-toy.zip", "--plan", "toy"), "--plan: a pack has one plan"),
        (("verify", "none.zip"), "none.zip: no such folder"),
    ):
        done = command(*words)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert said in done.stderr
