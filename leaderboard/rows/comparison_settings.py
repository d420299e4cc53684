"""What differs between two boards in the way they were made, the most important first.

In: two parts and their pairs of suites. Out: one row for each setting that differs.
"""

from collections.abc import Iterator, Mapping, Sequence

from leaderboard.content.board import MeasureDirection
from leaderboard.content.comparison import SettingRow
from leaderboard.rows.comparison_made import OF_ONE_NETWORK, UNKNOWN, as_text
from leaderboard.rows.comparison_pairs import Pair
from leaderboard.rows.comparison_parts import Part, Suite

MEASURED = ("estimator", "measure", "metric", "code", "data")  # what stands before the suites, of what a side says
LATER = ("plan", "version", "commit", "device", "machine")
HIDDEN = ("data", "plan")  # of these what one side alone has is said elsewhere, or not known of a board
NOT_THERE = "not there"
SIZES = ("train_examples", "held_out_examples", "limit", "data_seed")
Told = tuple[str, str, str, str]  # of, name, A, B


def setting_rows(a: Part, b: Part, pairs: Sequence[Pair]) -> list[SettingRow]:
    """Estimator, measures, metrics and data; then each suite; then the plan, versions and machines."""
    return [
        *_said(a, b, MEASURED),
        *_directions(a, b),
        *_suites(pairs),
        *_said(a, b, LATER),
    ]


def _said(a: Part, b: Part, kinds: Sequence[str]) -> Iterator[SettingRow]:
    for of in kinds:
        if of in a.settings and of in b.settings:
            for name, one, other in _unlike(a.settings[of], b.settings[of], hidden=of in HIDDEN):
                yield {"of": of, "name": name, "a": one, "b": other}


def _directions(a: Part, b: Part) -> Iterator[SettingRow]:
    """Measures and metrics of one name that go by other directions."""
    for name, one in a.measures.items():
        other = b.measures.get(name, one)
        if one["better"] != other["better"]:
            yield {"of": "measure", "name": f"better of {name}", "a": _ways(one), "b": _ways(other)}
    for name, is_high in a.metrics.items():
        if b.metrics.get(name, is_high) != is_high:
            better = ("high", "low") if is_high else ("low", "high")
            yield {"of": "metric", "name": f"better of {name}", "a": better[0], "b": better[1]}


def _ways(one: MeasureDirection) -> str:
    return ", ".join(f"{kind} {way}" for kind, way in one["better"].items())


def _unlike(one: Mapping[str, str], other: Mapping[str, str], hidden: bool) -> Iterator[tuple[str, str, str]]:
    """What both say otherwise; and what one alone has, where that is not `hidden`."""
    for name in dict.fromkeys((*one, *other)):
        both = name in one and name in other
        if both and one[name] != other[name] and UNKNOWN not in (one[name], other[name]):
            yield name, one[name], other[name]
        elif not both and not hidden:
            yield name, one.get(name, NOT_THERE) or "there", other.get(name, NOT_THERE) or "there"


def _suites(pairs: Sequence[Pair]) -> list[SettingRow]:
    """What differs in suites: a line for all suites where all differ alike, else one that names them."""
    found: dict[Told, list[str]] = {}
    for pair in pairs:
        for told in _of_pair(pair):
            found.setdefault(told, []).append(pair.a.suite)
    rows: list[SettingRow] = []
    for (of, name, one, other), suites in found.items():
        where = "" if len(suites) == len(pairs) > 1 else f" ({', '.join(dict.fromkeys(suites))})"
        rows.append({"of": of, "name": f"{name}{where}", "a": one, "b": other})
    return rows


def _of_pair(pair: Pair) -> Iterator[Told]:
    a, b = pair.a, pair.b
    for name, one, other in (("data", a.data, b.data), ("family", a.family, b.family)):
        if one != other:
            yield "suite", name, one, other
    yield from (("suite", *rest) for rest in _made(a, b))
    for mine, theirs in dict.fromkeys((mine[0], theirs[0]) for mine, theirs in pair.reads):
        ours, other_one = a.recipes[mine], b.recipes[theirs]
        if ours and other_one:
            yield from (("training", *rest) for rest in _texts(ours, other_one, f" of {mine}" if mine else ""))
    if a.conditions != b.conditions:
        yield "suite", "conditions", *_only(a.conditions, b.conditions)
    if set(a.recipes) != set(b.recipes) and len(a.recipes) + len(b.recipes) > 2:
        yield "suite", "recipes", *_only(tuple(a.recipes), tuple(b.recipes))
    if a.seeds and b.seeds and a.seeds != b.seeds:
        yield "suite", "seeds", as_text(list(a.seeds)), as_text(list(b.seeds))


def _made(a: Suite, b: Suite) -> Iterator[tuple[str, str, str]]:
    """What made the networks, sizes first, where both sides know it."""
    if a.made and b.made:
        names = [name for name in (*SIZES, *a.made, *b.made) if name not in OF_ONE_NETWORK]
        yield from _texts({name: a.made.get(name) for name in names}, {name: b.made.get(name) for name in names}, "")


def _texts(one: Mapping[str, object], other: Mapping[str, object], behind: str) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys((*one, *other)):
        if one.get(name) != other.get(name):
            yield f"{name}{behind}", as_text(one.get(name)), as_text(other.get(name))


def _only(a: Sequence[object], b: Sequence[object]) -> tuple[str, str]:
    """What each of two lists has, in the shortest words that tell them apart."""
    if len(a) + len(b) <= 16:
        return as_text(list(a)), as_text(list(b))
    return f"{len(a)}", f"{len(b)}"
