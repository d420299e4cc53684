"""Everything about an entry or a plan, as text: `memorank describe`.

In: a name or a user's file, and the data folder. Out: lines.
"""

from collections.abc import Callable, Iterable
from math import prod
from pathlib import Path
from shlex import quote
from typing import Any

from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from benchmark.measures import MEASURES
from benchmark.plan.catalogue import declared_by, unknown_name
from benchmark.plan.reading import built_in_plans, plan_summary
from benchmark.reading import Reading
from benchmark.types import Measure, Metric, Over
from leaderboard.glossary import WORDS, explained
from registry import (
    DATASETS,
    DataError,
    Dataset,
    ModelFamily,
    Registry,
    Tap,
    TaskSuite,
    UserError,
    Weights,
    folder_of,
)

HANG = 13  # where what is said of an entry begins, counted from the word that says what it is


def description(name: str, root: Path) -> list[str]:
    """Everything about an entry or a plan, or about each entry of a user's file; or what a word of the glossary means.

    A name of several kinds is described as each of them.

    Raises:
        UserError: No entry, plan or file is called so, or what it declares cannot be used.
    """
    lines: list[str] = []
    if name in built_in_plans():
        lines += [
            f"plan {name}: {plan_summary(name)}",
            f"  run it       memorank run {name}; first: memorank plan {name}",
        ]
    declared, problems = declared_by(name)
    if problems:
        raise UserError("; ".join(problems))
    lines += [line for entries, known in declared for line in _described(entries, known, root)]
    if not lines and (meaning := explained(name)):
        return [meaning]
    if not lines:
        raise unknown_name(name, (*built_in_plans(), *WORDS))
    return lines


Rows = list[tuple[str, str]]


def _described(entries: Registry[Any], name: str, root: Path) -> list[str]:
    """Everything about one entry."""
    place = entries.check(name)
    rows = _ROWS[type(entries[name])](entries[name], root)
    include = f" --include {quote(str(place.file))}" if place.outside else ""
    rows = [(head, text + include if head in ("try it", "check it") else text) for head, text in rows]
    rows.append(("file", str(place.file) if place.outside else place.file.name))
    said = [f"  {head:{HANG - 1}} {text}" for head, text in rows if text]
    return [f"{entries.kind} {name}: {entries.summary(name)}", *said]


def _family(family: ModelFamily, root: Path) -> Rows:
    return [
        ("reads", f"{family.modality} inputs"),
        ("taps", ", ".join(map(_tap, family.taps))),
        ("training", _fields(family.training)),
        (
            "options",
            f"{_pairs(family.options.items())} (a plan sets them as it does the training)" * bool(family.options),
        ),
        ("needs", ", ".join(f"{name} {amount:g}" for name, amount in family.resources.asked().items())),
        ("weights", _weights(family, root)),
        ("reference", family.reference),
        ("try it", f"memorank run toy --limit 60 --set suites.0.family={family.name}")
        if family.modality == "vector"
        else ("check it", f"memorank check {family.name}"),
    ]


def _tap(tap: Tap) -> str:
    words = [word for word in (tap.reduce, tap.layout) if word not in ("none", None)]
    return tap.module_path + (f" ({', '.join(map(str, words))})" if words else "")


def _suite(suite: TaskSuite, root: Path) -> Rows:
    ends = f"{suite.knob} = " if suite.knob else ""
    return [
        ("kind", f"{suite.kind} memorization"),
        ("conditions", ends + ", ".join(map(str, suite.conditions)) + " (from least to most memorization)"),
        ("names", _pairs((name, f"for {number}") for name, number in suite.condition_names.items())),
        ("examples", f"{suite.modality}, shape {suite.input_shape}, {suite.num_classes} classes"),
        ("metrics", ", ".join(suite.metrics)),
        ("data", ", ".join(f"{d} (default)" if d == suite.default_data else d for d in suite.datasets)),
        ("data is", _whether_there(DATASETS[suite.default_data], root)),
        *_facts(suite, root),
        ("reference", suite.reference),
        ("paper", _paper(suite)),
        ("in a plan", f"suites: [{{suite: {suite.name}, family: {_fitting(suite)}}}]"),
    ]


