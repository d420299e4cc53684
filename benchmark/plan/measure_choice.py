"""Which measures a plan computes: what its key `measures` chooses among those that there are.

In: names and patterns. Out: measures, and what is wrong with a pattern.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from benchmark.measures import MEASURES
from benchmark.networks.readings import READINGS
from benchmark.types import Measure
from registry import BrokenEntry, did_you_mean

DEFAULT = "default"  # the word for all measures that need not be asked for


def chosen_measures(patterns: Sequence[str] | None, hypotheses: Sequence[str], anchors: bool) -> dict[str, Measure]:
    """The measures that a plan computes, by name.

    Args:
        patterns: What stands under `measures`: names, patterns as for a shell, and the word "default"; None for that
            word alone.
        hypotheses: The measures that the plan claims something of.
        anchors: Whether it has anchors, without which there are no anchored measures.

    Returns:
        Those that are chosen, and always the hypotheses, the yardsticks and the placebos that are not on request, and
        what the user has included.

    Raises:
        BrokenEntry: One that the user has included, or a reading that one needs, cannot be used.

    >>> sorted(set(chosen_measures(["nuclear-*"], ["mean-mi"], False)) - set(chosen_measures(["mean-mi"], [], False)))
    ['nuclear-norm']
    """
    for name in MEASURES.included:
        MEASURES[name]
    words = [DEFAULT] if patterns is None else patterns
    usable = {name: one for name, one in MEASURES.usable().items() if anchors or one.anchored is None}
    always = {*hypotheses, *MEASURES.included}

    def is_chosen(name: str, one: Measure) -> bool:
        if name in always or any(fnmatchcase(name, word) for word in words if word != DEFAULT):
            return True
        return not one.on_request and (DEFAULT in words or one.placebo or one.yardstick)

    found = {name: one for name, one in usable.items() if is_chosen(name, one)}
    for name, one in found.items():
        _check_readings(name, one)
    return found


def choice_problem(pattern: str, anchors: bool = True) -> str | None:
    """Why a name or pattern chooses nothing, None where it does: one line, with the nearest right word or the cure."""
    if pattern == DEFAULT:
        return None
    found = [name for name in MEASURES if fnmatchcase(name, pattern)]
    if found and not anchors and all(MEASURES[name].anchored for name in found):
        return f"{pattern!r} is compared with anchors: it needs `anchors: random-labels` in the plan"
    if found:
        return None
    return f"no measure is called {pattern!r}{did_you_mean(pattern, [*MEASURES, DEFAULT], 'memorank list measures')}"


def _check_readings(name: str, measure: Measure) -> None:
    """Raises BrokenEntry where the measure needs a reading that there is not."""
    for reading in measure.readings:
        if reading not in READINGS:
            near = did_you_mean(reading, READINGS, "memorank list readings")
            raise BrokenEntry(
                f"measure {name!r} needs the reading {reading!r}, which there is not{near}; include the file with it"
            )
