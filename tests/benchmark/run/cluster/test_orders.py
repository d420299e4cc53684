"""Orders: a cell travels with all that its computation needs, and comes back the same."""

from pathlib import Path

import pytest

from benchmark.process.provenance import environment
from benchmark.run.assignment import assign
from benchmark.run.attempts import Job
from benchmark.run.cluster.orders import Order, ordered, own_version, taken
from benchmark.run.cluster.parcels import opened, packed
from registry.sources import read_source

CELLS = assign("toy", None, None, [], ()).resolved.cells


def test_an_order_comes_back_as_it_was_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("import helper\nX = 1")
    (tmp_path / "helper.py").write_text("X = 'é'")
    source = read_source(tmp_path / "mine.py")
    order = Order(Job(CELLS[1], CELLS[0].identity, 2, 1.5, "all"), "a-command", "0.1.0", (source,))
    back = taken(ordered(order))
    assert back == order
    assert back.sources[0].digest == source.digest
    for broken in (b"", packed({}, {}), packed({"job": {}, "sources": []}, {})):
        with pytest.raises(ValueError, match="it"):
            taken(broken)


@pytest.mark.parametrize("number", range(4))
def test_every_kind_of_cell_comes_back_as_it_was(number: int) -> None:
    order = Order(Job(CELLS[number], CELLS[0].identity, 3, None), "c", own_version())
    assert taken(ordered(order)) == order


def test_a_process_serves_one_command_with_one_code(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    (tmp_path / "b.py").write_text("x = 2")
    one, other = read_source(tmp_path / "a.py"), read_source(tmp_path / "b.py")
    job = Job(CELLS[0], CELLS[0].identity, 1, None)
    setups = [
        Order(job, command, "1", sources).setup for command, sources in [("c", (one,)), ("c", (other,)), ("d", (one,))]
    ]
    assert len(set(setups)) == 3
    assert Order(Job(CELLS[1], CELLS[0].identity, 2, 9.0), "c", "2", (one,)).setup == setups[0]


def test_code_travels_as_its_bytes_and_a_file_that_is_missing_is_no_order(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1  # \xc3\xa9\r\n")
    parcel = ordered(Order(Job(CELLS[0], {}, 1, None), "c", "1", (read_source(tmp_path / "a.py"),)))
    (tmp_path / "a.py").unlink()
    assert taken(parcel).sources[0].content == b"x = 1  # \xc3\xa9\r\n"
    head, _ = opened(parcel)
    with pytest.raises(ValueError, match="it is no order"):
        taken(packed(head, {}))


def test_the_version_is_that_of_the_installed_package() -> None:
    assert own_version() == environment()["versions"]["memorank"]
