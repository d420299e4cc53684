"""A cell as it travels to another machine: with the user's own code as text, and what both sides must agree on.

In: a `Job` and sources. Out: a parcel; and back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmark.plan.resolved import Cell
from benchmark.process.provenance import environment
from benchmark.run.attempts import Job
from benchmark.run.cluster.parcels import opened, packed
from registry.imports import Helper
from registry.sources import Source


@dataclass(frozen=True)
class Order:
    """What another machine is asked to compute.

    `command` names the command that asks, `version` is its memorank's. Cells of one `setup` may share a process.
    """

    job: Job
    command: str
    version: str
    sources: tuple[Source, ...] = ()

    @property
    def setup(self) -> tuple[str, ...]:
        """What a process must be: of this command, with this code included."""
        return self.command, *(source.digest for source in self.sources)


def own_version() -> str:
    """The version of memorank here."""
    return str(environment()["versions"]["memorank"])


def ordered(order: Order) -> bytes:
    """An order as a parcel."""
    sources = [
        {"file": str(source.file), "helpers": [[helper.name, str(helper.file)] for helper in source.helpers]}
        for source in order.sources
    ]
    job = asdict(order.job)
    head = {"job": job, "command": order.command, "version": order.version, "sources": sources}
    return packed(head, _texts(order.sources))


def taken(parcel: bytes) -> Order:
    """The order in a parcel.

    Raises:
        ValueError: The parcel is none that `ordered` makes.
    """
    head, files = opened(parcel)
    try:
        job = head["job"]
        sources = tuple(_source(number, said, files) for number, said in enumerate(head["sources"]))
        made = Job(Cell(**job["cell"]), job["network"], job["threads"], job["seconds"], job["keep_weights"])
        return Order(made, head["command"], head["version"], sources)
    except (KeyError, TypeError) as error:
        raise ValueError("it is no order") from error


def _texts(sources: Sequence[Source]) -> dict[str, bytes]:
    """The bytes of every file, by its place among them."""
    texts = {}
    for number, source in enumerate(sources):
        texts[f"{number}"] = source.content
        texts |= {f"{number} {helper.name}": helper.content for helper in source.helpers}
    return texts


def _source(number: int, said: Mapping[str, Any], files: Mapping[str, bytes]) -> Source:
    helpers = tuple(Helper(name, Path(file), files[f"{number} {name}"]) for name, file in said["helpers"])
    return Source(Path(said["file"]), files[f"{number}"], helpers)
