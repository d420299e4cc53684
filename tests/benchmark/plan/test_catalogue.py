"""The catalogue: a user's file joins all registries at once, and what it cannot give is one line."""

from pathlib import Path

import pytest
from own_files import GOOD, family_file

from benchmark.plan import catalogue
from registry import FAMILIES, UnknownNameError, UserError


def test_one_file_may_stand_alone_and_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(GOOD)
    (alone,) = catalogue.sources_of(str(file))
    assert catalogue.sources_of([file]) == (alone,)
    file.unlink()
    assert catalogue.sources_of([alone]) == (alone,)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.py: no such file$"):
        catalogue.sources_of(tmp_path / "gone.py")
    with pytest.raises(UserError, match="is a folder: name a Python file that declares entries"):
        catalogue.sources_of(tmp_path)


def test_what_a_file_declares_is_known_until_it_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(GOOD)
    assert catalogue.include([file]) == []
    assert FAMILIES["my-net"].reference == "a test"
    assert catalogue.asked_for("my-net") == ([("family", FAMILIES["my-net"])], [])
    catalogue.forget_included()
    assert "my-net" not in FAMILIES


def test_a_file_that_declares_nothing_is_one_line_with_all_that_it_could_declare(tmp_path: Path) -> None:
    file = tmp_path / "empty.py"
    file.write_text("x = 1\n")
    (line,) = catalogue.include([file])
    assert line.startswith(
        f"{file}: declares no entry: none of FAMILY, SUITE, DATASET, MEASURE, READING, METRIC is assigned"
    )


def test_a_name_may_stand_for_entries_of_several_kinds_and_a_file_for_all_of_its_own(tmp_path: Path) -> None:
    found, problems = catalogue.declared_by("accuracy")
    assert ([(registry.kind, name) for registry, name in found], problems) == ([("metric", "accuracy")], [])
    found, _ = catalogue.declared_by("imdb")
    assert [registry.kind for registry, _ in found] == ["data set"]
    file = tmp_path / "nets.py"
    file.write_text(GOOD)
    found, problems = catalogue.declared_by(str(file))
    assert ([(registry.kind, name) for registry, name in found], problems) == ([("family", "my-net")], [])


def test_an_entry_that_cannot_be_used_is_a_line_beside_those_that_can(tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(family_file("pass") + "\n1 / 0\n")
    entries, problems = catalogue.asked_for(str(file))
    assert entries == []
    assert [line for line in problems if "ZeroDivisionError" in line] == problems != []
    assert [line for line in catalogue.broken() if "my-net" in line and "ZeroDivisionError" in line]


def test_what_is_no_name_gets_the_nearest_one_or_the_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError, match=r"^unknown name 'mean-m'; did you mean 'mean-mi'"):
        catalogue.asked_for("mean-m")
    assert "did you mean 'quick'?" in str(catalogue.unknown_name("quickk", ["quick"]))
    (tmp_path / "my_net.py").write_text("")
    assert str(catalogue.unknown_name("my_net")) == "unknown name 'my_net'; did you mean 'my_net.py'?"


def test_what_another_command_reads_is_named_with_it(tmp_path: Path) -> None:
    mine, pack = tmp_path / "mine.yaml", tmp_path / "board.zip"
    for file in (mine, pack):
        assert str(catalogue.unknown_name(str(file))) == f"{file}: no such file; the names: memorank list"
        file.touch()
    for plan in (str(mine), "toy"):
        assert f"memorank plan {plan} says what it does" in str(catalogue.unknown_name(plan))
    (tmp_path / "plan.json").write_text("{}")
    for name in (str(tmp_path), str(pack)):
        assert f"memorank report {name} shows its board" in str(catalogue.unknown_name(name))


@pytest.mark.parametrize("name", ["a.yaml", "b.zip", "toy"])  # the last is a built-in plan too
def test_a_run_folder_is_one_whatever_it_is_called(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).mkdir()
    if name != "toy":
        assert str(catalogue.unknown_name(name)).startswith(f"unknown name '{name}'")
    (tmp_path / name / "plan.json").write_text("{}")
    assert f"memorank report {name} shows its board" in str(catalogue.unknown_name(name))


def test_a_file_beside_hides_a_built_in_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "toy.py").touch()
    assert "did you mean 'toy.py'?" in str(catalogue.unknown_name("toy"))


def test_a_folder_without_a_plan_is_no_run(tmp_path: Path) -> None:
    assert str(catalogue.unknown_name(str(tmp_path))).startswith("unknown name")
