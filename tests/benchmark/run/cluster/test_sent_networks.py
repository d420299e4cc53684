"""The outputs of networks on a cluster: sent once, anew where they were lost, and let go of in the end."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmark.plan.resolved import Cell
from benchmark.run.cluster.parcels import opened
from benchmark.run.cluster.sent_networks import SentNetworks
from benchmark.run_folder import outputs, store
from benchmark.run_folder.shapes import DamagedCell

RECORD = {
    "work": "train",
    "identity": {},
    "outcome": "done",
    "history": {"steps": 1, "losses": [1.0], "weight_norms": [1.0], "stopped": "loss"},
    "taps": ["0"],
    "provenance": {"seconds": 1.0},
}


def cell(name: str, train: str) -> Cell:
    work: Any = "train" if name == train else "score"
    return Cell(name, work, train, 0, "", 0.0, 0, None, None, None, None, {"work": work})


class Client:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.words: list[dict[str, Any]] = []
        self.error: Exception | None = None

    def scatter(self, parcels: list[bytes], **words: Any) -> list[Any]:
        if self.error:
            raise self.error
        self.sent += parcels
        self.words.append(words)
        return [SimpleNamespace(status="finished")]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder with the network n."""
    (tmp_path / "cells").mkdir()
    store.publish(tmp_path, "n", RECORD, {outputs.FILE: b"123", "log.txt": b"epoch 1"})
    return tmp_path


def test_a_network_is_sent_once_for_all_that_read_it_without_its_log(run: Path) -> None:
    client, readers = Client(), [cell("a", "n"), cell("b", "n")]
    networks = SentNetworks(client, run, [cell("n", "n"), *readers])
    first = networks.future("n", {"workers": ["w"]})
    assert networks.future("n", {}) is first
    (parcel,) = client.sent
    assert client.words == [{"hash": False, "workers": ["w"]}]
    record = (run / "cells" / "n" / store.RECORD).read_bytes()
    assert opened(parcel) == ({}, {outputs.FILE: b"123", store.RECORD: record})


def test_behind_its_last_reader_it_is_let_go_of(run: Path) -> None:
    client, readers = Client(), [cell("a", "n"), cell("b", "n")]
    networks = SentNetworks(client, run, readers)
    networks.future("n", {})
    networks.settled(cell("n", "n"))
    networks.settled(readers[0])
    networks.future("n", {})
    assert len(client.sent) == 1
    networks.settled(readers[1])
    networks.future("n", {})
    assert len(client.sent) == 2


@pytest.mark.parametrize("status", ["cancelled", "lost"])
def test_what_the_cluster_has_lost_is_sent_anew(status: str, run: Path) -> None:
    client = Client()
    networks = SentNetworks(client, run, [cell("a", "n")])
    networks.future("n", {}).status = status
    networks.future("n", {})
    assert len(client.sent) == 2


@pytest.mark.parametrize("error", [OSError(), KeyError("w"), ValueError(), TimeoutError()])
def test_where_a_worker_has_gone_just_now_there_is_no_future_yet(error: Exception, run: Path) -> None:
    client = Client()
    networks = SentNetworks(client, run, [cell("a", "n")])
    client.error = error
    assert networks.future("n", {}) is None
    client.error = None
    assert networks.future("n", {}) is not None


def test_a_network_that_is_not_there_or_is_not_what_it_was_is_damaged(run: Path) -> None:
    networks = SentNetworks(Client(), run, [])
    with pytest.raises(DamagedCell, match="it is not there"):
        networks.future("gone", {})
    (run / "cells" / "n" / outputs.FILE).write_bytes(b"124")
    with pytest.raises(DamagedCell, match="does not match its checksum"):
        networks.future("n", {})
