"""What a score cell needs beside the outputs of its own network: other networks, and its own network at hand.

In: the plan's cells. Out: for each score cell the keys of the networks that its measures look at, and whether a network
whose weights are gone may be trained again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmark.measures import MEASURES
from benchmark.plain.keeping import keeping
from benchmark.plan.peers import Place, peers_among
from benchmark.plan.reading import KeepWeights
from benchmark.plan.resolved import Cell
from benchmark.run.scores_before import score_before
from benchmark.run_folder import store
from benchmark.run_folder.shapes import DamagedCell
from benchmark.run_folder.store import WEIGHTS
from benchmark.types import Over
from registry import UserError

SHOWN = 3  # keys in a message


@dataclass(frozen=True)
class Beside:
    """`peers` are the keys of the other networks by what a measure is over. `retrain` allows training again.

    With `take_over` numbers that an earlier score of the network holds are not computed again.
    """

    peers: Mapping[Over, tuple[str, ...]] = field(default_factory=dict)
    retrain: bool = False
    take_over: bool = False


ALONE = Beside()


def overs_of(cell: Cell) -> tuple[Over, ...]:
    """What the measures of a score cell are over, beside one network alone."""
    found = {MEASURES[name].over for name in cell.score_identity["measures"]} if "peers" in cell.identity else set()
    return tuple(sorted(found - {"one"}))


def peers_of(cell: Cell, networks: Iterable[Cell]) -> dict[Over, tuple[str, ...]]:
    """The keys of the peers of a score cell's network, by what a measure is over.

    Args:
        cell: A score cell.
        networks: The train cells of its plan.
    """
    overs = overs_of(cell)
    if not overs:
        return {}
    places = [
        Place(one.key, one.recipe, one.condition, one.seed)
        for one in networks
        if one.entry == cell.entry and not one.anchor
    ]
    own = next(place for place in places if place.key == cell.train)
    return {over: tuple(peers_among(places, own, str(cell.inputs), over)) for over in overs}


def made_by(cell: Cell, run: Path) -> set[str]:
    """The hashes of the code from outside that made the network of a score cell which is read again; else none."""
    if cell.work != "score" or "readings" not in cell.identity:
        return set()
    record = store.read_record(run, cell.train)
    return set(record["identity"].get("sources", {}).values()) if record else set()


@keeping()
def check_weights(pending: Iterable[Cell], run: Path, retrain: bool, keeps: KeepWeights = "auto") -> None:
    """See whether every network that readings need is kept or still to be trained.

    Args:
        pending: Cells, of which those count that are not published.
        run: The run folder.
        retrain: Whether networks may be trained again.
        keeps: The plan's `keep_weights`.

    Raises:
        UserError: Some are trained, and their weights are gone: which, and the cure.
    """
    if retrain:
        return
    reading = {
        cell.train: cell
        for cell in pending
        if cell.work == "score" and "readings" in cell.identity and not store.is_published(run, cell.key)
    }
    left = {key: _readings_left(cell, run) for key, cell in reading.items() if _is_gone(run, key)}
    gone = [key for key, names in left.items() if names]
    if gone:
        names = sorted({name for key in gone for name in left[key]})
        some = ", ".join(gone[:SHOWN]) + (", ..." if gone[SHOWN:] else "")
        one = len(gone) == 1
        raise UserError(
            f"{len(gone)} trained {'network has' if one else 'networks have'} no weights, which the "
            f"{'reading' if len(names) == 1 else 'readings'} {', '.join(names)} need{'s' if len(names) == 1 else ''}: "
            f"--retrain trains {'it' if one else 'them'} again ({some})"
        )
    if keeps == "none" and not all(store.is_published(run, key) for key in reading):
        raise UserError(
            "its plan says keep_weights: none, and its measures read the networks themselves: say keep_weights: auto, "
            "or --retrain, which trains each network twice"
        )


def _readings_left(cell: Cell, run: Path) -> list[str]:
    """The readings that a score cell needs beside what an earlier score holds."""
    before = score_before(cell, run)
    if before is None:
        return sorted(cell.score_identity["readings"])
    left = [MEASURES[name] for name in cell.score_identity["measures"] if name not in before.measures]
    return sorted({reading for measure in left for reading in measure.readings})


def _is_gone(run: Path, key: str) -> bool:
    """Whether a network is trained and has no weights; one that cannot be trusted is trained anew."""
    try:
        record = store.read_record(run, key)
    except DamagedCell:
        return False
    return record is not None and record["outcome"] == "done" and WEIGHTS not in record["files"]
