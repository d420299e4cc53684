"""The networks of a run folder, by what they gave on the examples that the plan read them on: nothing is trained again.

In: a run folder, or the folder of one of its cells. Out: candidates, the settings of the plan's estimators, and the
kind of memorization that the suite is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark.candidates.state_dicts import read_of_family
from benchmark.data.unlabelled.types import Unlabelled
from benchmark.estimator import Estimator, Settings
from benchmark.networks.own_taps import Taps
from benchmark.networks.weights import facts_in
from benchmark.plan.content import CellRow, PlanEntry, ResolvedContent
from benchmark.process.paths import shown
from benchmark.ranking.given import Given
from benchmark.run.stored_networks import family_of, stored_network, weights_of
from benchmark.run_folder import outputs
from benchmark.run_folder.records import read_resolved
from benchmark.run_folder.shapes import DamagedCell
from registry import Kind, UserError, did_you_mean

EXAMPLES = {
    "evaluation": "its evaluation examples, the same for all conditions",
    "in-distribution": "in-distribution examples, which each condition has of its own",
}


@dataclass(frozen=True)
class RunNetwork:
    """A network of a run folder, read on the inputs of this name."""

    name: str
    run: Path
    key: str
    inputs: str
    suite: str

    def read(self) -> tuple[Given, str]:
        """What the run has kept of it. Raises UserError where that is not there or not whole."""
        try:
            read = outputs.read(self.run, self.key)[self.inputs]
        except (outputs.NotTrained, DamagedCell) as error:
            raise UserError(f"{shown(self.run)}: {self.key}: {error}") from error
        return read.activations.by_tap, f"{self.suite} of {shown(self.run)}, on {EXAMPLES[self.inputs]}"


@dataclass(frozen=True)
class KeptNetwork:
    """A network of a run folder whose weights are kept, read on other data than those of its plan."""

    name: str
    run: Path
    key: str
    root: Path | None
    data: Unlabelled
    taps: Taps
    side: int | None

    def read(self) -> tuple[Given, str]:
        """Its activations. Raises UserError where the weights are not kept, or the data are not for it."""
        network, identity = stored_network(self.run, self.key, self.root)
        facts = facts_in(weights_of(self.run, self.key)[0])
        family = family_of(self.run, identity)
        given, how = read_of_family(family, network, self.data, self.taps, facts["tokens"] or 0, self.side)
        return given, f"network of {shown(self.run)}, {how}"


@dataclass(frozen=True)
class RunNetworks:
    """Those of one suite and family.

    `settings` are the plan's, under which its board measured them. `missing` says how many are not there.
    """

    networks: tuple[RunNetwork, ...]
    settings: Settings
    kind: Kind
    missing: str = ""


def run_networks(run: Path, suite: str | None = None, inputs: str | None = None, key: str | None = None) -> RunNetworks:
    """The networks of a run folder's own plan that were trained, but for its anchors.

    Args:
        run: The run folder.
        suite: Which of its suites, by its name or, where several families are trained on it, as "suite/family". It may
            be left out where there is one.
        inputs: Which examples they were read on, "evaluation" or "in-distribution"; by default the first of the plan.
        key: Of the one network that is meant, by default all.

    Raises:
        UserError: The folder is no run folder, has no such suite, inputs or network, or nothing has been trained yet.
    """
    resolved = read_resolved(run)
    estimator = Estimator.model_validate(resolved["plan"]["estimator"])
    cells = [cell for cell in resolved["cells"] if cell["work"] == "train" and not cell["anchor"]]
    if key is not None:
        cells = _of_key(run, cells, key)
        entry = cells[0]["entry"]
        own = resolved["entries"][entry]
        if suite not in (None, own["suite"], f"{own['suite']}/{own['family']}"):
            raise UserError(f"--suite {suite}: {key} is of {own['suite']}/{own['family']}")
    else:
        entry = _entry(run, resolved, suite)
    inputs = _inputs(run, estimator, inputs)
    there = [cell for cell in cells if cell["entry"] == entry and (run / "cells" / cell["key"]).is_dir()]
    if not there:
        raise UserError(f"{shown(run)}: no network is trained yet; the same `memorank run` trains them")
    every = sum(cell["entry"] == entry for cell in cells)
    missing = (
        f"{every - len(there)} of {every} networks of {shown(run)} are not trained yet" if len(there) < every else ""
    )
    name = resolved["entries"][entry]["suite"]
    found = tuple(RunNetwork(_name(cell), run, cell["key"], inputs, name) for cell in there)
    return RunNetworks(found, estimator.settings(estimator.scope[0]), resolved["entries"][entry]["kind"], missing)


def _of_key(run: Path, cells: Sequence[CellRow], key: str) -> list[CellRow]:
    """The network of this key. Raises UserError where it is none: for what is measured of one, with that one's key."""
    found = [cell for cell in cells if cell["key"] == key]
    if not found:
        of = [cell["key"] for cell in cells if key.startswith(f"{cell['key'].rpartition('-')[0]}.")]
        where = f": it is what was measured of {of[0]}, so give that folder" if len(of) == 1 else " of its plan"
        raise UserError(f"{shown(run)}: {key} is no network{where}")
    return found


def _entry(run: Path, resolved: ResolvedContent, suite: str | None) -> int:
    """The number of the entry of the plan that is meant."""
    entries = resolved["entries"]
    names = [_entry_name(entry, entries) for entry in entries]
    meant = [place for place, entry in enumerate(entries) if suite in (None, names[place], entry["suite"])]
    if len(meant) == 1:
        return meant[0]
    if meant:
        first, *others = (names[place] for place in meant)
        raise UserError(f"{shown(run)} has several suites, say which one: --suite {first} (or {', '.join(others)})")
    raise UserError(f"{shown(run)} has no suite {suite!r}{did_you_mean(str(suite), names)}; it has {', '.join(names)}")


def _entry_name(entry: PlanEntry, entries: Sequence[PlanEntry]) -> str:
    """Its suite, and its family where the suite alone does not tell."""
    alike = sum(other["suite"] == entry["suite"] for other in entries)
    return entry["suite"] if alike == 1 else f"{entry['suite']}/{entry['family']}"


def _inputs(run: Path, estimator: Estimator, inputs: str | None) -> str:
    if inputs is None:
        return estimator.inputs[0]
    if inputs not in estimator.inputs:
        raise UserError(f"{shown(run)} was not read on {inputs!r} but on {' and '.join(estimator.inputs)}")
    return inputs


def _name(cell: CellRow) -> str:
    """The readable part of a key that tells the networks of one suite apart.

    >>> _name({"key": "toy-shuffled.toy-mlp.b0.5.s1-0123abcd"})  # type: ignore[typeddict-item]
    'b0.5.s1'
    """
    return cell["key"].rpartition("-")[0].split(".", 2)[-1]
