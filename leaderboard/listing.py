"""What can be run, one line an entry, in groups: `memorank list`.

In: the registries and plans, and what is asked for. Out: lines. Our own entries are listed without being imported.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatch
from typing import Any

from benchmark.measures import HEADLINES
from benchmark.plan.catalogue import REGISTRIES, broken
from benchmark.plan.reading import built_in_plans, plan_summary
from benchmark.process.wrapping import cut, printable, wrapped
from leaderboard import published_boards
from registry import UnknownNameError, did_you_mean

WILDCARDS = frozenset("*?[")

PAPERS = "the paper's two"
RIVALS = "rivals"
ANCHORED = "rivals that need `anchors: random-labels` in the plan"
YARDSTICKS = "yardsticks, which read labels"
PLACEBOS = "placebos, there to be beaten"
ON_REQUEST = "rivals on request: by `measures` in the plan"
KINDS = {
    "heuristic": "heuristic memorization (shortcuts)",
    "example-level": "example-level memorization (wrong labels)",
}


# Kinds that are no registry: their names, and one line about each.
OTHERS: dict[str, tuple[Callable[[], Iterable[str]], Callable[[str], str]]] = {
    "plans": (built_in_plans, plan_summary),
    "boards": (published_boards.published, published_boards.summary),
}


def listing(kind: str | None, pattern: str, width: int | None = None, left_out: Sequence[str] = ()) -> list[str]:
    """The names that match, by kind and group, each with one line about it; then what is broken or left out.

    Args:
        kind: "families", "suites", ...; a pattern in its place holds for all kinds; None stands for all of them.
        pattern: As for a shell: "*-mnist".
        width: How long a line may be, None for any length.
        left_out: What else cannot be used, a line each.

    Raises:
        UnknownNameError: For an unknown kind.
    """
    kinds = [*REGISTRIES, *OTHERS]
    if kind and kind not in kinds and WILDCARDS & set(kind):
        pattern, kind = kind, None
    if kind and kind not in kinds:
        raise UnknownNameError(f"unknown kind {kind!r}{did_you_mean(kind, kinds)}")
    found = {word: _matching(word, pattern) for word in ([kind] if kind else kinds)}
    lines = [line for word, names in found.items() if names for line in _section(word, names, width)]
    if not lines:
        lines = [f"no name matches {pattern!r}; all of them: memorank list{f' {kind}' if kind else ''}"]
    problems = [printable(problem) for problem in (*left_out, *broken())]
    return [*lines, "broken:", *wrapped((f"  {problem}" for problem in problems), width)] if problems else lines


def _matching(kind: str, pattern: str) -> dict[str, str]:
    """Name -> its line, of a kind."""
    if kind in OTHERS:
        names, summary = OTHERS[kind]
        return {name: summary(name) for name in names() if fnmatch(name, pattern)}
    return {name: REGISTRIES[kind].summary(name) for name in REGISTRIES[kind] if fnmatch(name, pattern)}


def _section(kind: str, lines: Mapping[str, str], width: int | None) -> list[str]:
    """The lines of one kind, in its groups where it has some."""
    group_of = _GROUPS.get(kind, _no_group)
    groups: dict[str, list[str]] = {}
    for name in lines:
        groups.setdefault(group_of(name, REGISTRIES[kind].literals(name) if kind in REGISTRIES else {}), []).append(
            name
        )
    longest = max(map(len, lines))
    result = [f"{kind}:"]
    for group in sorted(groups, key=lambda group: _ORDER.index(group) if group in _ORDER else len(_ORDER)):
        indent = "    " if group else "  "
        result += [f"  {group}:"] if group else []
        result += [cut(f"{indent}{name:{longest}}  {printable(lines[name])}", width) for name in groups[group]]
    return result


def _no_group(name: str, literals: Mapping[str, Any]) -> str:
    """Of kinds without groups."""
    return ""


def _group_of_measure(name: str, literals: Mapping[str, Any]) -> str:
    """What part a measure plays, as far as its file says it in literals."""
    better = literals.get("better")
    if name.removesuffix("-last") in HEADLINES:
        return PAPERS
    if literals.get("yardstick"):
        return YARDSTICKS
    if isinstance(better, dict) and "either" in better.values():
        return PLACEBOS
    if literals.get("on_request"):
        return ON_REQUEST
    return ANCHORED if "anchors" in literals.get("needs", ()) else RIVALS


def _group_of_suite(name: str, literals: Mapping[str, Any]) -> str:
    """Which kind of memorization a suite makes."""
    kind = literals.get("kind")
    return KINDS.get(kind, "others") if isinstance(kind, str) else "others"


_GROUPS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "measures": _group_of_measure,
    "suites": _group_of_suite,
}
_ORDER = (PAPERS, RIVALS, ON_REQUEST, ANCHORED, YARDSTICKS, PLACEBOS, *KINDS.values())