def _dataset(dataset: Dataset, root: Path) -> Rows:
    return [
        ("what", f"{dataset.origin} data, {dataset.modality}, {dataset.size}, licence: {dataset.licence}"),
        ("files", " or ".join(", ".join(form) for form in (dataset.files, dataset.or_files) if form)),
        ("shares with", _sharing(dataset)),
        ("is", _whether_there(dataset, root)),
        ("reference", dataset.reference),
    ]


def _sharing(dataset: Dataset) -> str:
    """The data sets with which it shares examples."""
    others = [
        name for name, other in DATASETS.usable().items() if other.group == dataset.group and name != dataset.name
    ]
    return f"{', '.join(others)}: the same examples" if dataset.group and others else ""


def _measure(measure: Measure, root: Path) -> Rows:
    better = (
        "its more favourable sign" if measure.placebo else ", ".join(f"{k}: {v}" for k, v in measure.better.items())
    )
    role = " (a placebo)" if measure.placebo else " (a yardstick: it reads labels)" if measure.yardstick else ""
    return [
        ("good is", better + role),
        ("needs", ", ".join(measure.needs)),
        ("readings", ", ".join(measure.readings)),
        ("compares", _OVER[measure.over]),
        ("computed", _computed(measure)),
        ("reference", measure.reference),
    ]


_OVER: dict[Over, str] = {
    "one": "",
    "seeds": "the network with those of the same recipe and condition and other seeds",
    "candidates": "the network with all others of its suite in the plan",
}


def _computed(measure: Measure) -> str:
    how = measure.anchored
    if how is None:
        return "where a plan's `measures` ask for it" if measure.on_request else ""
    whose = "the condition's own anchor" if how.to == "own" else "the anchor of the plan's first condition"
    return f"{how.by} of {how.of} to that of {whose}, in plans with `anchors: random-labels`"


def _metric(metric: Metric, root: Path) -> Rows:
    return [
        ("good is", "high" if metric.higher_is_better else "low"),
        ("shown as", metric.form),
        ("needs", ", ".join(metric.needs)),
        ("reference", metric.reference),
    ]


def _reading(reading: Reading, root: Path) -> Rows:
    users = [name for name, one in MEASURES.usable().items() if reading.name in one.readings]
    of_what = "with a row for each example" if reading.axis == "examples" else "of the network as a whole"
    return [("gives", f"arrays {of_what}"), ("read by", ", ".join(users)), ("reference", reading.reference)]


_ROWS: dict[type, Callable[[Any, Path], Rows]] = {
    ModelFamily: _family,
    TaskSuite: _suite,
    Dataset: _dataset,
    Measure: _measure,
    Metric: _metric,
    Reading: _reading,
}


def _facts(suite: TaskSuite, root: Path) -> Rows:
    """What the suite says of each of its data sets that is there."""
    rows: Rows = []
    for name in suite.datasets if suite.facts else ():
        try:
            fingerprint(DATASETS[name], root)
            found = suite.facts(load(name, root)) if suite.facts else ()
        except DataError:
            continue  # whether the data are there has been said
        rows += [(head, f"{text} ({name})") for head, text in found]
    return rows


def _weights(family: ModelFamily, root: Path) -> str:
    weights = family.weights
    return f"{weights.size}, licence: {weights.licence}; {_whether_there(weights, root)}" if weights else ""


def _whether_there(stored: Dataset | Weights, root: Path) -> str:
    try:
        fingerprint(stored, root)
    except DataError as error:
        return str(error)
    return f"in {folder_of(stored, root)}" if stored.files else "generated when it is needed"


def _paper(suite: TaskSuite) -> str:
    if suite.paper is None:
        return ""
    taus = "; ".join(f"{metric}: {_pairs(values.items())}" for metric, values in suite.paper.tau.items())
    return f"tau on {suite.paper.data}, {suite.paper.family}: {taus}"


def _fitting(suite: TaskSuite) -> str:
    if suite.modality == "image":
        return "mlp" if prod(suite.input_shape) < 1000 else "resnet18-32"
    return "minilm" if suite.modality == "text" else "mlp-16-16" if prod(suite.input_shape) < 10 else "mlp"


def _fields(settings: Any) -> str:
    return _pairs(vars(settings).items())


def _pairs(items: Iterable[tuple[str, Any]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in items)
