"""From a plan to its cells: what is to be done, in which order, and the exact key of each.

In: a checked `Plan` and the data folder. Out: `Resolved`, the plan with everything that the records and the board need
to be read without the registry. A key is readable and ends in a hash of everything that changes the result.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

from benchmark.data.fingerprints import ChangedInput, check_unchanged, fingerprint
from benchmark.estimator import Inputs, Settings
from benchmark.measures import HEADLINES, MEASURES
from benchmark.metrics import METRICS
from benchmark.plan.catalogue import REGISTRIES
from benchmark.plan.hypotheses import declared
from benchmark.plan.reading import Plan, SuiteEntry, conditions, recipes
from benchmark.plan.recipes import Recipe
from benchmark.types import Measure, Metric
from registry import DATASETS, FAMILIES, SUITES, Condition, ModelFamily, Registry, Training, UserError

SCHEMA = 1
TOLD = ("about", "figures", "licence")  # what an entry tells a reader of its board, and changes no number
Read = tuple[Inputs, Condition | None]  # the inputs of which condition a network is read on, None for its own
# Bytes of the readable part of a key. A file system allows 255; `.tmp-` and 33 more stand around a key while its cell
# is written, and 14 more behind that of a network where its values under other settings are kept.
LONGEST_STEM = {"train": 193, "score": 208}
# Raised when what a train cell writes changes in a way that moves numbers. 2: outputs name the examples that are
# judged, and taps are reduced in float32.
TRAINING_VERSION = 2


@dataclass(frozen=True)
class Cell:
    """One unit of work. `identity` holds everything that changes its result and nothing else.

    A train cell makes one network; a score cell, which has `inputs` and `scope`, measures the network of `train`. The
    cells of an anchor name its kind. The anchor of the first condition is also read on the in-distribution inputs of
    the others: a score cell that does so names the condition in `read_on`.
    """

    key: str
    work: Literal["train", "score"]
    train: str
    entry: int
    recipe: str
    condition: Condition
    seed: int
    inputs: str | None
    scope: str | None
    anchor: str | None
    read_on: Condition | None
    identity: dict[str, Any]

    @property
    def stem(self) -> str:
        """The readable part of the key."""
        return self.key.rpartition("-")[0]


@dataclass(frozen=True)
class Resolved:
    """A plan with all that it refers to. `entries`, `measures` and `metrics` are plain data for records and board."""

    plan: Plan
    entries: list[dict[str, Any]]
    measures: dict[str, dict[str, Any]]
    metrics: dict[str, dict[str, Any]]
    cells: list[Cell]

    def as_json(self) -> dict[str, Any]:
        """What plan.json holds, its own digest too: no path, no time, no host."""
        content = self._content()
        return {**content, "digest": plan_digest(content)}

    def _content(self) -> dict[str, Any]:
        rows = [{name: value for name, value in asdict(cell).items() if name != "identity"} for cell in self.cells]
        return {
            "schema": SCHEMA,
            "plan": self._plan(),
            "entries": self.entries,
            "measures": self.measures,
            "metrics": self.metrics,
            "cells": rows,
        }

    def _plan(self) -> dict[str, Any]:
        said = self.plan.model_dump(mode="json")
        return {name: value for name, value in said.items() if value is not None or name != "seconds_per_cell"}


def plan_digest(content: Mapping[str, Any]) -> str:
    """16 hexadecimal digits for all of a plan.json that a board's numbers are made from, the cells' keys too.

    Parts of a plan that were run apart have, joined, the digest of the whole.
    """
    own = {name: content[name] for name in ("measures", "metrics", "cells")}
    own["entries"] = [{name: value for name, value in e.items() if name not in TOLD} for e in content["entries"]]
    about = {name: content["plan"].get(name) for name in ("name", "estimator", "anchors", "limit")}
    if (hypotheses := declared(content["plan"])) != list(HEADLINES):
        about["hypotheses"] = hypotheses
    return hashlib.sha256(canonical({**own, "plan": about}).encode()).hexdigest()[:16]


def resolve(plan: Plan, root: Path) -> Resolved:
    """Every entry looked up and every cell keyed, networks in order with their score cells behind them.

    Raises DataError where a data set is not complete in the data folder.
    """
    entries, cells = [], []
    for number, entry in enumerate(plan.suites):
        crossed = recipes(entry, FAMILIES[entry.family].training)
        entries.append(_entry(entry, plan, crossed))
        cells += list(_cells(plan, number, entry, crossed, root))
    metric_names = sorted({name for entry in entries for name in entry["metrics"]})
    return Resolved(
        plan=plan,
        entries=entries,
        measures={name: _measure(measure) for name, measure in _measures(plan).items()},
        metrics={name: _metric(METRICS[name]) for name in metric_names},
        cells=cells,
    )


def canonical(content: Any) -> str:
    """JSON with one spelling for one content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _entry(entry: SuiteEntry, plan: Plan, crossed: list[Recipe]) -> dict[str, Any]:
    suite = SUITES[entry.suite]
    data = entry.data or suite.default_data
    paper = suite.paper
    return {
        "suite": suite.name,
        "data": data,
        "data_group": DATASETS[data].group or data,
        "origin": DATASETS[data].origin,
        "licence": DATASETS[data].licence,
        "family": entry.family,
        "about": suite.about,
        "figures": suite.figures,
        "kind": suite.kind,
        "knob": suite.knob,
        "condition_names": {str(number): word for word, number in suite.condition_names.items()},
        "conditions": list(conditions(entry, suite)),
        "seeds": list(entry.seeds or plan.seeds),
        "recipes": [{"label": recipe.label, "training": _setting(recipe.training)} for recipe in crossed],
        "metrics": list(suite.metrics),
        "paper": {metric: dict(taus) for metric, taus in paper.tau.items()} if paper else {},
        "as_in_paper": paper is not None and (paper.data, paper.family) == (data, entry.family),
    }


