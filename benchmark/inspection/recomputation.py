"""Are a run's numbers what this code computes? Cells are drawn, computed again and compared; nothing is written.

In: cells with their records. Out: a finding for each, and in words how likely a forged number would have been found.
On the machine and versions that made a record the results must be equal to the bit. Elsewhere the scores of the stored
outputs may differ by `SCORES` (relative), and a network by `ACCURACY` in its training accuracy: other processors round
otherwise, and training magnifies that.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, log
from pathlib import Path

import numpy as np

from benchmark.inspection.sensitivity import kept_of, values_of
from benchmark.plain.differences import differences
from benchmark.plain.findings import Finding, differs, listed
from benchmark.plain.packing import plain
from benchmark.plan.content import ResolvedContent
from benchmark.plan.reading import KeepWeights
from benchmark.plan.resolved import Cell, Resolved
from benchmark.process import interruption
from benchmark.process.logs import NAME as LOG
from benchmark.process.progress import Progress
from benchmark.record import Record
from benchmark.run.beside import Beside, peers_of
from benchmark.run.compute import compute
from benchmark.run_folder.records import made_here
from benchmark.run_folder.shapes import DamagedCell
from benchmark.run_folder.store import WEIGHTS
from registry.errors import RunError, in_short

SCORES = 1e-6
ACCURACY = 0.02
EQUAL = "equal to the bit"
WITHIN = "equal within the tolerance for another machine or version"
# The envelope of a result: compared for every cell, or no part of what was computed.
ENVELOPE = ("schema", "key", "sha256", "files", "provenance", "work", "identity")


def drawn(cells: Sequence[Cell], count: int | None, seed: int) -> list[Cell]:
    """Draw cells at random, without replacement.

    Args:
        cells: The cells to draw from, each of which is equally likely.
        count: How many; None for all.
        seed: Of the draw.

    Returns:
        The cells that are drawn, in their order.
    """
    if count is None:
        return list(cells)
    order = np.random.default_rng(seed).permutation(len(cells))[:count]
    return [cells[place] for place in sorted(order)]


def probability(count: int, cells: int) -> float:
    """The probability that a given one of `cells` cells is among `count` drawn ones.

    >>> probability(3, 60)
    0.05
    """
    return min(count, cells) / cells


def recomputed(
    chosen: Sequence[Cell],
    run: Path,
    root: Path,
    resolved: ResolvedContent,
    planned: Resolved,
    records: Mapping[str, Record],
    progress: Progress,
) -> Iterator[Finding]:
    """Compute cells again and compare them with their records.

    Args:
        chosen: The cells.
        run: The run folder, in which nothing is written.
        root: The data folder.
        resolved: The content of plan.json.
        planned: The plan with its cells.
        records: The records by key.
        progress: Told of every cell.

    Yields:
        A finding for each cell: equal, or where it differs, or why it could not be computed.

    Raises:
        RunError: The error would stop every other cell too.
    """
    networks = [cell for cell in planned.cells if cell.work == "train"]
    with progress.over(len(chosen)):
        for cell in chosen:
            interruption.check()
            progress.begin(cell.key)
            try:
                beside = Beside(peers_of(cell, networks) if cell.work == "score" else {})
                keeps = _as_kept(records[cell.key])
                result, files = compute(cell, run, root, planned.plan.threads, False, keeps, beside)
                found = [*_compared(records[cell.key], result, files), *_sensitivity(cell, run, resolved, records)]
            except RunError:
                raise
            except DamagedCell as error:
                yield Finding("damaged", cell.train, str(error))
            except (Exception, SystemExit) as error:  # an entry may be anybody's code
                yield Finding("not checked", cell.key, f"it cannot be computed again here: {in_short(error)}")
            else:
                equal = Finding(EQUAL if made_here(records[cell.key]) else WITHIN, cell.key)
                yield differs(cell.key, listed(found)) if found else equal
            progress.end(cell.key)


def _as_kept(record: Record) -> KeepWeights:
    """Which `keep_weights` makes the files that the record names, whatever the plan's was when it was made."""
    return "all" if WEIGHTS in record["files"] else "none"


