"""Code from outside in a cell's key: its hash stands there, and a cell whose code or data changed is not computed."""

import hashlib
from pathlib import Path

import pytest
from own_files import GOOD

from benchmark.data.fingerprints import ChangedInput, fingerprint
from benchmark.measures import MEASURES
from benchmark.plan.catalogue import forget_included, include
from benchmark.plan.sources import check_inputs, other_entries, sources_of
from registry import DATASETS, FAMILIES, SUITES


@pytest.fixture
def outside(tmp_path: Path) -> str:
    """The digest of a file that declares the family my-net, which is included."""
    (tmp_path / "net.py").write_text(GOOD)
    assert include([tmp_path / "net.py"]) == []
    return hashlib.sha256(GOOD.encode()).hexdigest()


def test_an_entry_of_the_tree_has_a_version_and_no_source() -> None:
    assert sources_of((SUITES, "toy-spurious"), (FAMILIES, "toy-mlp"), (DATASETS, "toy-blobs")) == {}


def test_an_entry_from_outside_is_known_by_the_content_of_its_file(outside: str) -> None:
    assert sources_of((SUITES, "toy-spurious"), (FAMILIES, "my-net")) == {"family my-net": outside}


def test_an_entry_that_was_looked_up_and_is_not_in_the_key_is_named(outside: str) -> None:
    asked = ["family my-net", "suite toy-spurious"]
    assert other_entries({"work": "train"}, asked) == ["family my-net"]
    assert other_entries({"work": "train", "sources": {"family my-net": outside}}, asked) == []


def test_measures_count_for_a_score_and_not_for_a_network(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "from memorank import Measure\n"
        'MEASURE = Measure(name="one", better={"heuristic": "higher", "example-level": "higher"}, needs=frozenset(),\n'
        '                  compute=lambda outputs, settings: None, reference="a test", summary="a test")\n'
    )
    assert include([tmp_path / "one.py"]) == []
    assert other_entries({"work": "train"}, [f"{MEASURES.kind} one"]) == []
    assert other_entries({"work": "score"}, [f"{MEASURES.kind} one"]) == ["measure one"]


def trained(**parts: object) -> dict[str, object]:
    data = {"data": "toy-blobs", "data_fingerprint": fingerprint(DATASETS["toy-blobs"], Path())}
    return {"work": "train", "family": "toy-mlp", **data, **parts}


def test_a_cell_whose_inputs_are_those_of_its_key_may_be_computed(outside: str) -> None:
    check_inputs(trained(sources={"family my-net": outside}), Path())


def test_a_cell_whose_code_was_saved_anew_may_not(outside: str, tmp_path: Path) -> None:
    forget_included()
    (tmp_path / "net.py").write_text(GOOD.replace("8", "9"))
    include([tmp_path / "net.py"])
    with pytest.raises(ChangedInput, match="the code of 'family my-net' has changed since this command began"):
        check_inputs({"work": "score", "sources": {"family my-net": outside}}, Path())


def test_a_cell_whose_data_are_others_or_whose_entry_is_gone_may_not() -> None:
    with pytest.raises(ChangedInput):
        check_inputs(trained(data_fingerprint="another"), Path())
    with pytest.raises(ChangedInput, match="'no-such-data'"):
        check_inputs(trained(data="no-such-data"), Path())
