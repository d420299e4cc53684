"""Which models a measure cannot tell apart: where there is a choice to make, what is tied and what not to pick.

In: the facts of measures, the models, the rows of agreement, and what the board claims. Out: tie groups, best first.
"""

from collections.abc import Iterable, Iterator
from statistics import fmean
from typing import Any, Literal, cast

from benchmark.plan.content import PlanEntry
from benchmark.results.models import Model
from benchmark.statistics.errors import about, apart
from benchmark.statistics.noise import tie_groups
from benchmark.statistics.ranks import oriented
from leaderboard.content.taus import AgreementRow, ClaimRow, PlaceColumns, TieRow
from leaderboard.rows.facts import Facts
from leaderboard.rows.grouping import SUITE, grouped, named, place

Row = dict[str, Any]

PlaceKey = Literal["suite", "data", "family", "inputs", "scope"]
PLACE: tuple[PlaceKey, ...] = (*SUITE, "inputs", "scope")


def tie_rows(
    facts: Facts, ranked: list[Model], agreement: Iterable[AgreementRow], claims: Iterable[ClaimRow]
) -> list[TieRow]:
    """One row for each measure and choice: among the recipes of a condition, else among the conditions.

    `here` is the measure's mean tau in this suite, over metrics and recipes. A measure is `trusted` where it is a
    hypothesis of which one of the claims is that it orders the conditions, and `here` is above 0; nothing is
    recommended by another. A trial claims nothing.
    """
    shown = {
        (claim["inputs"], claim["scope"], claim["measure"])
        for claim in claims
        if claim["orders"] == "yes" and not claim["exploratory"]
    }
    taus: dict[tuple[str, ...], list[float | None]] = {}
    for row in agreement:
        taus.setdefault((*(row[key] for key in PLACE), row["measure"]), []).append(row["tau"])
    rows: list[TieRow] = []
    for group in grouped(ranked).values():
        for among, choice in _choices(group, group[0].suite):
            for name, measure in facts.measures.items():
                if not measure["placebo"]:
                    where: PlaceColumns = {
                        **place(group[0]),
                        "recipe": choice[0][1].recipe if among == "" else "",
                    }
                    better = measure["better"][where["kind"]] == "high"
                    here = _mean(taus.get((*(where[key] for key in PLACE), name), []))
                    trusted = (where["inputs"], where["scope"], name) in shown and here is not None and here > 0
                    worth: Row = {"here": here, "trusted": trusted}
                    groups = _groups(choice, name, better)
                    tie: Row = {**where, "condition": among, "measure": name, **worth, **groups}
                    rows.append(cast(TieRow, tie))
    return rows


def _mean(taus: list[float | None]) -> float | None:
    """Of the taus that are defined."""
    known = [tau for tau in taus if tau is not None]
    return fmean(known) if known else None


def _choices(group: list[Model], entry: PlanEntry) -> Iterator[tuple[str, list[tuple[str, Model]]]]:
    """The condition ("" where it is what sets the models apart) and the named models to choose from."""
    recipes = list(dict.fromkeys(model.recipe for model in group))
    if len(recipes) == 1:
        yield "", [(named(entry, model.condition), model) for model in group]
        return
    for condition in dict.fromkeys(model.condition for model in group):
        same = [model for model in group if model.condition == condition]
        yield named(entry, condition), [(model.recipe, model) for model in same]


def _groups(choice: list[tuple[str, Model]], measure: str, high_is_better: bool) -> Row:
    """Tie groups of names and what they are about, or the reason why there are none."""
    numbers = [(name, model.measures[measure]) for name, model in choice]
    known = [(name, one, one.mean) for name, one in numbers if one.mean is not None and one.error is not None]
    left_out = [name for name, one in numbers if one.mean is None or one.error is None]
    differ = apart([one for _, one, _ in known])
    if not known or differ is None:
        return {"groups": [], "left_out": left_out, "reason": "no value with a standard error", "about": None}
    groups = tie_groups(oriented([mean for _, _, mean in known], high_is_better), differ)
    return {
        "groups": [[known[place][0] for place in group] for group in groups],
        "left_out": left_out,
        "reason": None,
        "about": about([one for _, one, _ in known]) if len(known) > 1 else None,
    }
