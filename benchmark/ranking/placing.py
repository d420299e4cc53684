"""Networks placed among anchors: which way memorizing moves a measure on these data, and where each network lies.

In: the numbers of the networks and of the anchors. Out: an `AnchorsContent`, and what to mistrust in sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmark.ranking.anchor_content import AnchorRow, AnchorsContent, PlaceRow, ScaleRow
from benchmark.ranking.anchor_groups import Group, Spread, spread_over_seeds, weighted
from benchmark.ranking.numbers import NetworkNumbers, high_is_better
from benchmark.ranking.order import order_of
from registry import Kind

MEASURES = {"mean-mi": "mean MI", "mean-entropy": "mean entropy"}  # the paper's two
CLEAN, RANDOM, SHORTCUT = "clean", "random", "shortcut"
FEW = 5  # seeds: fewer say little of how far trainings spread


@dataclass(frozen=True)
class Anchors:
    """Anchors that were measured, of each kind in the order of their seeds.

    `family` is theirs, `trained` says in words on what they were trained, and `mind` what is odd about that.
    """

    family: str
    trained: str
    by_kind: Mapping[str, Mapping[str, NetworkNumbers]]
    mind: tuple[str, ...] = ()

    @property
    def all(self) -> dict[str, NetworkNumbers]:
        """By their names."""
        return {name: one for own in self.by_kind.values() for name, one in own.items()}


def placed(found: Mapping[str, NetworkNumbers], anchors: Anchors, kind: Kind | None = None) -> AnchorsContent:
    """Where networks lie among anchors that were read on the same examples.

    Args:
        found: The networks.
        anchors: Of the kinds "clean" and "random", and others.
        kind: Of the memorization that is feared. Where it is shortcuts, and there are anchors that follow one, the
            scale runs from clean to these, else to random.
    """
    end = SHORTCUT if kind == "heuristic" and SHORTCUT in anchors.by_kind else RANDOM
    scales: list[ScaleRow] = []
    places: list[PlaceRow] = []
    for measure in MEASURES:
        scale, own = _on_scale(measure, found, anchors, end)
        scales.append(scale)
        places += own
    return {
        "family": anchors.family,
        "trained": anchors.trained,
        "seeds": min(len(own) for own in anchors.by_kind.values()),
        "anchors": [_anchor_row(name, kind, one) for kind, own in anchors.by_kind.items() for name, one in own.items()],
        "scales": scales,
        "places": places,
    }


def mistrusted(
    found: Mapping[str, NetworkNumbers], anchors: Anchors, placing: AnchorsContent, kind: Kind | None
) -> list[str]:
    """What to mistrust about the places: networks unlike the anchors, and anchors that know no shortcut."""
    return [*_unlike(found, anchors), *_wrong_labels_alone(placing, kind), *_not_learned(placing)]


def without_advice(placing: AnchorsContent, kind: Kind) -> str:
    """Why anchors leave no advice against this kind of memorization, "" where nothing of them speaks against it."""
    scale = placing["scales"][0]
    return scale["ambiguous"] or _backwards(scale, kind)


def _anchor_row(name: str, kind: str, one: NetworkNumbers) -> AnchorRow:
    values = {measure: one.numbers[measure].value for measure in MEASURES}
    return {"anchor": name, "kind": kind, "how": one.how, "taps": dict(one.widths), "values": values}


def _on_scale(
    measure: str, found: Mapping[str, NetworkNumbers], anchors: Anchors, end: str
) -> tuple[ScaleRow, list[PlaceRow]]:
    """The scale of one measure, from clean to this end, and the places on it."""
    groups = {kind: Group(tuple(one.numbers[measure] for one in own.values())) for kind, own in anchors.by_kind.items()}
    undefined = [name for name, one in anchors.all.items() if one.numbers[measure].value is None]
    if undefined:
        why = f"ambiguous: {MEASURES[measure]} of the anchor {undefined[0]} is undefined"
        scale = _scale(measure, end, dict.fromkeys(groups), None, {}, why, [], None)
        return scale, [_no_place(name, measure) for name in found]
    spread = spread_over_seeds(list(groups.values()))
    apart = {kind: _apart(groups, {kind: 1.0, CLEAN: -1.0}, spread) for kind in groups if kind != CLEAN}
    means: dict[str, float | None] = {kind: group.mean for kind, group in groups.items()}
    lower = groups[end].mean < groups[CLEAN].mean
    order = order_of({name: one.numbers[measure] for name, one in found.items()}, lower) if apart[end] else None
    scale = _scale(
        measure,
        end,
        means,
        spread.variance**0.5,
        apart,
        ""
        if apart[end]
        else f"ambiguous: anchors do not separate by {MEASURES[measure]} ({_differ(groups, end, spread)})",
        list(_directions(measure, groups, apart)),
        [list(group) for group in order.groups] if order else None,
    )
    if not apart[end]:
        return scale, [_no_place(name, measure) for name in found]
    return scale, [_place(name, measure, one, groups, end, spread) for name, one in found.items()]


def _scale(
    measure: str,
    end: str,
    means: dict[str, float | None],
    spread: float | None,
    apart: dict[str, bool],
    ambiguous: str,
    direction: list[str],
    order: list[list[str]] | None,
) -> ScaleRow:
    return {
        "measure": measure,
        "end": end,
        "means": means,
        "spread": spread,
        "apart": apart,
        "ambiguous": ambiguous,
        "direction": direction,
        "order": order,
    }


def _apart(groups: Mapping[str, Group], weights: Mapping[str, float], spread: Spread) -> bool:
    difference = weighted(groups, weights, spread)
    return difference is not None and difference.apart


def _differ(groups: Mapping[str, Group], end: str, spread: Spread) -> str:
    """How far the ends of a scale are from each other, beside how far that errs."""
    both = " and ".join(f"{kind} {groups[kind].mean:.3f}" for kind in (CLEAN, end))
    difference = weighted(groups, {end: 1.0, CLEAN: -1.0}, spread)
    if difference is None:
        return f"{both}, and nothing is known of other trainings or examples"
    return f"{both}, a difference of {difference.value:+.3f} ±{difference.error:.3f}"


def _directions(measure: str, groups: Mapping[str, Group], apart: Mapping[str, bool]) -> Iterator[str]:
    """Which way memorizing moves the measure on these data, in words; nothing of what does not move it visibly."""
    word = MEASURES[measure]
    if apart[RANDOM]:
        lowers = "lowers" if groups[RANDOM].mean < groups[CLEAN].mean else "raises"
        means = ", ".join(f"{kind} {groups[kind].mean:.3f}" for kind in groups if kind != SHORTCUT)
        yield f"on these data memorizing wrong labels {lowers} {word}: {means}"
    if apart.get(SHORTCUT):
        lowers = "lowers" if groups[SHORTCUT].mean < groups[CLEAN].mean else "raises"
        means = ", ".join(f"{kind} {groups[kind].mean:.3f}" for kind in (CLEAN, SHORTCUT))
        yield f"on these data the shortcut {lowers} {word}: {means}"
    elif SHORTCUT in groups:
        yield f"the anchors of the shortcut are not apart from clean by {word}: {groups[SHORTCUT].mean:.3f}"


def _no_place(name: str, measure: str) -> PlaceRow:
    return {"network": name, "measure": measure, "place": None, "error": None, "at": [], "words": ""}


def _place(
    name: str, measure: str, one: NetworkNumbers, anchors: Mapping[str, Group], end: str, spread: Spread
) -> PlaceRow:
    """Where one network lies; its error is that of the ratio by the delta method, read on the same halves."""
    number = one.numbers[measure]
    value = number.value
    if value is None:
        return _no_place(name, measure)
    own = "the network"  # no kind of anchor is called so
    groups = {**anchors, own: Group((number,))}
    length = groups[end].mean - groups[CLEAN].mean
    place = (value - groups[CLEAN].mean) / length
    found = weighted(groups, {own: 1.0, CLEAN: place - 1.0, end: -place}, spread)
    near = sorted(anchors, key=lambda kind: abs(anchors[kind].mean - value))
    at = [kind for kind in near if not _apart(groups, {own: 1.0, kind: -1.0}, spread)]
    return {
        "network": name,
        "measure": measure,
        "place": place,
        "error": None if found is None else found.error / abs(length),
        "at": at,
        "words": f"at {' or '.join(at)}" if at else _between(value, {k: g.mean for k, g in anchors.items()}),
    }


def _between(value: float, means: Mapping[str, float]) -> str:
    """The two kinds between which a value lies, or the one beyond which it does.

    >>> _between(2.0, {"clean": 1.0, "random": 3.0}), _between(4.0, {"clean": 1.0, "random": 3.0})
    ('between clean and random', 'beyond random')
    """
    below = max((kind for kind in means if means[kind] <= value), key=lambda kind: means[kind], default=None)
    above = min((kind for kind in means if means[kind] > value), key=lambda kind: means[kind], default=None)
    if below is None or above is None:
        return f"beyond {below or above}"
    first, second = sorted((below, above), key=list(means).index)
    return f"between {first} and {second}"


def _unlike(found: Mapping[str, NetworkNumbers], anchors: Anchors) -> Iterator[str]:
    """Networks of other widths or taps than the anchors have."""
    own = next(iter(anchors.all.values())).widths
    for name, one in found.items():
        if list(one.widths.values()) != list(own.values()):
            here, there = (" + ".join(map(str, widths.values())) for widths in (one.widths, own))
            yield (
                f"{name} has {here} neurons and the anchors of {anchors.family} {there}: its place among them says "
                "nothing"
            )
        elif list(one.widths) != list(own):
            here, there = (", ".join(widths) for widths in (one.widths, own))
            yield f"{name} is read at {here} and the anchors at {there}: are these the same?"


def _wrong_labels_alone(placing: AnchorsContent, kind: Kind | None) -> Iterator[str]:
    """That no anchors follow a shortcut, where one is feared."""
    if kind == "heuristic" and SHORTCUT not in placing["scales"][0]["means"]:
        yield "the anchors know wrong labels alone, and shortcuts are feared: --shortcut trains anchors that follow one"


def _backwards(scale: ScaleRow, kind: Kind) -> str:
    """That a kind takes for good what the anchors say is bad, or that these do not say."""
    shown = SHORTCUT if kind == "heuristic" else RANDOM
    clean, memorizing = scale["means"][CLEAN], scale["means"].get(shown)
    if clean is None or memorizing is None:
        return ""
    if not scale["apart"][shown]:
        return f"ambiguous: anchors of the {shown} do not separate from clean by mean MI"
    if (clean > memorizing) == high_is_better("mean-mi", kind):
        return ""
    good = "high" if high_is_better("mean-mi", kind) else "low"
    return (
        f"the order is backwards here: the kind {kind} takes {good} mean MI for good, and on these data the anchors "
        f"say the opposite (clean {clean:.3f}, {shown} {memorizing:.3f})"
    )


def _not_learned(placing: AnchorsContent) -> Iterator[str]:
    """Anchors that have not learned their training set, which memorize less than their name says."""
    names: Sequence[str] = [row["anchor"] for row in placing["anchors"] if row["how"].endswith("too few")]
    if names:
        yield f"not learned by heart what they were trained on: the anchors {', '.join(names)}; --anchor-epochs N"
