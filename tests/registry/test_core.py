"""The lazy registry: listing imports nothing, look-up imports one file, every typo finds its name."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from registry import DATASETS, FAMILIES, SUITES, Registry, UnknownNameError, did_you_mean, nearest

REGISTRIES = [FAMILIES, SUITES, DATASETS, MEASURES, METRICS]


def test_listing_imports_no_entry_and_no_torch() -> None:
    code = (
        "import sys; from registry import *; from benchmark.measures import MEASURES\n"
        "assert 'mlp' in FAMILIES and list(SUITES) and list(DATASETS) and list(MEASURES)\n"
        "entries = [m for m in sys.modules if m.startswith('registry.') and m.count('.') == 2]\n"
        "assert not entries, entries\n"
        "assert not {'torch', 'numba', 'sklearn', 'scipy'} & set(sys.modules)"
    )
    root = Path(__file__).parents[2]
    finished = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize("entries", REGISTRIES, ids=lambda registry: registry.kind)
def test_every_listed_entry_loads_under_its_name_and_says_what_it_is(entries: Registry) -> None:
    for name in entries:
        assert entries[name].name == name
        assert entries[name].reference
        assert entries.summary(name).endswith(".")


@pytest.mark.parametrize("entries", [FAMILIES, SUITES, DATASETS], ids=lambda registry: registry.kind)
def test_the_file_stem_is_the_name(entries: Registry) -> None:
    folder = Path(sys.modules["registry"].__file__).parent / entries.kind.replace(" ", "").replace("family", "familie")
    stems = {path.stem.replace("_", "-") for path in Path(f"{folder}s").glob("[a-z]*.py")}
    assert stems == set(entries)


@pytest.mark.parametrize(
    ("entries", "typo", "meant"),
    [
        (FAMILIES, "mpl", "mlp"),
        (FAMILIES, "MLP", "mlp"),
        (FAMILIES, "mlp_16_16", "mlp-16-16"),
        (SUITES, "colored-mnits", "colored-mnist"),
        (SUITES, "coloured-mnist", "colored-mnist"),
        (SUITES, "circle-spurious", "circles-spurious"),
        (DATASETS, "mnist5k", "mnist-5k"),
        (MEASURES, "mean-mu", "mean-mi"),
        (MEASURES, "mean_entropy", "mean-entropy"),
        (METRICS, "acuracy", "accuracy"),
    ],
)
def test_typos_find_the_nearest_name(entries: Registry, typo: str, meant: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        entries[typo]
    assert str(caught.value).startswith(f"unknown {entries.kind} {typo!r}; did you mean {meant!r}")
    assert str(caught.value).count("'") <= 2 + 2 * 3  # the word itself, and three names at most
    assert typo not in entries


@pytest.mark.parametrize(
    ("entries", "command"),
    [
        (FAMILIES, "memorank list families"),
        (SUITES, "memorank list suites"),
        (DATASETS, "memorank list datasets"),
        (MEASURES, "memorank list measures"),
        (METRICS, "memorank list metrics"),
    ],
)
def test_a_name_that_is_near_to_none_gets_the_command_that_lists_them(entries: Registry, command: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        entries["qqqq"]
    assert str(caught.value) == f"unknown {entries.kind} 'qqqq'; the right names: {command}"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("toy", ["toy-spurious", "toy-shuffled"]),
        ("shuffled", ["shuffled-imdb", "shuffled-mnist", "toy-shuffled"]),
        ("bios", ["bias-in-bios"]),
        ("toy_shuffeld", ["toy-shuffled"]),
        ("", []),
        ("\x1b[31m", []),
    ],
)
def test_a_part_of_a_name_is_near_it_and_only_the_nearest_are_named(asked: str, found: list[str]) -> None:
    assert sorted(nearest(asked, SUITES)) == sorted(found)


def test_where_no_command_lists_the_words_not_all_of_many_are_named() -> None:
    words = [f"word-{number:02}" for number in range(60)]
    assert did_you_mean("qqqq", words) == "; known: word-00, word-01, word-02, and 57 more"
    assert did_you_mean("qqqq", words[:2]) == "; known: word-00, word-01"
    assert did_you_mean("qqqq", []) == ""


def test_several_entries_of_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some_things.py").write_text(
        "class N:\n  def __init__(self, name): self.name = name\nTHINGS = (N(name='a'), N(name='b'))\n"
    )
    (tmp_path / "_shared.py").write_text("THING = 1 / 0\n")
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "__init__.py").touch()
    things: Registry[object] = Registry("thing", "THING", tmp_path.name, tmp_path, object)
    monkeypatch.syspath_prepend(tmp_path.parent)
    assert list(things) == ["a", "b"]
    assert things["b"].name == "b"
