"""The code of included files: what was hashed is what runs, helper modules too, however often a file is saved."""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from registry import FAMILIES, UserError
from registry.places import BrokenEntry
from registry.sources import Source, executed, forget, read_source, use_helpers

NET = (
    "from memorank import ModelFamily, Tap\nfrom torch import nn\n{0}\n"
    "def build(shape, classes):\n    return nn.Sequential(nn.Linear(shape[0], {1}), nn.Linear({1}, classes))\n"
    'FAMILY = ModelFamily(name="a-net", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")\n'
)


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """Modules that a test brings are gone after it."""
    modules = dict(sys.modules)
    yield
    for name in set(sys.modules) - set(modules):
        if name.startswith(("memorank_included_", "my_")):
            del sys.modules[name]


def written(folder: Path, **files: str) -> Path:
    """The file `net` of a folder into which these files were written."""
    for name, content in files.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder / "net.py"


def module(file: Path) -> ModuleType:
    return ran(read_source(file))


def ran(source: Source) -> ModuleType:
    use_helpers(source)
    return executed(source)


def test_the_digest_of_a_file_alone_is_that_of_its_bytes(tmp_path: Path) -> None:
    file = written(tmp_path, net="import json\nimport numpy.linalg\nfrom torch import nn\nimport no_such_module\n")
    source = read_source(file)
    assert source.helpers == ()
    assert source.digest == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_file_that_is_saved_anew_runs_anew_in_one_process(tmp_path: Path) -> None:
    for width in (4, 32, 4):
        file = written(tmp_path, net=NET.format("", width))
        assert FAMILIES.include(read_source(file)) == ["a-net"]
        assert FAMILIES["a-net"].build((2,), 2)[0].out_features == width
        assert FAMILIES.content_hash("a-net") == hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_was_read_runs_though_the_file_was_saved_anew_or_is_gone(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, net="import my_helper\nx = my_helper.x\n", my_helper="x = 1\n"))
    written(tmp_path, net="1 / 0\n", my_helper="1 / 0\n")
    assert ran(source).x == 1
    (tmp_path / "net.py").unlink()
    assert ran(source).x == 1


def test_helper_modules_are_part_of_the_digest_and_run_anew(tmp_path: Path) -> None:
    written(
        tmp_path, **{"my_pack/__init__": "", "my_pack/deep": "from .values import y\n", "my_pack/values": "y = 2\n"}
    )
    net = "def value():\n    import my_helper\n    return my_helper.x\nfrom my_pack.deep import y\n"
    file = written(tmp_path, net=net, my_helper="x = 1\n")
    source = read_source(file)
    assert [helper.name for helper in source.helpers] == ["my_helper", "my_pack", "my_pack.deep", "my_pack.values"]
    first = ran(source)
    assert (first.value(), first.y) == (1, 2)
    digests = {source.digest}
    for name, content in (("my_helper", "x = 10\n"), ("my_pack/values", "y = 20\n"), ("my_pack/__init__", "z = 1\n")):
        written(tmp_path, **{name: content})
        digests.add(read_source(file).digest)
    assert len(digests) == 4
    again = module(file)
    assert (again.value(), again.y) == (10, 20)


def test_a_helper_that_the_process_has_imported_before_is_imported_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, net="import my_early\nx = my_early.x\n", my_early="x = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    import my_early  # type: ignore[import-not-found]

    assert my_early.x == 1
    written(tmp_path, my_early="x = 2\n")
    assert module(file).x == 2


def test_two_helpers_of_one_name_are_refused(tmp_path: Path) -> None:
    first = written(tmp_path / "a", net="import my_twin\n", my_twin="x = 1\n")
    second = written(tmp_path / "b", net="import my_twin\n", my_twin="x = 2\n")
    module(first)
    with pytest.raises(
        ImportError, match=r"helper module 'my_twin' is .*b/my_twin.py, but another included file has brought"
    ):
        module(second)


