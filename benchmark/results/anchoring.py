"""From the numbers of a network and of its anchor to an anchored number.

In: the content of plan.json and records. Out: the records with the plan's anchored measures among the others.
"""

from collections.abc import Mapping
from math import hypot
from typing import Literal

from benchmark.plain.strict_json import in_range
from benchmark.plan.content import AnchoredFacts, CellPart, CellRow, ResolvedContent
from benchmark.record import MeasuredContent, Record, of_score


def with_anchored(resolved: ResolvedContent, records: Mapping[str, Record]) -> Mapping[str, Record]:
    """The same records; those of networks hold the anchored measures too. `records` are train and score, by key."""
    measures = {name: measure["anchored"] for name, measure in resolved["measures"].items() if measure["anchored"]}
    if not measures:
        return records
    anchors = {_place(cell): cell for cell in resolved["cells"] if cell["work"] == "score" and cell["anchor"]}
    result = dict(records)
    for cell in resolved["cells"]:
        record = of_score(records.get(cell["key"]))
        if record is not None and not cell["anchor"]:
            first = resolved["entries"][cell["entry"]]["conditions"][0]
            elsewhere = (
                cell["condition"] if cell["inputs"] == "in-distribution" and cell["condition"] != first else None
            )
            wanted = {"own": _place(cell), "first": _place({**cell, "condition": first, "read_on": elsewhere})}
            found = {to: anchors.get(place) for to, place in wanted.items()}
            anchored = {
                name: _anchored(record["measures"][how["of"]], how, found[how["to"]], records)
                for name, how in measures.items()
                if how["of"] in record["measures"]
            }
            result[cell["key"]] = {**record, "measures": {**record["measures"], **anchored}}
    return result


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
    value: MeasuredContent, how: AnchoredFacts, anchor: CellRow | None, records: Mapping[str, Record]
) -> MeasuredContent:
    """One anchored value, from the network's own and that of its anchor."""
    score = of_score(records.get(anchor["key"])) if anchor else None
    beside = score["measures"].get(how["of"]) if score else None
    if beside is None:
        network = records.get(anchor["train"]) if anchor else None
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
