"""The footnotes of a board's tables, and the verdict.

In: the content of board.json. Out: lines of text.
"""

from benchmark.plain.words import counted
from leaderboard.content.board import BoardContent, SuiteRow, WarningRow
from leaderboard.pages.tables.chance import chance_note
from leaderboard.pages.tables.provenance import estimator_said
from leaderboard.pages.tables.table import MISSING, same_setup

SIDES = (
    "p: two-sided and not corrected; exact (from seeded permutations where 9 to 200 models have ties on both sides, "
    "asymptotic where more have ties), and over all suites the larger of that of permutations inside suites and "
    "that of flips of groups of data; p_min: the smallest p that n models can reach."
)
HOLM = (
    "p (Holm): of the plan's hypotheses alone ({}): one-sided, first as declared and where that fails the other way, "
    "corrected for the hypotheses, kinds of inputs and scopes; all other measures are exploratory."
)
CANNOT = (
    "cannot be shown: no outcome would have reached p .05 after the corrections, with the plan or so far, as its ties "
    "came out."
)
STANDARD_ERROR = (
    "±: the standard error everywhere: of metrics over seeds and test examples, of measures over seeds. With one seed: "
    "of metrics over test examples, of measures by reading halves of the examples and neurons, which says nothing of "
    "other networks. Nothing where there is none."
)

DIFFER = (
    "Two numbers differ where t of their difference, over what ± is over, has p up to .05, not corrected for many; "
    "these networks: with fewer than three seeds on either side, which say nothing of others of their conditions."
)

BRACKETS = "In brackets: the paper's value, for other data, another family or other inputs than here."

FEWER = "{}: fewer conditions than the plan has for processors with bfloat16, in which text trains faster."

SENSITIVITY = (
    "sensitivity: one thing changed at a time, on both kinds of inputs; what changes the training, the stop rule too, "
    "stands as recipes."
)


def frozen(suite: SuiteRow) -> str:
    """How many of the first layers of a suite's networks were not trained."""
    return " or ".join(map(str, suite["frozen_layers"]))


def _frozen_notes(board: BoardContent) -> list[str]:
    """A note for each family and number of layers, with all its suites."""
    suites: dict[tuple[str, str], list[str]] = {}
    for suite in board["suites"]:
        if "frozen_layers" in suite:
            suites.setdefault((suite["family"], frozen(suite)), []).append(suite["suite"])
    return [
        f"{', '.join(names)}: the first {count} layers of {family} stay as they were pretrained."
        for (family, count), names in suites.items()
    ]


def footnotes(board: BoardContent) -> list[str]:
    """What a reader of the tables must know, and the verdict at the end.

    Args:
        board: The content of board.json.

    Returns:
        Lines; a note stands only where the board has what it is about.
    """
    reasons = {row["reason"] for row in board["agreement"] if row["tau"] is None and row["reason"]}
    placebos = sorted({row["measure"] for row in board["agreement"] if row["placebo"]})
    marked = sorted({f"{row['data']}: {row['origin']} data" for row in board["models"] if row["origin"] != "published"})
    notes = [
        *([f"A trial on at most {board['limit']} examples of each kind: no result."] if "limit" in board else []),
        *([FEWER.format(", ".join(board["fewer_conditions"]))] if "fewer_conditions" in board else []),
        *_frozen_notes(board),
        "tau: Kendall's tau-b over the conditions, +1 = the measure orders the models as the metric does, -1 = the "
        "other way round.",
        SIDES,
        HOLM.format(", ".join(board["hypotheses"]) or "none"),
        CANNOT,
        STANDARD_ERROR,
        estimator_said(board),
        DIFFER,
        "beyond noise: tau over the pairs of models whose metric differs (how many); moves: tau with the seeds drawn "
        "anew (95 %, from five seeds on), else how much reading halves of the examples and neurons moves it.",
        "within: mean over conditions of tau over seeds or recipes. regret: what picking the measure's first model "
        "loses against the best one, in the metric's unit; within: by the choice of a recipe (by a pick at random).",
        "what to pick: nothing, where the measure is not shown to order the conditions of the suites together or its "
        "own tau in the suite is not above 0; models that do not differ from the first are tied with it; no "
        "choice: several are tied for first, and at most one is behind them.",
        "than before: whether the metric differs from that of the row above.",
        "least against most: a suite's first condition less its last; seen: whether they differ as the paper expects "
        "(a better metric; heuristic: more entropy, less MI; example-level: less entropy, more MI) or the other way, "
        "marked ! at a tap.",
        *([note] if (note := chance_note(board)) else []),
        *([SENSITIVITY] if "sensitivity" in board else []),
        *([f"Placebos ({', '.join(placebos)}) have the sign that suits them best."] if placebos else []),
        *([BRACKETS] if any(row["paper"] is not None and not same_setup(row) for row in board["agreement"]) else []),
        *([f"{'; '.join(marked)}."] if marked else []),
        *_sampled(board),
        *_warned(board["warnings"]),
        *([f"{MISSING}: undefined or missing ({'; '.join(sorted(reasons))})."] if reasons else []),
        f"Plan {board['plan']}, digest {board['plan_digest']}: the content of its plan.json; board.json has digest "
        f"{board['digest']}.",
    ]
    return [*notes, *board["verdict"]]


def _sampled(board: BoardContent) -> list[str]:
    """The largest standard error of each measure that was computed on a sample of the pairs."""
    yardsticks = {row["measure"] for row in board["agreement"] if row["yardstick"]}
    errors: dict[str, float] = {}
    for row in board["models"]:
        for name, value in row["measures"].items():
            if "standard_error" in value and name not in yardsticks:
                errors[name] = max(errors.get(name, 0.0), value["standard_error"])
    largest = "; ".join(f"{name} {error:.2g}" for name, error in errors.items())
    return [f"From a sample of the pairs, with a standard error of at most: {largest}."] if errors else []


def _warned(warnings: list[WarningRow]) -> list[str]:
    """How many warnings there are, and the first; board.json has them all."""
    if not warnings:
        return []
    many, first = counted(len(warnings), "warning", "warnings"), warnings[0]
    return [f"{many}, as {first['key']}: {first['warning']}; all in board.json."]
