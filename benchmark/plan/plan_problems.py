"""What is wrong with a plan that the types of its keys cannot tell: names first, then what the entries allow.

In: a plan. Out: problems, each with the path of its key. Names need no import of an entry, the rest does.
"""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from benchmark.estimator import NearestSettings
from benchmark.plain.strict_json import beyond
from benchmark.plan.hypotheses import hypothesis_problem
from benchmark.plan.measure_choice import choice_problem
from benchmark.plan.setting_problems import Problem, key_problems, repeated, setting_problems
from registry import FAMILIES, SUITES, BrokenEntry, ModelFamily, TaskSuite, UserError, did_you_mean

if TYPE_CHECKING:
    from benchmark.plan.reading import Plan, SuiteEntry


def problems(plan: "Plan") -> Iterator[Problem]:
    """What pydantic cannot know: names first, which needs no import of an entry, then what the entries allow."""
    yield from repeated(("seeds",), plan.seeds)
    yield from repeated(("hypotheses",), plan.hypotheses)
    yield from repeated(("measures",), plan.measures or ())
    yield from repeated(("estimator", "scope"), plan.estimator.scope)
    yield from repeated(("estimator", "inputs"), plan.estimator.inputs)
    if isinstance(plan.estimator.mi, NearestSettings):
        k = plan.estimator.mi.k
        for path, samples in ((("estimator", "samples"), plan.estimator.samples), (("limit",), plan.limit)):
            if samples is not None and samples <= k:
                yield path, f"k = {k} neighbours need at least {k + 1} samples, got {samples}"
    for number, entry in enumerate(plan.suites):
        at = ("suites", number)
        for key, name, known in (("suite", entry.suite, SUITES), ("family", entry.family, FAMILIES)):
            try:
                known.check(name)
            except UserError as error:
                yield (*at, key), str(error)
        yield from (((*at, *path), message) for path, message in key_problems(entry))
    for number, name in enumerate(plan.hypotheses):
        if problem := hypothesis_problem(name, plan.anchors is not None):
            yield ("hypotheses", number), problem
    for number, pattern in enumerate(plan.measures or ()):
        if problem := choice_problem(pattern, plan.anchors is not None):
            yield ("measures", number), problem
    for number, entry in enumerate(plan.suites):
        yield from (((*("suites", number), *path), message) for path, message in _entry_problems(entry))
    identities = [(entry.suite, entry.family, entry.data or SUITES[entry.suite].default_data) for entry in plan.suites]
    yield from repeated(("suites",), identities)


def beyond_records(content: object, path: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """The numbers in the content of a plan that plan.json could not hold."""
    if isinstance(content, dict | list):
        for key, part in content.items() if isinstance(content, dict) else enumerate(content):
            yield from beyond_records(part, (*path, key))
    elif isinstance(content, int) or (isinstance(content, float) and isfinite(content)):
        limit = beyond(content)
        if limit:
            yield path, f"{content} is beyond {limit}"


def _entry_problems(entry: "SuiteEntry") -> Iterator[Problem]:
    """What the entries say of it, the suite first: a family may take seconds to import."""
    try:
        yield from _suite_problems(entry, SUITES[entry.suite])
        yield from _family_problems(entry, SUITES[entry.suite], FAMILIES[entry.family])
    except BrokenEntry as error:
        yield (), str(error)


def _suite_problems(entry: "SuiteEntry", suite: TaskSuite) -> Iterator[Problem]:
    if entry.data is not None and entry.data not in suite.datasets:
        yield ("data",), f"{entry.data!r} is no data of suite {suite.name!r}{did_you_mean(entry.data, suite.datasets)}"
    yield from repeated(("seeds",), entry.seeds or ())
    yield from _condition_problems(entry.conditions or (), suite)


def _condition_problems(conditions: Sequence[float | str], suite: TaskSuite) -> Iterator[Problem]:
    for number, condition in enumerate(conditions):
        if not suite.allows(condition):
            ends = f": {suite.knob} is from {suite.conditions[0]} to {suite.conditions[-1]}" if suite.knob else ""
            words = map(str, suite.condition_names or (() if suite.knob else suite.conditions))
            near = did_you_mean(str(condition), words)
            yield ("conditions", number), f"{condition!r} is no condition of suite {suite.name!r}{ends}{near}"
    yield from repeated(("conditions",), [suite.numbered(condition) for condition in conditions])


def _family_problems(entry: "SuiteEntry", suite: TaskSuite, family: ModelFamily) -> Iterator[Problem]:
    if family.modality not in ("vector" if suite.modality != "text" else None, suite.modality):
        yield ("family",), f"{family.name!r} reads {family.modality} inputs, suite {suite.name!r} has {suite.modality}"
    yield from setting_problems(entry, family)
