"""From a plan to its cells: what is to be done, in which order, and the identity of each.

In: a checked `Plan` and the data folder. Out: `Resolved`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path
from typing import cast

from benchmark.data.fingerprints import fingerprint
from benchmark.estimator import Inputs
from benchmark.identity import (
    Measured,
    OnlyIfSaid,
    RecipeSettings,
    ScoreIdentity,
    TapContent,
    TrainIdentity,
    TrainingContent,
)
from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.networks.readings import READINGS
from benchmark.plain.canonical import canonical
from benchmark.plan.content import AnchoredFacts, MeasureFacts, MetricFacts, PlanEntry
from benchmark.plan.keys import condition_label, key_of
from benchmark.plan.measure_choice import chosen_measures
from benchmark.plan.peers import Place, hash_of, peers_among
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


def resolve(plan: Plan, root: Path, listed: Sequence[Sequence[RecipeSettings]] = ()) -> Resolved:
    """Every entry looked up and every cell keyed, networks in order with their score cells behind them.

    `listed` are the recipes of each entry as a plan.json has them, whose labels and order are kept. Raises DataError
    where a data set is not complete in the data folder.
    """
    entries, cells, measures = [], [], _measures(plan)
    for number, entry in enumerate(plan.suites):
        crossed = recipes(entry, FAMILIES[entry.family])
        crossed = _as_listed(crossed, listed[number]) if listed else crossed
        entries.append(_entry(entry, plan, crossed))
        cells += list(_cells(plan, measures, number, entry, crossed, root))
    metric_names = sorted({name for entry in entries for name in entry["metrics"]})
    return Resolved(
        plan=plan,
        entries=entries,
        measures={name: _measure(measure, plan.measures is not None) for name, measure in measures.items()},
        metrics={name: _metric(METRICS[name]) for name in metric_names},
        cells=cells,
    )


def _as_listed(crossed: list[Recipe], listed: Sequence[RecipeSettings]) -> list[Recipe]:
    """The recipes in the order in which a plan.json lists them, with its labels.

    plan.json sorts its keys, and the parts of a label stand in the order of the keys as the plan was written: only
    labels of the same parts are taken over.
    """
    places = {_told_apart(one): (number, one["label"]) for number, one in enumerate(listed)}
    found = [(places.get(_told_apart(_settings(recipe))), recipe) for recipe in crossed]
    known = [(place, recipe) for place, recipe in found if place and _parts(place[1]) == _parts(recipe.label)]
    if len(known) < len(crossed) or len({label for (_, label), _ in known}) < len(crossed):
        return crossed
    return [replace(recipe, label=label) for (_, label), recipe in sorted(known, key=lambda one: one[0])]


def _told_apart(recipe: RecipeSettings) -> str:
    """What tells a recipe from the others of its entry, whatever its label."""
    return canonical([recipe.get("training", {}), recipe.get("options", {})])


def _parts(label: str) -> list[str]:
    return sorted(label.split("-"))


def _entry(entry: SuiteEntry, plan: Plan, crossed: list[Recipe]) -> PlanEntry:
    suite = SUITES[entry.suite]
    data = entry.data or suite.default_data
    paper = suite.paper
    found: PlanEntry = {
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
        "recipes": [_settings(recipe) for recipe in crossed],
        "metrics": list(suite.metrics),
        "paper": {metric: dict(taus) for metric, taus in paper.tau.items()} if paper else {},
        "as_in_paper": paper is not None and (paper.data, paper.family) == (data, entry.family),
    }
    if any(recipe.options for recipe in crossed):
        found["options"] = dict(FAMILIES[entry.family].options)
    return found


def _taps(family: ModelFamily) -> list[TapContent]:
    """The taps of a family, where one of them is said in words that came later than the first records; else none."""
    later = [tap for tap in family.taps if tap.layout or tap.reduce in ("last-token", "mean-of-tokens")]
    return [cast(TapContent, asdict(tap)) for tap in family.taps] if later else []


def _setting(training: Training) -> TrainingContent:
    """A training setting. What came later than the first records is left out where it changes nothing."""
    later = ("patience", "warmup_steps", "precision", "schedule", "augmentation", "freeze_layers")
    default = asdict(Training())
    said = {name: value for name, value in asdict(training).items() if name not in later or value != default[name]}
    return cast(TrainingContent, said)


def _settings(recipe: Recipe) -> RecipeSettings:
    """A recipe as plan.json has it."""
    found: RecipeSettings = {"label": recipe.label, "training": _setting(recipe.training)}
    if recipe.options:
        found["options"] = dict(recipe.options)
    return found


def _measures(plan: Plan) -> dict[str, Measure]:
    """The measures on the plan's board. Raises BrokenEntry as `chosen_measures` does."""
    return chosen_measures(plan.measures, plan.hypotheses, plan.anchors is not None)


def _measure(measure: Measure, chosen: bool) -> MeasureFacts:
    anchored: AnchoredFacts | None = None
    if how := measure.anchored:
        anchored = {"of": how.of, "by": how.by, "to": how.to}
    facts: MeasureFacts = {
        "better": dict(measure.better),
        "placebo": measure.placebo,
        "yardstick": measure.yardstick,
        "anchored": anchored,
    }
    if chosen:
        over = [] if measure.over == "one" else [measure.over]
        facts["needs"] = [*measure.needs, *measure.readings, *over]
    return facts


def _metric(metric: Metric) -> MetricFacts:
    facts: MetricFacts = {"higher_is_better": metric.higher_is_better}
    if metric.form:
        facts["form"] = metric.form
    return facts


