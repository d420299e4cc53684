"""The lazy registry: listing imports nothing, look-up imports one file, every typo finds its name."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from registry import DATASETS, FAMILIES, SUITES, Registry, UnknownNameError

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
    assert f"unknown {entries.kind} {typo!r}; did you mean {meant!r}? Known: " in str(caught.value)
    assert typo not in entries


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
