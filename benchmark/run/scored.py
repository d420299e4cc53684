"""What a score cell computes: the measures and metrics of a published network on one kind of inputs.

In: a score cell, the run folder with its network, and what it needs beside it. Out: the part of its record. What an
earlier score of the network holds is taken over, so that one more measure costs no more than itself.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from benchmark.estimator import Settings
from benchmark.identity import ScoreIdentity, TrainIdentity
from benchmark.measures import MEASURES
from benchmark.plain.canonical import canonical
from benchmark.plan.resolved import Cell
from benchmark.process.costs import counted
from benchmark.record import MeasuredContent, ScoreResult, Scores, of_scores
from benchmark.run.at_hand import readings_of
from benchmark.run.beside import Beside
from benchmark.run.peers import HELD_OUT, peers_outputs
from benchmark.run.scores_before import Before, score_before
from benchmark.run_folder import outputs, store
from benchmark.scoring.more import More
from benchmark.scoring.score import measures_of, sampled_rows, score


def score_cell(cell: Cell, run: Path, root: Path, threads: int, beside: Beside) -> tuple[ScoreResult, dict[str, bytes]]:
    """Measure a published network on one kind of inputs; its metrics are always those of the evaluation examples.

    Args:
        cell: A score cell.
        run: The run folder.
        root: The data folder, which is read only where a measure needs readings or other networks.
        threads: How many threads torch may use.
        beside: The other networks that its measures look at, and whether its own may be trained again.

    Returns:
        The result, and no file.
    """
    identity = cell.score_identity
    given = outputs.read(run, cell.train)
    network = store.read_record(run, cell.train)
    settings = Settings.model_validate_json(canonical(identity["settings"]))
    read = outputs.read_name(identity["inputs"], cell.read_on)
    before = score_before(cell, run) if beside.take_over else None
    names = [name for name in identity["measures"] if before is None or name not in before.measures]
    own = cast(TrainIdentity, network["identity"]) if network is not None else None
    rows = sampled_rows(len(given[read].labels), settings.samples)
    more = More()
    if own is not None:
        measures = [MEASURES[name] for name in names]
        readings = sorted({reading for measure in measures for reading in measure.readings})
        peers = {over: keys for over, keys in beside.peers.items() if over in {measure.over for measure in measures}}
        sharing = {measure.over for measure in measures if HELD_OUT in measure.readings}
        more = More(
            readings_of(cell, own, run, root, threads, rows, beside.retrain, readings) if readings else {},
            {
                over: peers_outputs(run, root, own, keys, over, read, rows, cell.train if over in sharing else None)
                for over, keys in peers.items()
            },
        )
    if before is None:
        scores = score(given, read, settings, names, list(identity["metrics"]), more)
    else:
        scores = _taken_over(before, measures_of(given, read, settings, names, more), identity)
    judged = network["judged"] if network is not None and "judged" in network else None
    return of_scores(scores, judged), {}


def _taken_over(before: Before, new: Mapping[str, MeasuredContent], identity: ScoreIdentity) -> Scores:
    """The scores with what an earlier score holds; what its measures took is counted as if they had been computed."""
    for part, seconds in before.parts().items():
        counted(part, seconds)
    known = before.record
    scores: Scores = {
        "measures": {name: new[name] if name in new else known["measures"][name] for name in identity["measures"]},
        "metrics": known["metrics"],
    }
    for part in ("taps", "warnings", "samples", "examples"):
        if part in known:
            scores[part] = known[part]  # type: ignore[literal-required]
    return scores
