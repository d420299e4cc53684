"""From the numbers of a network and of its anchor to an anchored number.

In: the measures of a plan, and its results. Out: the results with the plan's anchored measures among the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import hypot
from typing import Literal

from benchmark.plain.strict_json import in_range
from benchmark.plan.content import AnchoredFacts, CellPart, CellRow, MeasureFacts
from benchmark.record import MeasuredContent, Record
from benchmark.results.result import Result


def with_anchored(measures: Mapping[str, MeasureFacts], results: Iterable[Result]) -> Iterable[Result]:
    """The same results; those of scored networks hold the anchored measures too."""
    wanted = {name: measure["anchored"] for name, measure in measures.items() if measure["anchored"]}
    if not wanted:
        return results
    anchors = {_place(one.cell): one for one in results if one.cell["work"] == "score" and one.cell["anchor"]}
    networks = {one.cell["key"]: one.record for one in results if one.cell["work"] == "train"}
    return [_beside_anchors(one, wanted, anchors, networks) if one.is_score else one for one in results]


def _beside_anchors(
    result: Result,
    wanted: Mapping[str, AnchoredFacts],
    anchors: Mapping[tuple[object, ...], Result],
    networks: Mapping[str, Record | None],
) -> Result:
    """One score with its anchored measures, by the anchor of its own condition or by that of the first one."""
    cell, score = result.cell, result.score
    if score is None:
        return result
    first = result.suite["conditions"][0]
    elsewhere = cell["condition"] if cell["inputs"] == "in-distribution" and cell["condition"] != first else None
    places = {"own": _place(cell), "first": _place({**cell, "condition": first, "read_on": elsewhere})}
    found = {to: anchors.get(place) for to, place in places.items()}
    anchored = {
        name: _anchored(score["measures"][how["of"]], how, found[how["to"]], networks)
        for name, how in wanted.items()
        if how["of"] in score["measures"]
    }
    return replace(result, record={**score, "measures": {**score["measures"], **anchored}})


def ratio(value: float | None, anchor: float | None) -> float | None:
    """How many times the anchor's value. None where either is missing, or the anchor's is 0 or too near to it.

    >>> ratio(0.3, 0.2)
    1.5
    >>> ratio(0.3, 1e-300)
    """
    if value is None or not anchor:
        return None
    times = value / anchor
    return round(times, 15) if in_range(times) else None


def difference(value: float | None, anchor: float | None) -> float | None:
    """How far above the anchor's value. None where either is missing, or the difference is beyond all numbers.

    >>> difference(3.0, 2.5)
    0.5
    """
    if value is None or anchor is None:
        return None
    above = value - anchor
    return above if in_range(above) else None


BY = {"ratio": ratio, "difference": difference}


_PLACE: tuple[CellPart, ...] = ("entry", "recipe", "condition", "seed", "inputs", "scope", "read_on")


def _place(cell: CellRow) -> tuple[object, ...]:
    return tuple(cell[name] for name in _PLACE)


def _anchored(
    value: MeasuredContent, how: AnchoredFacts, anchor: Result | None, networks: Mapping[str, Record | None]
) -> MeasuredContent:
    """One anchored value, from the network's own and that of its anchor."""
    score = anchor.score if anchor else None
    beside = score["measures"].get(how["of"]) if score else None
    if beside is None:
        network = networks.get(anchor.cell["train"]) if anchor else None
        diverged = network is not None and network["outcome"] == "diverged"
        return _undefined("its anchor diverged" if diverged else "its anchor is missing")
    if value["value"] is None or beside["value"] is None:
        return _undefined(value["reason"] or f"of its anchor: {beside['reason']}")
    by = BY[how["by"]]
    number = by(value["value"], beside["value"])
    if number is None:
        wrong = "is 0" if not beside["value"] else f"is {beside['value']:g}, beyond what can be compared"
        return _undefined(f"{how['of']} of its anchor {wrong}")
    return {
        "value": number,
        "per_tap": {tap: by(own, beside["per_tap"].get(tap)) for tap, own in value["per_tap"].items()},
        "reason": None,
        "standard_error": _error(value, beside, how["by"]),
        "sub_samples": [by(a, b) for a, b in zip(value["sub_samples"], beside["sub_samples"], strict=False)],
    }


def _error(value: MeasuredContent, beside: MeasuredContent, by: Literal["ratio", "difference"]) -> float | None:
    """The standard error from sampled pairs, that of the anchor included; of a ratio to first order.

    To first order x / a moves with x by 1 / a and with a by x / a^2: x may be 0, only a may not. None where it is not
    known, or beyond all numbers.
    """
    own, of_anchor = value["standard_error"], beside["standard_error"]
    if own is None or of_anchor is None:
        return None
    if by == "ratio" and (anchor := beside["value"]) is not None and value["value"] is not None:
        own, of_anchor = own / anchor, value["value"] / anchor * (of_anchor / anchor)
    error = hypot(own, of_anchor)
    return error if in_range(error) else None


def _undefined(reason: str) -> MeasuredContent:
    return {"value": None, "per_tap": {}, "reason": reason, "standard_error": None, "sub_samples": []}
