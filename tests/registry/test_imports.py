"""Which modules a text imports: found by reading, whatever is imported when, and where they lie."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from registry import UserError
from registry.imports import Helper, imported_by, is_installed, origin_of_user, origin_within, reached, read_file

SOURCE = b"""
import a.b as short, c
from d import e
from . import beside
from ..above.inner import x

def later():
    if True:
        from f.g import *
"""


def test_every_name_that_a_statement_may_mean_is_found_with_the_packages_around_it() -> None:
    found = set(imported_by(SOURCE, "top.package"))
    absolute = {"a", "a.b", "c", "d", "d.e", "f", "f.g", "f.g.*"}
    relative = {"top", "top.package", "top.package.beside", "top.above", "top.above.inner", "top.above.inner.x"}
    assert found == absolute | relative
    without_package = set(imported_by(b"from . import beside\nfrom .inner import x\n", ""))
    assert without_package == {"inner", "inner.x"}  # a file that lies in no package


@pytest.mark.parametrize("content", [b"import a\nimport (", b"\xff\xfe", b"import a\0", b"-" * 100_000 + b"1"])
def test_of_what_is_no_python_nothing_is_found(content: bytes) -> None:
    assert list(imported_by(content, "")) == []


def test_modules_that_import_each_other_are_reached_once(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    texts = {"one": "import pack.inner", "pack/__init__": "import one", "pack/inner": "from . import other"}
    for name, text in {**texts, "pack/other": "import json"}.items():
        (tmp_path / f"{name}.py").write_text(text)

    def origin_of(name: str) -> Path | None:
        path = tmp_path / name.replace(".", "/")
        return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)

    found = reached(["one"], origin_of)
    assert [helper.name for helper in found] == ["one", "pack", "pack.inner", "pack.other"]
    assert [helper.package for helper in found] == [False, True, False, False]
    assert found[0] == Helper("one", tmp_path / "one.py", b"import pack.inner")


def test_only_a_users_own_modules_have_an_origin(tmp_path: Path) -> None:
    (tmp_path / "mine.py").touch()
    (tmp_path / "json.py").touch()
    (tmp_path / "registry.py").touch()
    assert origin_of_user("mine", tmp_path) == tmp_path / "mine.py"
    for name in ("json", "registry", "registry.core", "numpy", "__main__", "no_such_module", "mine.inner"):
        assert origin_of_user(name, tmp_path) is None, name


def test_within_a_package_only_its_own_modules_have_an_origin() -> None:
    assert origin_within("numpy", "numpy.linalg") == Path(np.__file__).parent / "linalg" / "__init__.py"
    for name in ("scipy", "numpy.no_such_module", "json"):
        assert origin_within("numpy", name) is None


def test_what_was_installed_is_told_from_what_a_user_writes(tmp_path: Path) -> None:
    assert is_installed(Path(np.__file__))
    assert is_installed(Path(os.__file__))
    for folder in ("site-packages", "dist-packages"):
        assert is_installed(tmp_path / folder / "theirs" / "code.py")
    assert not is_installed(tmp_path / "mine.py")
    assert "registry" in sys.modules
    assert not is_installed(Path(sys.modules["registry"].__file__ or ""))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=f"^{tmp_path}/gone.py: No such file or directory$"):
        read_file(tmp_path / "gone.py")
