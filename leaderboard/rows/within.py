"""Whether a measure selects within a condition: in which suites, by which metric.

In: the oriented rows of agreement, and every measure in every suite. Out: for each measure a row for each suite, metric
and (where seeds are ranked) recipe.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from benchmark.plan.content import PlanEntry
from benchmark.statistics.additions import FEWEST_RECIPES, Units, cheapest_addition
from benchmark.statistics.factors import count_uneven, factor_levels, settings_of
from benchmark.statistics.stakes import choices_of
from leaderboard.content.taus import AgreementRow, WithinRow, WithinTau
from leaderboard.rows.evidence import Evidence, Key
from leaderboard.rows.grouping import SUITE
from leaderboard.rows.judgement import Effect, Judgement, about, by_role

Row = dict[str, Any]
Place = tuple[str, ...]  # suite, data, family, metric and recipe
WORDS = {"yes": "selects", "reversed": "reversed"}


def within_rows(
    agreement: Sequence[AgreementRow],
    found: Mapping[Key, Sequence[Evidence]],
    exploratory: Mapping[Key, bool],
    declared: int = 0,
) -> dict[Key, list[WithinRow]]:
    """The tests within conditions; `exploratory` has the measures that anything is claimed of.

    Those of hypotheses are corrected for `declared` tests in each column in which the plan has something to rank.
    """
    suites = [one.entry for one in next(iter(found.values()), [])]
    choices = choices_of(suites)
    ranked, columns = (sum(one.columns for one in choices if one.best is not None or every) for every in (False, True))
    tests: dict[tuple[Key, Place], WithinTau] = {}
    for row in agreement:
        if (key := (row["inputs"], row["scope"], row["measure"])) in exploratory:
            tests[key, _place(row)] = row["within_condition"]
    explored = [exploratory[key] for key, _ in tests]
    judgements = by_role([_test(within) for within in tests.values()], explored, declared * ranked)
    places = {tuple(entry[name] for name in SUITE): number for number, entry in enumerate(suites)}
    twice = len({suite for suite, *_ in places}) < len(places)
    result: dict[Key, list[WithinRow]] = {key: [] for key in exploratory}
    for ((key, place), within), judgement in zip(tests.items(), judgements, strict=True):
        suite = place[: len(SUITE)]
        seeds = found[key][places[suite]].seeds
        units = _units(suites[places[suite]], within, seeds)
        shown = _shown(judgement, within, units, judgement.tests if exploratory[key] else declared * columns)
        named = dict(zip((*SUITE, "metric", "recipe"), place, strict=True))
        tested: Row = {
            "column": _column(named, twice),
            **named,
            **shown,
            "about": about([seeds]),
            "among": within["unit"],
        }
        result[key].append(cast(WithinRow, tested))
    return result


def _test(within: WithinTau) -> Effect:
    return Effect(within["tau"], within["p_above"], within["p_below"], within["p"], within["best"])


def _shown(judgement: Judgement, within: WithinTau, units: Units, of_all: int) -> Row:
    """What is shown. Too few networks to rank can show nothing; with enough of them everywhere tests are `of_all`."""
    too_few = units.seeds < 2 and units.recipes < FEWEST_RECIPES
    word, needs = WORDS.get(judgement.shown, judgement.shown), None
    if too_few:
        word, needs = "cannot", cheapest_addition(None, max(judgement.tests, of_all), units)
    elif word == "cannot":
        needs = cheapest_addition(within["best"], judgement.tests, units)
    return {"tau": within["tau"], "p": judgement.p, "best": judgement.best, "shown": word, "needs": needs}


def _units(entry: PlanEntry, within: WithinTau, seeds: int) -> Units:
    """What there is to choose from in the conditions that count; where none does, in all of them."""
    conditions = within["conditions"] or within["left_out"]
    grid, knob = "levels" in within["permuted"], entry["knob"] is not None
    levels = factor_levels(settings_of(entry)) if grid else None
    return Units(conditions, len(entry["recipes"]), seeds, grid, knob, count_uneven(levels))


def _place(row: AgreementRow) -> Place:
    """Suite, data, family, metric and recipe of a row within conditions; over recipes they all hold the same row."""
    recipe = row["recipe"] if row["within_condition"]["unit"] == "seeds" else ""
    return *(row[key] for key in SUITE), row["metric"], recipe


def _column(place: Mapping[str, str], twice: bool) -> str:
    """The name of a column of Table 2; with data and family where a suite stands there twice."""
    suite = "/".join(place[key] for key in SUITE) if twice else place["suite"]
    return "/".join(filter(None, [suite, place["metric"], place["recipe"]]))
