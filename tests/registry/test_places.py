"""Where entries are declared: found by reading a file, which is not run for it."""

from pathlib import Path

import pytest

from registry import BrokenEntry, data_folder
from registry.places import declarations, declared_names, own_places, source_places
from registry.sources import Source, read_source

ATTRIBUTES = ("THING", "THINGS")
PATH = Path("things.py")
DECLARED = b'''"""Some things.

And more of them.
"""
raise SystemExit("it was run")
THING = Thing(name="one", version=2, about=f"{x}", taps=("a", "b"))
THINGS: tuple = (Thing(name="two"), Thing("three"), Thing(name=computed), "text")
THING = Thing(name="one", version=9)
OTHER = Thing(name="other")
if True:
    THING = Thing(name="inside")
'''


def test_names_are_those_written_out_at_the_top_of_the_file_and_the_file_is_not_run() -> None:
    assert declared_names(PATH, DECLARED, ATTRIBUTES) == ["one", "two"]


def test_of_an_entry_what_is_written_out_is_known_and_the_first_one_counts() -> None:
    found = declarations(PATH, DECLARED, ATTRIBUTES)
    assert found == {"one": {"name": "one", "version": 2, "taps": ("a", "b")}, "two": {"name": "two"}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x = 1\nx = (\n", r"things.py:2: '\(' was never closed"),
        (b"x = 1\0", "things.py:(1:| not Python text:) source code "),  # as this version of Python says it
        (b"\xff", "things.py: not Python text: "),
        (b"# -*- coding: mine -*-\n", "things.py: not Python text: unknown encoding"),
        (
            b"x = " + b"(" * 5000 + b")" * 5000,
            "things.py:(1: too many| an expression or block in it is) nested",
        ),
    ],
)
def test_what_is_no_python_is_named_with_its_line(content: bytes, words: str) -> None:
    with pytest.raises(BrokenEntry, match=f"^{words}"):
        declared_names(PATH, content, ATTRIBUTES)


def test_a_folder_lists_its_files_but_for_what_they_share(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text("THING = Thing(name='b')\n")
    (tmp_path / "a_c.py").write_text('"""A thing.\n\nIts second line.\n"""\nTHING = Thing(name="a-c", version=3)\n')
    (tmp_path / "_shared.py").write_text("THING = Thing(name='shared')\n")
    (tmp_path / "no_thing.txt").write_text("THING = Thing(name='text')\n")
    found = own_places("package", tmp_path, ATTRIBUTES)
    assert {name: (place.file.name, place.outside) for name, place in found.items()} == {
        "a-c": ("a_c.py", False),
        "b": ("b.py", False),
    }
    assert (found["a-c"].summary, found["b"].summary) == ("A thing.", "")
    assert found["a-c"].literals("a-c", ATTRIBUTES) == {"name": "a-c", "version": 3}
    (tmp_path / "b.py").unlink()
    with pytest.raises(BrokenEntry, match=r"b\.py: No such file or directory"):
        _ = found["b"].summary


def test_a_users_file_is_read_once_and_loaded_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text('"""Mine."""\nTHING = dict(name="mine")\n')
    place = source_places(read_source(file), ATTRIBUTES)["mine"]
    file.write_text("1 / 0\n")
    assert (place.outside, place.summary) == (True, "Mine.")
    module = place.load()
    assert module.THING == {"name": "mine"}
    assert place.load() is module


def test_a_file_that_was_refused_stays_refused(tmp_path: Path) -> None:
    content = b"import os\nos.chdir('/')\nTHING = dict(name='mine')\n"
    place = source_places(Source(tmp_path / "mine.py", content), ATTRIBUTES)["mine"]
    here = Path.cwd()
    for _ in range(2):
        with pytest.raises(ImportError, match="importing the file changes the working directory of the whole process"):
            place.load()
    assert Path.cwd() == here
    assert data_folder().is_absolute()
