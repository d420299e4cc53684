"""What the heads of the page's columns say: what is this number, and which way is good."""

from leaderboard.content.board import BoardContent
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.tables.forms import form_of

HINTS = {
    "suite": "the task whose knob sets memorization",
    "data": "the data that it is made of",
    "family": "the kind of network",
    "recipe": "how the networks were trained",
    "metric": "what the measure should order as",
    "with": "the other metric",
    "measure": "computed without labels, unless marked",
    "condition": "the setting of the knob",
    "tau": "agreement in order: +1 as the metric, −1 reversed",
    "pooled tau": "over all suites: +1 as the metrics, −1 reversed",
    "tau over recipes": "mean, lowest and highest; +1 as the metric",
    "n": "models compared",
    "p": "two-sided; small: hardly chance",
    "p (Holm)": "of hypotheses, one-sided, corrected; up to .05 is shown",
    "orders the conditions?": "as the metrics do, over all suites",
    "all placebos": "whether it beats each of them",
    "selects in": "where it picks the better within a condition",
    "needs": "what would let the plan show what it cannot",
    "groups": "of data: suites that share examples count once",
    "p_min": "the smallest p that so few can reach",
    "ties": "pairs with equal numbers; none is best",
    "beyond noise": "tau over pairs whose metric differs, p up to .05",
    "moves": "tau on other seeds, or read on halves; narrow is sure",
    "within tau": "tau among networks of one condition; +1 is best",
    "within p": "two-sided; small: hardly chance",
    "within over": "what was compared within a condition",
    "within regret": "the metric lost by its pick (by chance); 0 is best",
    "all models": "tau over all recipes together; no p",
    "all": "tau over all recipes together; no p",
    "regret": "the metric lost by its pick; 0 is best",
    "paper": "the paper's tau; in brackets for other data",
    "suites": "that count here",
    "left out": "that could not count",
    "least": "the condition that memorizes least",
    "most": "the condition that memorizes most",
    "number": "the measure or metric compared",
    "least is": "its value where least is memorized",
    "most is": "its value where most is memorized",
    "difference": "least less most, ± its standard error",
    "95 % interval": "of the difference, by t",
    "seen": "p of the difference up to .05, or undecided",
    "changed": "the one thing that was changed",
    "settings": "ways of measuring tried",
    "keep the picks": "share that pick the same; 100% is best",
    "tau of them": "lowest to highest; narrow is sure",
    "cell": "the network or score that is missing",
    "reason": "why it is missing",
    "key": "the network or score",
    "warning": "what was noticed while scoring it",
    "seeds": "networks trained in each condition",
}


def hint(label: str) -> str:
    """The words under a head: those for its name, for a tap, or none for a name that is somebody else's.

    >>> hint("n")
    'models compared'
    >>> hint("tap 3")
    'counted from the input'
    """
    if label.startswith("tap ") and label.removeprefix("tap ").isdigit():
        return "counted from the input"
    return HINTS.get(label, "")


def measure_hint(row: AgreementRow) -> str:
    """What a measure is, from a row of agreement: who it needs, and which way it should point."""
    if row["placebo"]:
        return "placebo"
    needs = "needs labels; " if row["yardstick"] else ""
    return f"{needs}good: {'high' if row['sign'] > 0 else 'low'}"


def tau_hint(row: AgreementRow) -> str:
    """What a tau of this measure is, in the table of all suites."""
    what = "placebo to beat, " if row["placebo"] else "needs labels, " if row["yardstick"] else ""
    return f"{what}+1 is best"


def metric_hint(name: str, board: BoardContent) -> str:
    """Which form of a metric stands here, and which way is good."""
    form = form_of(board, name)
    good = "high" if board["directions"]["metrics"][name]["higher_is_better"] else "low"
    return f"metric{form and f', {form}'}; good: {good}"
