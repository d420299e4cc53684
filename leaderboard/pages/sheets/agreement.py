"""Sheets of tau: how each measure agrees with each metric, over all taps, at each tap, and under other settings.

In: the content of board.json. Out: rows of plain values.
"""

from collections.abc import Iterator

from leaderboard.content.board import BoardContent
from leaderboard.pages.sheets.shapes import (
    DATA,
    FAMILY,
    MEASURE,
    METRIC,
    PLACE,
    REASON,
    RECIPE,
    SUITE,
    TAP,
    Column,
    Row,
    Sheet,
    chosen,
)
from leaderboard.pages.tables.table import same_setup

TAU = Column("tau", "number", "Kendall's tau-b: +1 the measure orders the models as the metric does, -1 in reverse")
P = Column("p", "number", "p of tau, two-sided")
P_KIND = Column("p_kind", "text", "how p is known: exact, permutations or asymptotic")
N = Column("n", "count", "how many models tau is over")

_DIRECT = (
    *PLACE,
    METRIC,
    MEASURE,
    Column("placebo", "yes or no", "whether the measure is a placebo, which a real one has to beat"),
    Column("yardstick", "yes or no", "whether the measure reads labels, and so is no rival"),
    Column(
        "sign", "count", "1 where a high value of the measure is good, -1 where a low one is; a placebo has its best"
    ),
    TAU,
    P,
    P_KIND,
    Column("p_min", "number", "the smallest p that so many models can reach"),
    N,
    Column("left_out", "count", "how many models tau leaves out, because a number of theirs is missing"),
    Column("ties", "count", "how many pairs of models are tied"),
    REASON,
)
_BESIDE = (
    Column("beyond_noise_tau", "number", "tau over the pairs whose metric differs, by t at p .05"),
    Column("beyond_noise_kept", "count", "how many pairs those are"),
    Column("beyond_noise_pairs", "count", "of how many pairs"),
    Column("seeds_low", "number", "tau with the seeds drawn anew: lower end of 95 %; from five seeds on"),
    Column("seeds_high", "number", "tau with the seeds drawn anew: upper end of 95 %; from five seeds on"),
    Column(
        "halves_low", "number", "lowest tau read on halves of the examples and neurons; no interval for other networks"
    ),
    Column("halves_high", "number", "highest tau read on halves"),
    Column("within_tau", "number", "mean over the conditions of tau over the networks of one condition"),
    Column("within_p", "number", "p of within_tau, two-sided"),
    Column("within_over", "text", "what the networks of one condition differ in: seeds or recipes"),
    Column(
        "within_permuted", "text", "what is permuted for within_p: seeds, recipes, levels of a grid, or some levels"
    ),
    Column("within_conditions", "count", "over how many conditions within_tau is a mean"),
    Column("within_left_out", "count", "how many conditions it leaves out"),
    Column("within_regret", "number", "what choosing a recipe by the measure loses against the best", "the metric's"),
    Column("within_chance_regret", "number", "what choosing a recipe at random loses", "the metric's"),
    Column("all_models_tau", "number", "tau over all conditions and recipes together"),
    Column("all_models_n", "count", "how many models that is over"),
    Column("regret", "number", "what picking the measure's first model loses against the best", "the metric's"),
    Column("paper", "number", "the paper's tau"),
    Column("same_setup", "yes or no", "whether the paper's tau is for these data, this family and these inputs"),
)


def _agreement(board: BoardContent) -> Iterator[Row]:
    for row in board["agreement"]:
        filtered, within, everything = row["filtered"], row["within_condition"], row["all_models"]
        seeds, halves = (row["interval"][name] or (None, None) for name in ("seeds", "sub_samples"))
        yield {
            **chosen(_DIRECT, row),
            "beyond_noise_tau": filtered["tau"],
            "beyond_noise_kept": filtered["kept"],
            "beyond_noise_pairs": filtered["pairs"],
            "seeds_low": seeds[0],
            "seeds_high": seeds[1],
            "halves_low": halves[0],
            "halves_high": halves[1],
            "within_tau": within["tau"],
            "within_p": within["p"],
            "within_over": within["unit"],
            "within_permuted": within["permuted"],
            "within_conditions": within["conditions"],
            "within_left_out": within["left_out"],
            "within_regret": within["regret"],
            "within_chance_regret": within["chance_regret"],
            "all_models_tau": everything["tau"],
            "all_models_n": everything["n"],
            "regret": row["regret"],
            "paper": row["paper"],
            "same_setup": None if row["paper"] is None else same_setup(row),
        }


AGREEMENT = Sheet(
    "One row for each suite, recipe, kind of inputs, scope, metric and measure: does the measure order the conditions "
    "as the metric does, and how sure is that?",
    (*_DIRECT, *_BESIDE),
    _agreement,
)

_OF_TAPS = (
    *PLACE,
    METRIC,
    Column("metric_at_tap", "yes or no", "whether the metric too is read at the tap"),
    MEASURE,
)
_OF_TAP = (TAP, TAU, P, P_KIND, N, REASON)


def _taps(board: BoardContent) -> Iterator[Row]:
    for row in board["taps"]:
        for number, tap in enumerate(row["taps"], 1):
            yield {**chosen(_OF_TAPS, row), "depth": number, **chosen(_OF_TAP, tap)}


TAPS = Sheet(
    "One row for each tap of what agreement holds for the headline measures.",
    (*_OF_TAPS, Column("depth", "count", "which tap it is, 1 is nearest to the input"), *_OF_TAP),
    _taps,
)

_OF_METRICS = (
    SUITE,
    DATA,
    FAMILY,
    RECIPE,
    METRIC,
    Column("with", "text", "the metric that it is set against"),
    TAU,
    P,
    P_KIND,
    N,
    REASON,
)


def _metrics(board: BoardContent) -> Iterator[Row]:
    for row in board["metrics"]:
        yield chosen(_OF_METRICS, row)


METRICS = Sheet(
    "One row for each pair of metrics of a suite: how far they agree, the ceiling of any measure.",
    _OF_METRICS,
    _metrics,
)

_ABOUT = (SUITE, DATA, FAMILY, METRIC, MEASURE)
_SETTING = (
    Column("inputs", "text", "the inputs under this setting"),
    Column("axis", "text", "what is changed: nothing (plan), the estimator, the tap, ..."),
    Column("label", "text", "the setting, in words"),
    Column("tau", "number", "tau under this setting"),
    Column("keeps", "number", "share of the picks that stay the same under this setting"),
)


def _sensitivity(board: BoardContent) -> Iterator[Row]:
    for row in board.get("sensitivity", []):
        for setting in row["settings"]:
            yield {**chosen(_ABOUT, row), **chosen(_SETTING, setting)}


SENSITIVITY = Sheet(
    "One row for each setting of the measuring that was changed. Only where `memorank report --sensitivity` was asked.",
    (*_ABOUT, *_SETTING),
    _sensitivity,
)
