"""Boards made by hand that hold all that figures are drawn from, with numbers that tell the paper's story."""

import base64
from collections.abc import Sequence
from functools import cache
from typing import Any

CONDITIONS = (0.0, 0.5, 1.0)
TAPS = ("hidden1", "hidden2")
SIDE = 50


def suite(name: str = "colored", kind: str = "heuristic", **other: Any) -> dict[str, Any]:
    """What a board says of one suite; `other` replaces what stands here."""
    return {
        "suite": name,
        "data": "digits",
        "family": "mlp",
        "kind": kind,
        "knob": "alpha" if kind == "heuristic" else "beta",
        "conditions": CONDITIONS,
        "names": {},
        "taps": TAPS,
        "figures": "2 and 3" if kind == "heuristic" else "6 and 7",
        "metrics": ("accuracy",),
        "inputs": ("evaluation",),
        "recipes": ("",),
        "neurons": 32,
        "slope": 1.0,
        "circles": False,
        **other,
    }


def board(*suites: dict[str, Any]) -> dict[str, Any]:
    """A board of these suites. With slope 1 entropy and MI do what the paper says, with -1 the reverse."""
    parts: dict[str, Any] = {name: [] for name in ("suites", "agreement", "models", "ends")}
    taps: list[dict[str, Any]] = []
    circles: list[dict[str, Any]] = []
    for one in suites:
        parts["suites"].append({key: one[key] for key in ("suite", "data", "family", "kind", "knob", "figures")})
        for recipe in one["recipes"]:
            if one["circles"]:
                circles += _circles(one, recipe)
            for inputs in one["inputs"]:
                about = {key: one[key] for key in ("suite", "data", "family", "kind")}
                about |= {"recipe": recipe, "inputs": inputs, "scope": "tap"}
                parts["models"] += [_model(one, about, at) for at in range(len(one["conditions"]))]
                parts["agreement"] += _agreement(one, about)
                parts["ends"] += _ends(one, about)
                taps += [_tap(one, about, at, tap) for tap in one["taps"] for at in range(len(one["conditions"]))]
    return {"schema": 2, "plan": "by-hand", **parts, "figures": {"taps": taps, "circles": circles}}


def entropy_of(one: dict[str, Any], at: int) -> float:
    """The median entropy of a condition."""
    share = at / max(1, len(one["conditions"]) - 1)
    return 3.0 + one["slope"] * share * (1 if one["kind"] == "example-level" else -1)


def mi_of(one: dict[str, Any], at: int) -> float:
    """The mean MI of a condition."""
    share = at / max(1, len(one["conditions"]) - 1)
    return 0.4 - one["slope"] * share * (0.2 if one["kind"] == "example-level" else -0.2)


def _number(mean: float | None, taps: Sequence[str] = ()) -> dict[str, Any]:
    return {"mean": mean, "sd": None, "error": 0.01, "per_tap": dict.fromkeys(taps, mean)}


def _model(one: dict[str, Any], about: dict[str, Any], at: int) -> dict[str, Any]:
    condition = one["conditions"][at]
    return {
        **about,
        "knob": one["knob"],
        "condition": condition,
        "condition_name": one["names"].get(condition),
        "seeds": [0],
        "measures": {
            "mean-entropy": _number(entropy_of(one, at), one["taps"]),
            "mean-mi": _number(mi_of(one, at), one["taps"]),
            "steps": _number(100.0),
        },
        "training_accuracy": _number(1.0),
        "metrics": {name: _number(0.9 - 0.4 * at / len(one["conditions"])) for name in one["metrics"]},
    }


def _tap(one: dict[str, Any], about: dict[str, Any], at: int, tap: str) -> dict[str, Any]:
    median = entropy_of(one, at)
    neurons = one["neurons"]
    box = {
        "neurons": neurons,
        "low": median - 0.5,
        "q1": median - 0.2,
        "median": median,
        "q3": median + 0.2,
        "high": median + 0.5,
        "notch": [median - 0.05, median + 0.05] if neurons >= 10 else None,
    }
    peak = round(64 * mi_of(one, at))
    density = [max(0.0, 2.0 - abs(step - peak) / 8) for step in range(64)]
    mi = {"pairs": 496, "below_zero": 0.02, "last": 1.0, "density": density}
    place = {key: about[key] for key in ("suite", "data", "family", "recipe", "inputs", "scope")}
    return {**place, "condition": one["conditions"][at], "tap": tap, "entropy": box, "mi": mi}


def _agreement(one: dict[str, Any], about: dict[str, Any]) -> list[dict[str, Any]]:
    measures = {"mean-entropy": False, "mean-mi": False, "steps": True}
    n = len(one["conditions"])
    return [
        {
            **about,
            "metric": metric,
            "measure": measure,
            "placebo": placebo,
            "yardstick": False,
            "tau": None if n < 2 else 0.8,
            "p": None if n < 2 else 0.083,
            "n": n,
            "reason": "fewer than two models" if n < 2 else None,
        }
        for metric in one["metrics"]
        for measure, placebo in measures.items()
    ]


def _ends(one: dict[str, Any], about: dict[str, Any]) -> list[dict[str, Any]]:
    if len(one["conditions"]) < 2:
        return []
    last = len(one["conditions"]) - 1
    numbers = {"mean-entropy": entropy_of, "mean-mi": mi_of}
    return [
        {**about, "number": name, "is": "measure", "values": [of(one, 0), of(one, last)], "seen": "as expected"}
        for name, of in numbers.items()
    ]


def _circles(one: dict[str, Any], recipe: str) -> list[dict[str, Any]]:
    """Neurons that rise along directions which lie the closer together, the more a shortcut is memorized."""
    rows = []
    for at, condition in enumerate(one["conditions"]):
        turns = [number * (0.05 if at else 0.25) for number in range(5)]
        rows.append(
            {
                **{key: one[key] for key in ("suite", "data", "family")},
                "recipe": recipe,
                "condition": condition,
                "seed": 0,
                "tap": "hidden2",
                "low": -2.0,
                "high": 2.0,
                "side": SIDE,
                "neurons": [base64.b64encode(_rising_along(turn)).decode() for turn in turns],
            }
        )
    return rows


@cache
def _rising_along(turn: float) -> bytes:
    """A neuron on the plane, from low y on."""
    values = [int(100 * (x * turn + y * (1 - turn)) / SIDE) for y in range(SIDE) for x in range(SIDE)]
    highest = max(values)
    return bytes(255 * value // highest for value in values)