def _taps(family: ModelFamily) -> dict[str, Any]:
    """How a family is tapped, where that is said in words that came later than the first records."""
    later = [tap for tap in family.taps if tap.layout or tap.reduce in ("last-token", "mean-of-tokens")]
    return {"taps": [asdict(tap) for tap in family.taps]} if later else {}


def _setting(training: Training) -> dict[str, Any]:
    """A training setting. What came later than the first records is left out where it changes nothing."""
    later = ("patience", "warmup_steps", "precision", "schedule", "augmentation", "freeze_layers")
    default = asdict(Training())
    return {name: value for name, value in asdict(training).items() if name not in later or value != default[name]}


def _measures(plan: Plan) -> dict[str, Measure]:
    """The measures on the plan's board: without anchors there are no anchored ones.

    Raises BrokenEntry for one that the user has included and that cannot be used: it would be missed in silence.
    """
    for name in MEASURES.included:
        MEASURES[name]
    return {name: one for name, one in MEASURES.usable().items() if plan.anchors or one.anchored is None}


def _measure(measure: Measure) -> dict[str, Any]:
    anchored = measure.anchored and asdict(measure.anchored)
    return {
        "better": dict(measure.better),
        "placebo": measure.placebo,
        "yardstick": measure.yardstick,
        "anchored": anchored,
    }


def _metric(metric: Metric) -> dict[str, Any]:
    return {"higher_is_better": metric.higher_is_better, **({"form": metric.form} if metric.form else {})}


def _cells(plan: Plan, number: int, entry: SuiteEntry, crossed: list[Recipe], root: Path) -> Iterator[Cell]:
    suite, family = SUITES[entry.suite], FAMILIES[entry.family]
    data = entry.data or suite.default_data
    turned = conditions(entry, suite)
    measures = _measures(plan)
    own = _measured([name for name, measure in measures.items() if measure.anchored is None], suite.metrics)
    bases = _measured(sorted({measure.anchored.of for measure in measures.values() if measure.anchored}), ())
    reads: list[Read] = [(inputs, None) for inputs in plan.estimator.inputs]
    trained = {
        **_sources((SUITES, suite.name), (FAMILIES, family.name), (DATASETS, data)),
        **({"weights_fingerprint": fingerprint(family.weights, root)} if family.weights else {}),
        **_taps(family),
        **{name: getattr(entry, name) for name in ("train_examples", "held_out_examples") if getattr(entry, name)},
        **({"limit": plan.limit} if plan.limit else {}),
    }
    data_fingerprint = fingerprint(DATASETS[data], root)
    for condition, recipe, seed in product(turned, crossed, entry.seeds or plan.seeds):
        identity = {
            "work": "train",
            "training_version": TRAINING_VERSION,
            "suite": suite.name,
            "suite_version": suite.version,
            "family": family.name,
            "family_version": family.version,
            "data": data,
            "data_fingerprint": data_fingerprint,
            "condition": condition,
            "training": _setting(recipe.training),
            "seed": seed,
            "threads": plan.threads,
            **trained,
        }
        label = _condition_label(condition, suite.knob)
        stem = ".".join(filter(None, [suite.name, family.name, label, recipe.label, f"s{seed}"]))
        place = (number, recipe.label, condition, seed)
        yield from _network(plan, place, stem, identity, reads, own)
        if plan.anchors:
            others = list(turned[1:]) if condition == turned[0] else []
            anchor = {**identity, "anchor": plan.anchors, "read_on": others}
            elsewhere = [(inputs, other) for inputs, _ in reads if inputs == "in-distribution" for other in others]
            yield from _network(plan, place, f"{stem}.anchor", anchor, [*reads, *elsewhere], bases)