def _cells(
    plan: Plan, measures: Mapping[str, Measure], number: int, entry: SuiteEntry, crossed: list[Recipe], root: Path
) -> Iterator[Cell]:
    suite, family = SUITES[entry.suite], FAMILIES[entry.family]
    data = entry.data or suite.default_data
    turned = conditions(entry, suite)
    own = _measured([name for name, measure in measures.items() if measure.anchored is None], suite.metrics)
    bases = _measured(sorted({measure.anchored.of for measure in measures.values() if measure.anchored}), ())
    estimator = plan.estimator
    settings = {str(scope): estimator.settings(scope).model_dump(mode="json") for scope in estimator.scope}
    reads: list[Read] = [(inputs, None) for inputs in estimator.inputs]
    only_if_said = _only_if_said(plan, entry, data, root)
    data_fingerprint = fingerprint(DATASETS[data], root)
    networks: list[tuple[Place, str, TrainIdentity]] = []
    for condition, recipe, seed in product(turned, crossed, entry.seeds or plan.seeds):
        identity: TrainIdentity = {
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
            **only_if_said,
            **_of_the_network(family.with_options(recipe.options), recipe),
        }
        label = condition_label(condition, suite.knob)
        stem = ".".join(filter(None, [suite.name, family.name, label, recipe.label, f"s{seed}"]))
        networks.append((Place(key_of(stem, identity), recipe.label, condition, seed), stem, identity))
    places, looked_over = [place for place, _, _ in networks], sorted({one.over for one in measures.values()} - {"one"})
    for at, stem, identity in networks:
        place = (number, at.recipe, at.condition, at.seed)
        peers: dict[str, dict[str, str]] = {
            inputs: {over: hash_of(peers_among(places, at, inputs, over)) for over in looked_over}
            for inputs in estimator.inputs
        }
        yield from _network(settings, place, stem, identity, reads, own, peers if looked_over else {})
        if plan.anchors:
            others = list(turned[1:]) if at.condition == turned[0] else []
            anchor: TrainIdentity = {**identity, "anchor": plan.anchors, "read_on": others}
            elsewhere = [(inputs, other) for inputs, _ in reads if inputs == "in-distribution" for other in others]
            yield from _network(settings, place, f"{stem}.anchor", anchor, [*reads, *elsewhere], bases, {})


def _only_if_said(plan: Plan, entry: SuiteEntry, data: str, root: Path) -> OnlyIfSaid:
    """The parts of the identity of an entry's networks that keys of other networks do not have."""
    family = FAMILIES[entry.family]
    said: OnlyIfSaid = {}
    if sources := sources_of((SUITES, entry.suite), (FAMILIES, entry.family), (DATASETS, data)):
        said["sources"] = sources
    if family.weights:
        said["weights_fingerprint"] = fingerprint(family.weights, root)
    if entry.train_examples:
        said["train_examples"] = entry.train_examples
    if entry.held_out_examples:
        said["held_out_examples"] = entry.held_out_examples
    if plan.limit:
        said["limit"] = plan.limit
    if plan.data_seed is not None:
        said["data_seed"] = plan.data_seed
    return said


def _of_the_network(family: ModelFamily, recipe: Recipe) -> OnlyIfSaid:
    """The parts of the identity that the options of a recipe change: the family is one with these options."""
    said: OnlyIfSaid = {}
    if recipe.options:
        said["options"] = dict(recipe.options)
    if taps := _taps(family):
        said["taps"] = taps
    return said


def _network(
    settings: Mapping[str, dict[str, object]],
    place: tuple[int, str, Condition, int],
    stem: str,
    identity: TrainIdentity,
    reads: list[Read],
    measured: Measured,
    peers: Mapping[str, dict[str, str]],
) -> Iterator[Cell]:
    """The train cell of one network and its score cells."""
    anchor = identity.get("anchor")
    train = key_of(stem, identity)
    yield Cell(train, "train", train, *place, None, None, anchor, None, identity)
    for scope, estimator in settings.items():
        for inputs, on in reads:
            scored = _score_identity(train, inputs, on, estimator, measured)
            if inputs in peers:
                scored["peers"] = peers[inputs]
            where = inputs if on is None else f"{inputs}-of-{on}"
            key = key_of(f"{stem}.{where}.{scope}", scored)
            yield Cell(key, "score", train, *place, inputs, scope, anchor, on, scored)


def _measured(measures: Sequence[str], metrics: Sequence[str]) -> Measured:
    """The part of a score cell's identity that says what is computed."""
    measured: Measured = {
        "measures": {name: MEASURES[name].version for name in measures},
        "metrics": {name: METRICS[name].version for name in metrics},
    }
    readings = sorted({reading for name in measures for reading in MEASURES[name].readings})
    if readings:
        measured["readings"] = {name: READINGS[name].version for name in readings}
    by_registry = ((READINGS, readings), (MEASURES, measures), (METRICS, metrics))
    if sources := sources_of(*((registry, name) for registry, names in by_registry for name in names)):
        measured["sources"] = sources
    return measured


def _score_identity(
    train: str, inputs: str, on: Condition | None, settings: dict[str, object], measured: Measured
) -> ScoreIdentity:
    identity: ScoreIdentity = {
        "work": "score",
        "train": train,
        "inputs": inputs,
        "settings": settings,
        "measures": measured["measures"],
        "metrics": measured["metrics"],
    }
    if "readings" in measured:
        identity["readings"] = measured["readings"]
    if "sources" in measured:
        identity["sources"] = measured["sources"]
    if on is not None:
        identity["read_on"] = on
    return identity
