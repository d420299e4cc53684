"""From the numbers of a network and of its anchor to an anchored number.

In: the content of plan.json and records. Out: the records with the plan's anchored measures among the others.
"""

from collections.abc import Mapping
from math import hypot
from typing import Any

from benchmark.plain.strict_json import in_range
from benchmark.types import Record

Value = Mapping[str, Any]


def with_anchored(resolved: Mapping[str, Any], records: Mapping[str, Record]) -> Mapping[str, Record]:
    """The same records; those of networks hold the anchored measures too. `records` are train and score, by key."""
    measures = {name: measure["anchored"] for name, measure in resolved["measures"].items() if measure["anchored"]}
    if not measures:
        return records
    anchors = {_place(cell): cell for cell in resolved["cells"] if cell["work"] == "score" and cell["anchor"]}
    result = dict(records)
    for cell in resolved["cells"]:
        if cell["work"] == "score" and not cell["anchor"] and cell["key"] in records:
            record = records[cell["key"]]
            first = resolved["entries"][cell["entry"]]["conditions"][0]
            elsewhere = (
                cell["condition"] if cell["inputs"] == "in-distribution" and cell["condition"] != first else None
            )
            wanted = {"own": _place(cell), "first": _place({**cell, "condition": first, "read_on": elsewhere})}
            found = {to: anchors.get(place) for to, place in wanted.items()}
            anchored = {
                name: _anchored(record["measures"].get(how["of"]), how, found[how["to"]], records)
                for name, how in measures.items()
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


def _place(cell: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(cell[name] for name in ("entry", "recipe", "condition", "seed", "inputs", "scope", "read_on"))


def _anchored(
    value: Value | None, how: Mapping[str, str], anchor: Mapping[str, Any] | None, records: Mapping[str, Record]
) -> Value | None:
    """One anchored value; None where the network's own is not there."""
    if value is None:
        return None
    beside = records.get(anchor["key"], {}).get("measures", {}).get(how["of"]) if anchor else None
    if beside is None:
        diverged = anchor and records.get(anchor["train"], {}).get("outcome") == "diverged"
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


def _error(value: Value, beside: Value, by: str) -> float | None:
    """The standard error from sampled pairs, that of the anchor included; of a ratio to first order.

    To first order x / a moves with x by 1 / a and with a by x / a^2: x may be 0, only a may not. None where it is not
    known, or beyond all numbers.
    """
    errors = [one["standard_error"] for one in (value, beside)]
    if None in errors:
        return None
    own, of_anchor = errors
    if by == "ratio":
        anchor = beside["value"]
        own, of_anchor = own / anchor, value["value"] / anchor * (of_anchor / anchor)
    error = hypot(own, of_anchor)
    return error if in_range(error) else None


def _undefined(reason: str) -> Value:
    return {"value": None, "per_tap": {}, "reason": reason, "standard_error": None, "sub_samples": []}