def _network(
    plan: Plan,
    place: tuple[int, str, Condition, int],
    stem: str,
    identity: dict[str, Any],
    reads: list[Read],
    measured: dict[str, Any],
) -> Iterator[Cell]:
    """The train cell of one network and its score cells."""
    anchor = identity.get("anchor")
    train = _key(stem, identity)
    yield Cell(train, "train", train, *place, None, None, anchor, None, identity)
    for scope in plan.estimator.scope:
        for inputs, on in reads:
            elsewhere = {} if on is None else {"read_on": on}
            scored = _score_identity(train, inputs, plan.estimator.settings(scope)) | measured | elsewhere
            where = inputs if on is None else f"{inputs}-of-{on}"
            key = _key(f"{stem}.{where}.{scope}", scored)
            yield Cell(key, "score", train, *place, inputs, scope, anchor, on, scored)


def _measured(measures: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    """The part of a score cell's identity that says what is computed."""
    return {
        "measures": {name: MEASURES[name].version for name in measures},
        "metrics": {name: METRICS[name].version for name in metrics},
        **_sources(*((MEASURES, name) for name in measures), *((METRICS, name) for name in metrics)),
    }


def _sources(*entries: tuple[Registry[Any], str]) -> dict[str, Any]:
    """The content of the code from outside that declares these entries, which has no version that we keep."""
    hashes = {f"{registry.kind} {name}": registry.content_hash(name) for registry, name in entries}
    outside = {name: digest for name, digest in hashes.items() if digest}
    return {"sources": outside} if outside else {}


def other_entries(identity: Mapping[str, Any], asked: Iterable[str]) -> list[str]:
    """Which entries from outside that were looked up while a cell was computed are declared by code not in its key.

    For a train cell metrics and measures do not count: they are looked up to see what the suite's examples need.
    """
    registries = {registry.kind: registry for registry in REGISTRIES.values()}
    train = identity["work"] == "train"
    counted = [one for one in asked if not (train and one.rpartition(" ")[0] in (MEASURES.kind, METRICS.kind))]
    known = set(identity.get("sources", {}).values())
    named = {one: one.rpartition(" ") for one in counted}
    sources = {one: registries[kind].check(name).source for one, (kind, _, name) in named.items()}
    return sorted(one for one, source in sources.items() if source and source.digest not in known)


def check_inputs(identity: Mapping[str, Any], root: Path) -> None:
    """Raises ChangedInput where the code, data or weights of a cell are no longer those that its key names."""
    registries = {registry.kind: registry for registry in REGISTRIES.values()}
    try:
        for said, digest in identity.get("sources", {}).items():
            kind, _, name = said.rpartition(" ")
            if registries[kind].content_hash(name) != digest:
                raise ChangedInput(f"the code of {said!r} has changed since this command began: start it again")
        if identity["work"] == "train":
            check_unchanged(DATASETS[identity["data"]], root, identity["data_fingerprint"])
            weights = FAMILIES[identity["family"]].weights
            if weights:
                check_unchanged(weights, root, identity["weights_fingerprint"])
    except UserError as error:
        raise ChangedInput(str(error)) from error


def _score_identity(train: str, inputs: str, settings: Settings) -> dict[str, Any]:
    return {"work": "score", "train": train, "inputs": inputs, "settings": settings.model_dump(mode="json")}


def _condition_label(condition: Condition, knob: str | None) -> str:
    """a0.25 for alpha = 0.25; a named condition is its own label."""
    return f"{(knob or '')[:1]}{condition:g}" if isinstance(condition, float) else condition


def _key(stem: str, identity: dict[str, Any]) -> str:
    digest = hashlib.sha256(canonical(identity).encode()).hexdigest()[:8]
    return f"{_short(stem, LONGEST_STEM[identity['work']])}-{digest}"


def _short(stem: str, longest: int) -> str:
    """The stem, or as much of one that is too long for the name of a folder, with a digest of the whole."""
    if len(stem.encode()) <= longest:
        return stem
    digest = hashlib.sha256(stem.encode()).hexdigest()[:8]
    return f"{stem.encode()[: longest - 9].decode(errors='ignore').rstrip(' .')}~{digest}"
