"""Boards made by hand for the screen: what board.json holds of suites, taus and claims, without any records."""

from collections.abc import Sequence
from typing import Any

from leaderboard.rows.schema import SCHEMA

MEASURES = {"mean-entropy": "", "mean-mi": "", "mean-confidence": "", "held-out-accuracy": "yardstick"}
PLACEBOS = {"random": "placebo", "weight-norm": "placebo"}
BOTH = ("evaluation", "in-distribution")
# suite, kind, metric, networks, and the taus of the headline measures with the paper's in brackets behind
QUICK: list[tuple[str, str, str, int, tuple[float | None, ...], tuple[float | None, ...]]] = [
    ("colored-mnist", "heuristic", "accuracy", 5, (0.4, 0.8), (1.0, 1.0)),
    ("shuffled-mnist", "example-level", "accuracy", 5, (0.8, 0.8), (1.0, 1.0)),
    ("circles-spurious", "heuristic", "accuracy", 5, (-0.2, 0.6), (None, None)),
    ("circles-shuffled", "example-level", "accuracy", 5, (1.0, 1.0), (None, None)),
    ("sentiment-adjectives", "heuristic", "accuracy", 3, (1.0, -0.33), (0.8, 0.8)),
    ("shuffled-imdb", "example-level", "accuracy", 3, (0.33, 0.33), (0.6, 0.8)),
    ("bias-in-bios", "heuristic", "compression", 6, (0.47, -0.2), (0.47, 0.6)),
    ("bias-in-bios", "heuristic", "tpr-gap", 6, (0.2, 0.07), (0.2, 0.07)),
    ("bias-in-bios", "heuristic", "sufficiency-gap", 6, (None, 0.2), (0.2, 0.33)),
    ("nico", "heuristic", "accuracy", 5, (-0.4, 0.2), (None, None)),
]
MORE = "needs 7 groups of data, here 5: two more suites on other data"
P_MIN = {2: 1.0, 3: 0.333, 4: 0.083, 5: 0.017, 6: 0.003}


def made_board(
    suites: Sequence[Any] = QUICK,
    inputs: Sequence[str] = BOTH,
    recipes: Sequence[str] = ("",),
    orders: Sequence[str] = ("not shown", "yes"),
    **other: Any,
) -> dict[str, Any]:
    """A board of some suites; `orders` are the claims of the two headline measures on the first inputs."""
    rows = [
        _row(suite, read, recipe, number, measure, kind)
        for suite in suites
        for read in inputs
        for number, (measure, kind) in enumerate((MEASURES | PLACEBOS).items())
        for recipe in recipes
    ]
    pooled = [
        {"inputs": read, "scope": "tap", "measure": name, "tau": tau, "p": 0.02, "suites": len(suites), "left_out": 0}
        | {"p_holm": p}
        for read in inputs
        for name, tau, p in (
            ("mean-entropy", 0.17, 0.151),
            ("mean-mi", 0.37, 0.02),
            ("mean-confidence", 0.2, None),
            ("held-out-accuracy", 0.9, None),
            ("random", -0.1, None),
            ("weight-norm", 0.69, None),
        )
    ]
    claims = [
        claim(name, read, orders[place] if read == inputs[0] else "not shown", tau)
        for read in inputs
        for place, (name, tau) in enumerate((("mean-entropy", 0.17), ("mean-mi", 0.37)))
    ]
    size = {"suites": 8, "networks": 61, "cells": 183, "published": 183, "diverged": 0, "warnings": 10}
    warnings = [{"key": f"cell-{number}", "warning": "constant neurons"} for number in range(10)]
    board = {"schema": SCHEMA, "plan": "quick", "size": size, "agreement": rows, "pooled": pooled, "claims": claims}
    return {**board, "hypotheses": ["mean-entropy", "mean-mi"], "missing": [], "warnings": warnings, **other}


def claim(measure: str, inputs: str, orders: str, tau: float | None, **other: Any) -> dict[str, Any]:
    """A claim about a hypothesis, which beats no placebo and selects nowhere."""
    beats = [duel(name, "not shown") for name in PLACEBOS]
    place = {"inputs": inputs, "scope": "tap", "measure": measure, "exploratory": False}
    shown = {"orders": orders, "tau": tau, "p": 0.02, "best": 0.004, "needs": MORE if orders == "cannot" else None}
    rests_on = {"suites": 8, "groups": 8, "left_out": 0, "about": "networks of other seeds", "by": "this plan"}
    together = all_of(other.get("beats", beats))
    return {**place, **shown, **rests_on, "beats": beats, "placebos": together, "within": [], **other}


def duel(placebo: str, shown: str, **other: Any) -> dict[str, Any]:
    """How a hypothesis stands to a placebo."""
    counts = {"difference": 0.2, "ahead": 5, "behind": 3, "suites": 8, "groups": 8, "p": 0.5, "best": 0.004}
    needs = MORE if shown == "cannot" else None
    return {"placebo": placebo, "shown": shown, **counts, "needs": needs, "about": "networks of other seeds", **other}


def all_of(beats: Sequence[Any]) -> dict[str, Any]:
    """What is shown against all placebos together."""
    shown = {one["shown"] for one in beats}
    word = (
        "undefined" if not shown else "beats" if shown == {"beats"} else "cannot" if "cannot" in shown else "not shown"
    )
    return {"shown": word, "p": 0.5, "best": 0.004, "needs": MORE if word == "cannot" else None}


def _row(suite: Any, inputs: str, recipe: str, number: int, measure: str, kind: str) -> dict[str, Any]:
    name, memorization, metric, networks, taus, papers = suite
    return {
        "suite": name,
        "data": "digits",
        "family": "mlp",
        "kind": memorization,
        "recipe": recipe,
        "inputs": inputs,
        "scope": "tap",
        "metric": metric,
        "measure": measure,
        "placebo": kind == "placebo",
        "yardstick": kind == "yardstick",
        "tau": taus[number] if number < len(taus) else 0.6,
        "n": networks,
        "left_out": 0,
        "p_min": P_MIN.get(networks),
        "paper": papers[number] if number < len(papers) and recipe in ("", "a") else None,
        "as_in_paper": False,
    }
