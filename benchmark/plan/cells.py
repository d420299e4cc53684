"""From a plan to its cells: what is to be done, in which order, and the identity of each.

In: a checked `Plan` and the data folder. Out: `Resolved`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import product
from pathlib import Path
from typing import Any

from benchmark.data.fingerprints import fingerprint
from benchmark.estimator import Inputs, Settings
from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.plan.keys import condition_label, key_of
from benchmark.plan.reading import Plan, SuiteEntry, conditions, recipes
from benchmark.plan.recipes import Recipe
from benchmark.plan.resolved import Cell, Resolved
from benchmark.plan.sources import sources_of
from benchmark.types import Measure, Metric
from registry import DATASETS, FAMILIES, SUITES, Condition, ModelFamily, Training

Read = tuple[Inputs, Condition | None]  # the inputs of which condition a network is read on, None for its own
# Raised when what a train cell writes changes in a way that moves numbers. 2: outputs name the examples that are
# judged, and taps are reduced in float32.
TRAINING_VERSION = 2


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
        **sources_of((SUITES, suite.name), (FAMILIES, family.name), (DATASETS, data)),
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
        label = condition_label(condition, suite.knob)
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
    train = key_of(stem, identity)
    yield Cell(train, "train", train, *place, None, None, anchor, None, identity)
    for scope in plan.estimator.scope:
        for inputs, on in reads:
            elsewhere = {} if on is None else {"read_on": on}
            scored = _score_identity(train, inputs, plan.estimator.settings(scope)) | measured | elsewhere
            where = inputs if on is None else f"{inputs}-of-{on}"
            key = key_of(f"{stem}.{where}.{scope}", scored)
            yield Cell(key, "score", train, *place, inputs, scope, anchor, on, scored)


def _measured(measures: Sequence[str], metrics: Sequence[str]) -> dict[str, Any]:
    """The part of a score cell's identity that says what is computed."""
    return {
        "measures": {name: MEASURES[name].version for name in measures},
        "metrics": {name: METRICS[name].version for name in metrics},
        **sources_of(*((MEASURES, name) for name in measures), *((METRICS, name) for name in metrics)),
    }


def _score_identity(train: str, inputs: str, settings: Settings) -> dict[str, Any]:
    return {"work": "score", "train": train, "inputs": inputs, "settings": settings.model_dump(mode="json")}
