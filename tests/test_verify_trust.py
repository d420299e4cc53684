"""What `verify` does with a run folder that brings code of its own."""

from pathlib import Path

from real_command import Command

NET = """
from pathlib import Path

from torch import nn

from memorank import ModelFamily, Tap
from my_width import WIDTH

Path(MARK).write_text("this has been run")


def build(shape, classes):
    return nn.Sequential(nn.Linear(shape[0], WIDTH), nn.ReLU(), nn.Linear(WIDTH, classes))


FAMILY = ModelFamily(name="my-net", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")
"""


def test_code_of_a_run_folder_is_run_only_where_that_is_asked_for(tmp_path: Path, command: Command) -> None:
    mark = tmp_path / "mark"
    (tmp_path / "net.py").write_text(NET.replace("MARK", repr(str(mark))))
    (tmp_path / "my_width.py").write_text("WIDTH = 4\n")
    suites = "[{suite: toy-spurious, family: my-net, conditions: [0.0, 1.0]}]"
    (tmp_path / "mine.yaml").write_text(
        f"name: mine\nseeds: [0]\nsuites: {suites}\nthreads: 1\nestimator: {{sub_samples: 0}}\n"
    )
    assert command("run", "mine.yaml", "--out", "run", "--include", "net.py").returncode == 0
    (tmp_path / "my_width.py").unlink()
    (tmp_path / "net.py").unlink()
    mark.unlink()
    done = command("verify", "run", drawn=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "made with code of its own (my_width.py, net.py), which has not been run" in done.stderr
    assert "checked: 4 cells and 6 files of theirs, by their hashes" in done.stdout
    assert "equal to the bit" not in done.stdout
    assert not mark.exists()
    done = command("verify", "run", "--trust", "--all", drawn=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert mark.exists()
    assert done.stdout.count("equal to the bit: ") == 4
    assert "this check would have found it for certain" in done.stdout
    helper = next((tmp_path / "run" / "included").glob("*/helpers/my_width.py"))
    helper.write_text("WIDTH = 5\n")
    mark.unlink()
    done = command("verify", "run", "--trust", drawn=False)
    assert done.returncode == 1
    assert "differs: included: " in done.stdout
    assert not mark.exists()
