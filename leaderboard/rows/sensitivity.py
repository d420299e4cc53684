"""How far a board hangs on the way of measuring: the tau and the picks of every variant of the settings.

In: the facts of measures and metrics, the models, the plan's results, and the values of every network under every
variant. Out: rows for board.json.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from statistics import fmean
from typing import Any, cast

import numpy as np

from benchmark.measures import HEADLINES
from benchmark.record import VariantValues
from benchmark.results.models import Model
from benchmark.results.result import Result, Results
from benchmark.statistics.number import mean
from benchmark.statistics.ranks import oriented
from leaderboard.content.taus import SensitivityRow
from leaderboard.rows.agreement import agree
from leaderboard.rows.facts import Facts

Row = dict[str, Any]
Values = Mapping[str, VariantValues]
Place = tuple[float | str, str]  # condition and recipe
Numbers = dict[Place, float | None]


def sensitivity_rows(
    facts: Facts, ranked: list[Model], results: Results, first: str, values: Values
) -> list[SensitivityRow]:
    """One row for each suite, metric and headline measure: its settings, each with tau and whether it keeps the picks.

    The plan picks on its `first` kind of inputs. tau is the mean over the recipes that have one; `keeps` is the share
    of the choices (among the recipes of a condition, else among the conditions) in which the setting picks the model
    that the plan's own picks.
    """
    rows: list[SensitivityRow] = []
    for number, entry in results.suites.items():
        models = [model for model in ranked if model.entry == number]
        networks = [one for one in results if one.is_network and one.cell["entry"] == number]
        about = {"suite": entry["suite"], "data": entry["data"], "family": entry["family"], "kind": entry["kind"]}
        for metric, measure in product(entry["metrics"], HEADLINES):
            high = facts.high_metric_is_better(metric)
            judged = {(m.condition, m.recipe): m.metrics[metric].mean for m in models}
            better = facts.high_is_better(measure, entry["kind"])
            found = list(_settings(networks, measure, values))
            own = next((numbers for s, numbers in found if (s["inputs"], s["axis"]) == (first, "plan")), {})
            picks = _picks(own, better)
            settings = [
                {**s, "tau": _tau(numbers, better, judged, high), "keeps": _share_kept(picks, _picks(numbers, better))}
                for s, numbers in found
            ]
            tau = _tau(own, better, judged, high)
            place = {"metric": metric, "measure": measure, "inputs": first}
            rows.append(cast(SensitivityRow, {**about, **place, "tau": tau, "settings": settings}))
    return rows


def _settings(results: Sequence[Result], measure: str, values: Values) -> Iterator[tuple[Row, Numbers]]:
    """Each setting of a measure with the mean over the seeds of every model; single taps as settings of their own."""
    models: dict[Place, list[VariantValues]] = {}
    for cell in (result.cell for result in results):
        models.setdefault((cell["condition"], cell["recipe"]), []).append(values.get(cell["key"], {}))
    shown = next((found for networks in models.values() for found in networks if found), {})
    for inputs, variety in shown.items():
        for number, variant in enumerate(variety):
            if variant["measure"] != measure:
                continue
            found = {
                place: [network[inputs][number] if network else None for network in networks]
                for place, networks in models.items()
            }
            about = {"inputs": inputs, "axis": variant["axis"], "label": variant["label"]}
            yield (
                about,
                {place: mean([one["value"] if one else None for one in seeds]) for place, seeds in found.items()},
            )
            for tap in variant["per_tap"] if variant["axis"] == "plan" else ():
                about = {"inputs": inputs, "axis": "tap", "label": tap}
                yield (
                    about,
                    {p: mean([one["per_tap"].get(tap) if one else None for one in s]) for p, s in found.items()},
                )


def _tau(measured: Numbers, better: bool, judged: Numbers, high: bool) -> float | None:
    """Mean over the recipes of tau over the conditions."""
    taus = []
    for recipe in dict.fromkeys(recipe for _, recipe in measured):
        pairs = [(x, judged.get(place)) for place, x in measured.items() if place[1] == recipe]
        taus.append(agree(pairs, better, high, with_p=False).tau)
    defined = [tau for tau in taus if tau is not None]
    return fmean(defined) if defined else None


def _picks(measured: Numbers, better: bool) -> dict[Any, Place | None]:
    """The first model of each choice, None where a value is missing."""
    choices: dict[Any, list[Place]] = {}
    several = len({recipe for _, recipe in measured}) > 1
    for place in measured:
        choices.setdefault(place[0] if several else "", []).append(place)
    picks: dict[Any, Place | None] = {}
    for among, places in choices.items():
        numbers = [value for place in places if (value := measured[place]) is not None]
        picks[among] = places[int(np.argmax(oriented(numbers, better)))] if len(numbers) == len(places) else None
    return picks


def _share_kept(own: Mapping[Any, Place | None], other: Mapping[Any, Place | None]) -> float | None:
    known = [among for among, pick in own.items() if pick is not None and other[among] is not None]
    return sum(own[among] == other[among] for among in known) / len(known) if known else None