def summary(
    cells: Sequence[Cell], chosen: Sequence[Cell], found: Sequence[Finding], records: Mapping[str, Record], seed: int
) -> Iterator[Finding]:
    """What has been computed again, how exactly it was compared, and how likely a forged number would have been found.

    A forged number is one in a single record, with every checksum and the board made anew. It is found if its cell is
    drawn, for which each cell has the same probability.

    Args:
        cells: The cells that could be drawn.
        chosen: Those that were drawn.
        found: The findings on these.
        records: The records by key.
        seed: Of the draw.
    """
    counts = {kind: sum(one.kind == kind for one in found) for kind in (EQUAL, WITHIN)}
    different = sum(one.kind == "differs" for one in found)
    compared = counts[EQUAL] + counts[WITHIN] + different
    levels = {EQUAL: counts[EQUAL], WITHIN: counts[WITHIN], "different": different, "not": len(chosen) - compared}
    said = ", ".join(f"{count} {level}" for level, count in levels.items() if count)
    yield Finding(
        "computed again",
        f"{len(chosen)} of {len(cells)} cells: {said} (--cells {len(chosen)} --seed {seed} draws the same)",
    )
    elsewhere = sum(not made_here(records[cell.key]) for cell in cells)
    forged = f"if one number in the {len(cells) - elsewhere} cells of this machine and these versions were forged"
    share = probability(compared, len(cells))
    if elsewhere < len(cells) and 0 < share < 1:
        often = ceil(log(0.05) / log(1 - share))
        more = f"{often} such checks find it with 95 %, and --all finds it for certain"
        if len(chosen) > compared:
            more = "a forged number in a cell that cannot be computed again here is found by no check"
        yield Finding(
            "probability",
            f"{forged}, this check would have found it with a probability of {100 * share:.2f} % ({compared} of "
            f"{len(cells)} cells computed again); {more}",
        )
    elif elsewhere < len(cells) and share:
        yield Finding("probability", f"{forged}, this check would have found it for certain")
    if elsewhere:
        yield Finding(
            "tolerance",
            f"{elsewhere} of the {len(cells)} cells say that another machine or other versions made them: a score that "
            f"is off by less than {SCORES:g} of itself would not have been found, and of a network nothing but a "
            f"training accuracy off by more than {ACCURACY:g}",
        )


def _compared(record: Record, result: Mapping[str, object], files: Mapping[str, bytes]) -> list[str]:
    """Every place at which a record is not what has been computed now."""
    stored = {part: value for part, value in plain(record).items() if part not in ENVELOPE}
    # a record of an earlier version has no reading on a plane, which is there for a picture alone
    known = {part: value for part, value in result.items() if part != "plane" or part in record}
    computed = plain(json.loads(json.dumps(known)))
    if made_here(record):
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        outputs = {name: digest for name, digest in record["files"].items() if name != LOG}
        return [str(found) for found in (*differences(stored, computed), *differences(outputs, hashes, ("files",)))]
    if record["work"] == "train":
        one, other = ({"training_accuracy": part.get("training_accuracy", 0.0)} for part in (stored, computed))
        return [str(found) for found in differences(one, other, absolute=ACCURACY)]
    return [str(found) for found in differences(stored, computed, relative=SCORES, of_largest=("by_example",))]


def _sensitivity(cell: Cell, run: Path, resolved: ResolvedContent, records: Mapping[str, Record]) -> list[str]:
    """Where the network's values under other settings, which a board may show, are not what has been computed now."""
    kept = kept_of(run, cell.key, resolved) if cell.work == "train" and not cell.anchor else None
    if kept is None:
        return []
    tolerance = 0.0 if made_here(records[cell.key]) else SCORES
    computed = json.loads(json.dumps(values_of(run, cell.key, resolved, records)))
    return [str(found) for found in differences(kept, computed, ("sensitivity",), relative=tolerance)]
