"""The user's own code in a run folder: what is read back is what was included, or it is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmark.run_folder.included import FOLDER, INDEX, keep, kept
from registry import UserError
from registry.sources import Source, read_source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A file with a helper module and one in a package."""
    folder = tmp_path / "mine"
    (folder / "my_pack").mkdir(parents=True)
    (folder / "net.py").write_text("import my_helper\nfrom my_pack.deep import y\n")
    (folder / "my_helper.py").write_text("x = 1\n")
    (folder / "my_pack" / "__init__.py").write_text("")
    (folder / "my_pack" / "deep.py").write_text("y = 2\n")
    return read_source(folder / "net.py")


def test_what_is_kept_is_read_back_with_its_helpers_where_they_would_be_imported(
    source: Source, tmp_path: Path
) -> None:
    keep(tmp_path, [source])
    folder = tmp_path / FOLDER / source.digest
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == {
        "net.py",
        INDEX,
        "helpers/my_helper.py",
        "helpers/my_pack/__init__.py",
        "helpers/my_pack/deep.py",
    }
    (back,) = kept(tmp_path)
    assert (back.digest, back.content) == (source.digest, source.content)
    assert [(one.name, one.content) for one in back.helpers] == [(one.name, one.content) for one in source.helpers]


def test_what_is_there_already_stays(source: Source, tmp_path: Path) -> None:
    keep(tmp_path, [source])
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).rglob("*")}
    keep(tmp_path, [source, source])
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / FOLDER).rglob("*")} == before


def test_a_run_folder_without_code_of_its_own_holds_none_nor_does_half_a_copy(tmp_path: Path) -> None:
    assert kept(tmp_path) == ()
    (tmp_path / FOLDER / ".tmp-1").mkdir(parents=True)
    assert kept(tmp_path) == ()


def test_a_file_that_was_changed_afterwards_is_refused(source: Source, tmp_path: Path) -> None:
    keep(tmp_path, [source])
    (tmp_path / FOLDER / source.digest / "helpers" / "my_helper.py").write_text("x = 2\n")
    with pytest.raises(UserError, match="what it holds is not what was included: its digest is "):
        kept(tmp_path)


@pytest.mark.parametrize(
    ("index", "message"),
    [
        ({"file": "../net.py", "helpers": {}}, "a path leads out of its folder"),
        ({"file": "net.py", "helpers": {"a": "/etc/passwd"}}, "a path leads out of its folder"),
        ({"helpers": {}}, "'file'"),
        ({"file": "gone.py", "helpers": {}}, "No such file"),
        ([], "list indices"),
    ],
)
def test_an_index_that_nobody_wrote_so_is_refused(index: Any, message: str, source: Source, tmp_path: Path) -> None:
    keep(tmp_path, [source])
    (tmp_path / FOLDER / source.digest / INDEX).write_text(json.dumps(index))
    with pytest.raises(UserError, match=f"not what memorank keeps of an included file: .*{message}"):
        kept(tmp_path)