@pytest.mark.parametrize(
    "line",
    [
        "import importlib\nimportlib.import_module('my_' + 'secret')",
        "from pathlib import Path\nexec((Path(__file__).parent / 'my_secret.py').read_text())",
        "import runpy, os\nrunpy.run_path(os.path.join(os.path.dirname(__file__), 'my_secret.py'))",
        "import importlib.util as u\nfrom pathlib import Path\n"
        "s = u.spec_from_file_location('s', Path(__file__).parent / 'my_secret.py')\n"
        "m = u.module_from_spec(s)\ns.loader.exec_module(m)",
    ],
    ids=["import_module", "exec", "runpy", "spec"],
)
def test_what_cannot_be_seen_in_the_text_is_refused(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    FAMILIES.include(read_source(written(tmp_path, net=NET.format(line, 4), my_secret="x = 1\n")))
    for _ in range(2):
        with pytest.raises(BrokenEntry, match=r"runs the code of .*/my_secret.py in a way that cannot be seen in its"):
            FAMILIES["a-net"]


def test_a_helper_of_a_helper_saved_anew_reaches_who_imports_it(tmp_path: Path) -> None:
    widths = []
    for width in (4, 32):
        files = {
            "net": NET.format("from my_outer import WIDTH", "WIDTH"),
            "my_outer": "from my_inner import W as WIDTH\n",
        }
        FAMILIES.include(read_source(written(tmp_path, **files, my_inner=f"W = {width}\n")))
        widths.append(FAMILIES["a-net"].build((2,), 2)[0].out_features)
    assert widths == [4, 32]


@pytest.mark.parametrize("package", ["my_folder", "my_folder/inner", "my_folder/inner/most"])
def test_a_package_without_init_beside_the_file_is_found(package: str, tmp_path: Path) -> None:
    line = f"from {package.replace('/', '.')}.mod import WIDTH"
    source = read_source(written(tmp_path, **{"net": NET.format(line, "WIDTH"), f"{package}/mod": "WIDTH = 4\n"}))
    assert [helper.name for helper in source.helpers] == [f"{package.replace('/', '.')}.mod"]
    FAMILIES.include(source)
    assert FAMILIES["a-net"].build((2,), 2)[0].out_features == 4


def test_helpers_of_one_name_follow_each_other_once_the_first_are_forgotten(tmp_path: Path) -> None:
    for x, place in ((1, "a"), (2, "b")):
        assert module(written(tmp_path / place, net="import my_twin\nx = my_twin.x\n", my_twin=f"x = {x}\n")).x == x
        forget()


def test_a_helper_that_another_file_has_brought_excuses_nobody(tmp_path: Path) -> None:
    module(written(tmp_path, net="import my_shared\n", my_shared="x = 1\n"))
    line = (
        "import importlib, sys\nsys.path.insert(0, __file__.rpartition('/')[0])\nimportlib.import_module('my_shared')"
    )
    (tmp_path / "two.py").write_text(NET.format(line, 4))
    FAMILIES.include(read_source(tmp_path / "two.py"))
    path = list(sys.path)
    with pytest.raises(BrokenEntry, match=r"runs the code of .*/my_shared.py in a way that cannot be seen"):
        FAMILIES["a-net"]
    sys.path[:] = path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "import pathlib\nx = pathlib.Path(__file__).with_name('my.json').read_text()",
            "the file reads .*/my.json when it is imported, whose content no key holds",
        ),
        ("from __main__ import x", "the file imports __main__"),
    ],
)
def test_what_no_key_holds_is_refused(line: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my.json").write_text("{}")
    monkeypatch.setattr(sys.modules["__main__"], "x", 1, raising=False)
    FAMILIES.include(read_source(written(tmp_path, net=NET.format(line, 4))))
    for _ in range(2):
        with pytest.raises(BrokenEntry, match=said):
            FAMILIES["a-net"]


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b"# -*- coding: latin-1 -*-\n# \xe9\n"])
def test_a_file_is_decoded_as_python_does(head: bytes, tmp_path: Path) -> None:
    file = written(tmp_path, net=NET.format("", 4))
    file.write_bytes(head + file.read_bytes())
    FAMILIES.include(read_source(file))
    assert FAMILIES["a-net"].build((2,), 2)[0].out_features == 4


@pytest.mark.parametrize(
    "line",
    [
        "import inspect\ninspect.stack(context=5)",
        "import traceback, sys\nfrom pathlib import Path\ntext = Path(__file__).read_text()",
    ],
)
def test_a_source_that_is_only_shown_is_no_code_that_runs(line: str, tmp_path: Path) -> None:
    FAMILIES.include(read_source(written(tmp_path, net=NET.format(line, 4))))
    assert FAMILIES["a-net"].build((2,), 2)[0].out_features == 4


def test_each_version_of_a_file_imports_its_own_helpers_however_late(tmp_path: Path) -> None:
    late = "def value():\n    import my_later\n    return my_later.x\n"
    sources = []
    for x in (1, 2):
        sources.append(read_source(written(tmp_path, net=NET.format(late, 4), my_later=f"x = {x}\n")))
    for place in (0, 1, 0):
        FAMILIES.include(sources[place])
        build = FAMILIES["a-net"].build
        assert build.__globals__["value"]() == place + 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import torch\ntorch.set_default_dtype(torch.float64)", "torch's default dtype"),
        ("import torch\ntorch.set_grad_enabled(False)", "torch's gradient mode"),
        ("import torch\ntorch.nn.init.xavier_uniform_ = torch.nn.init.zeros_", "torch.nn.init"),
        ("from torch import nn\nnn.Linear.reset_parameters = lambda self: None", "the layers of torch.nn"),
        ("import os\nos.chdir('/')", "the working directory"),
        ("import sys, io\nsys.stdout = io.StringIO()", "sys.stdout"),
        ("import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)", "the handler of SIGTERM"),
        ("import numpy\nnumpy.seterr(all='ignore')", "numpy's error handling"),
    ],
)
def test_a_file_that_changes_the_process_is_named_and_the_process_is_as_before(
    line: str, said: str, tmp_path: Path
) -> None:
    FAMILIES.include(read_source(written(tmp_path, net=NET.format(line, 4))))
    for _ in range(2):  # the second time nothing is left of the first
        with pytest.raises(BrokenEntry, match=f"importing the file changes {said} of the whole process"):
            FAMILIES["a-net"]


@pytest.mark.parametrize("line", ["import os\nos._exit(0)", "import sys\nsys.exit(0)"])
def test_a_file_that_ends_the_process_does_not(line: str, tmp_path: Path) -> None:
    FAMILIES.include(read_source(written(tmp_path, net=NET.format(line, 4))))
    with pytest.raises(BrokenEntry, match="the file ends the process"):
        FAMILIES["a-net"]


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere.py: No such file or directory"):
        read_source(tmp_path / "nowhere.py")


@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_a_source_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mine.py")
    with pytest.raises(UserError, match=r"mine\.py: not a regular file$"):
        read_source(tmp_path / "mine.py")
