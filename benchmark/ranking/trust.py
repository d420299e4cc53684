"""How far to trust a ranking: what was seen of the measure that orders it, where the truth was known.

In: a kind of memorization. Out: sentences with their numbers. They are those of `docs/mnist-recipes.md` (mean MI, 16
drawn recipes, 5,000 digits) and change only with that page, which `tests/benchmark/ranking/test_trust.py` compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from registry import Kind

PAGE = "docs/mnist-recipes.md"
RULE = f"do not choose a recipe, a checkpoint or a seed by it ({PAGE} in the source of memorank)"


@dataclass(frozen=True)
class Seen:
    """Kendall's tau of mean MI with test accuracy: `across` conditions under each recipe, and `within` a condition.

    `across` is the mean over the recipes, between the `lowest` and the `highest` of them. `within` is over the recipes,
    the mean of the conditions; what it was taken to show stands in `shown`.
    """

    data: str
    across: float
    lowest: float
    highest: float
    within: float
    shown: str


SEEN: Mapping[Kind, Seen] = {
    "heuristic": Seen("digits with a telling colour", 0.67, 0.20, 1.00, -0.36, "the wrong way, p .017"),
    "example-level": Seen("digits with redrawn labels", 0.95, 0.60, 1.00, -0.03, "no order"),
}


def trust(kind: Kind) -> list[str]:
    """What the measure did on networks whose memorization was known.

    >>> len(trust("heuristic"))
    3
    """
    seen = SEEN[kind]
    return [
        f"networks trained alike on data that memorize more and more ({seen.data}): mean MI ordered them by test "
        f"accuracy, tau {seen.across:+.2f} ({seen.lowest:+.2f} to {seen.highest:+.2f} under sixteen recipes)",
        f"networks trained in other ways on the same data: tau {seen.within:+.2f} ({seen.shown})",
        RULE,
    ]
