"""What a score cell computes: the measures and metrics of a published network on one kind of inputs.

In: a score cell, the run folder with its network, and what it needs beside it. Out: the part of its record.
"""

from pathlib import Path
from typing import cast

from benchmark.estimator import Settings
from benchmark.identity import TrainIdentity
from benchmark.plain.canonical import canonical
from benchmark.plan.resolved import Cell
from benchmark.record import ScoreResult, of_scores
from benchmark.run.at_hand import readings_of
from benchmark.run.beside import Beside
from benchmark.run.peers import peers_outputs
from benchmark.run_folder import outputs, store
from benchmark.scoring.more import More
from benchmark.scoring.score import sampled_rows, score


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
    names = list(identity["measures"]), list(identity["metrics"])
    read = outputs.read_name(identity["inputs"], cell.read_on)
    rows = sampled_rows(len(given[read].labels), settings.samples)
    more = More()
    if network is not None and (identity.get("readings") or beside.peers):
        own = cast(TrainIdentity, network["identity"])
        more = More(
            readings_of(cell, own, run, root, threads, rows, beside.retrain) if "readings" in identity else {},
            {over: peers_outputs(run, root, own, keys, over, read, rows) for over, keys in beside.peers.items()},
        )
    scores = score(given, read, settings, *names, more)
    judged = network["judged"] if network is not None and "judged" in network else None
    return of_scores(scores, judged), {}
