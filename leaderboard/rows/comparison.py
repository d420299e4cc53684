"""Two boards side by side: what differs, how far that could be chance, and what was done otherwise.

In: two parts. Out: the content of comparison.json, a pure function of them.
"""

from collections.abc import Sequence
from math import isnan, nan
from statistics import fmean
from typing import Literal

from benchmark.plain.keeping import keeping
from benchmark.statistics.exchange import DRAWN
from leaderboard.content.comparison import ComparisonContent, PooledRow, Role, SideContent, TauRow
from leaderboard.rows.comparison_exchange import Exchanged, exchange
from leaderboard.rows.comparison_numbers import number_rows, order_rows
from leaderboard.rows.comparison_pairs import only_one_has, paired
from leaderboard.rows.comparison_parts import Part, Suite
from leaderboard.rows.comparison_settings import setting_rows
from leaderboard.rows.comparison_taus import RANKS, role_of, tau_rows
from leaderboard.rows.comparison_verdict import verdict
from registry import UserError

SCHEMA = 1
SIDES: tuple[Literal["tau_a", "tau_b"], ...] = ("tau_a", "tau_b")
SHOWN = 6  # suites of a side in a message


@keeping()
def build_comparison(a: Part, b: Part, drawn: int = DRAWN) -> ComparisonContent:
    """The comparison of two sides.

    Args:
        a: One side.
        b: The other; a difference is `a` less `b`.
        drawn: How many exchanges of networks are drawn where not all are looked at.

    Raises:
        UserError: The two have nothing in common.
    """
    pairs = [pair for pair in paired(a, b) if pair.reads and (pair.conditions or not pair.b.models)]
    better = {**b.metrics, **a.metrics}
    taus, signs = tau_rows(a, b, pairs, better)
    numbers, orders = number_rows(a, b, pairs), order_rows(a, b, pairs)
    if not taus and not numbers:
        raise UserError(_nothing_in_common(a, b))
    found = exchange(pairs, signs, better, drawn) if a.holds == b.holds == "records" else None
    pooled = _pooled(a, b, [row for _, row in taus], found)
    for tau_key, tau in taus:
        tau["p"], tau["p_corrected"] = _ps(found, ("tau", *tau_key))
    for order_key, order in orders:
        order["p"], order["p_corrected"] = _ps(found, ("mean", *order_key))
    for number_key, number in numbers:
        number["p"], number["p_corrected"] = _ps(found, ("number", *number_key))
    rows = [row for _, row in taus], pooled, [row for _, row in orders], [row for _, row in numbers]
    return {
        "schema": SCHEMA,
        "a": _side(a),
        "b": _side(b),
        "verdict": verdict(a, b, found, *rows),
        "taus": rows[0],
        "pooled": rows[1],
        "orders": rows[2],
        "numbers": rows[3],
        "settings": setting_rows(a, b, pairs),
        "only": only_one_has(a, b, paired(a, b)),
    }


def _pooled(a: Part, b: Part, taus: Sequence[TauRow], found: Exchanged | None) -> list[PooledRow]:
    """Rows of all suites together: of taus with a direction, as a board pools them; and of means, where tested."""
    rows: list[PooledRow] = []
    groups: dict[tuple[str, str, str], dict[tuple[str, str, str], list[TauRow]]] = {}
    for row in taus:
        if row["role"] != "placebo" and row["tau_a"] is not None and row["tau_b"] is not None:
            place = (row["inputs"], row["scope"], row["measure"])
            groups.setdefault(place, {}).setdefault((row["suite"], row["data"], row["family"]), []).append(row)
    for (inputs, scope, name), suites in groups.items():
        if len(suites) > 1:
            one, other = (fmean(fmean(row[side] or 0.0 for row in own) for own in suites.values()) for side in SIDES)
            p = _ps(found, ("taus", inputs, scope, ("measure", name)))
            rows.append(
                _row(inputs, scope, "taus", name, role_of(a, b, name), len(suites), one, other, one - other, *p)
            )
    for (of, inputs, scope, number), (value, suites_of) in found.of_all.items() if found else ():
        p = _ps(found, (of, inputs, scope, number))
        role = role_of(a, b, number[1]) if number[0] == "measure" else "measure"
        rows.append(_row(inputs, scope, "means", number[1], role, suites_of, None, None, value, *p))
    return sorted(rows, key=lambda row: (row["of"] == "means", RANKS.index(row["role"])))


def _row(
    inputs: str,
    scope: str,
    of: Literal["taus", "means"],
    name: str,
    role: Role,
    suites: int,
    a: float | None,
    b: float | None,
    difference: float,
    p: float | None,
    corrected: float | None,
) -> PooledRow:
    place: PooledRow = {
        "inputs": inputs,
        "scope": scope,
        "of": of,
        "name": name,
        "role": role,
        "suites": suites,
        "a": a,
        "b": b,
        "difference": difference,
        "p": p,
        "p_corrected": corrected,
    }
    return place


def _ps(found: Exchanged | None, key: tuple[object, ...]) -> tuple[float | None, float | None]:
    """The p of a row by itself and corrected, None where there is none."""
    own, corrected = (nan, nan) if found is None else found.found.get(key, (nan, nan))
    return (None, None) if isnan(own) else (own, corrected)


def _side(part: Part) -> SideContent:
    return {
        "said": part.said,
        "plan": part.plan,
        "digest": part.digest,
        "holds": part.holds,
        "suites": len(part.suites),
        "networks": part.networks,
    }


def _nothing_in_common(a: Part, b: Part) -> str:
    """What to say of two sides without a common row: the suites of each, or what of common suites is other."""
    common = {(one.suite, one.family): (one, other) for one in a.suites for other in b.suites if _alike(one, other)}
    if not common:
        return f"nothing in common: A has {_has(a)}; B has {_has(b)}"
    (suite, family), (one, other) = next(iter(common.items()))
    recipes = [f"{len(side.recipes)} recipe{'s' if len(side.recipes) > 1 else ''}" for side in (one, other)]
    return (
        f"nothing in common: both have {suite} with {family}, but no network of one recipe, condition and kind of "
        f"inputs (A has {recipes[0]}, B has {recipes[1]})"
    )


def _alike(one: Suite, other: Suite) -> bool:
    return (one.suite, one.family) == (other.suite, other.family)


def _has(part: Part) -> str:
    """The suites of a side with their families, the first few of them."""
    names = [f"{suite.suite} with {suite.family}" for suite in part.suites]
    return ", ".join([*names[:SHOWN], *(["..."] if names[SHOWN:] else [])])
