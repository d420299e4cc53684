"""The claims of a board in words.

In: the claims. Out: one sentence for each of them; docs/reading-a-board.md says by which rule.
"""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]


def sentences(claims: list[dict[str, Any]]) -> list[str]:
    """One sentence for each kind of inputs, scope and headline measure."""
    return [
        f"{claim['inputs']} inputs, scope {claim['scope']}: {claim['measure']} "
        f"{'; '.join([_orders(claim), _placebos(claim), _within(claim)])}."
        for claim in claims
    ]


def _orders(claim: Row) -> str:
    if claim["tau"] is None:
        return "has no tau in any suite"
    says = {
        "yes": "orders the conditions as the metrics do",
        "reversed": "points the other way: it orders the conditions against the metrics",
    }.get(claim["orders"], "is not shown to order the conditions")
    left_out = f", {claim['left_out']} left out" if claim["left_out"] else ""
    over = f"over {_suites(claim['suites'])}{left_out}"
    return f"{says} (pooled tau {claim['tau']:.2f} {over}, {_p(claim['p_holm'])})"


def _placebos(claim: Row) -> str:
    said = {"beats": "beats", "beaten": "is beaten by", "not shown": "is not shown to beat"}
    parts = []
    for shown, words in said.items():
        duels = [duel for duel in claim["beats"] if duel["shown"].replace("undefined", "not shown") == shown]
        if duels:
            parts.append(f"{words} {', '.join(map(_duel, duels))}")
    return "; ".join(parts) or "has no placebo beside it"


def _duel(duel: Row) -> str:
    p = "" if duel["p"] is None else f", {_p(duel['p'])}"
    return f"{duel['placebo']} (ahead in {duel['ahead']} of {_suites(duel['suites'])}{p})"


def _within(claim: Row) -> str:
    parts = []
    for shown, words in (("selects", "selects models"), ("reversed", "points the other way")):
        columns = [
            f"{row['column']} (tau {row['tau']:.2f}, {_p(row['p'])})"
            for row in claim["within"]
            if row["shown"] == shown
        ]
        if columns:
            parts.append(f"{words} within a condition of {', '.join(columns)}")
    return "; ".join(parts) or "is not shown to select models within a condition"


def _suites(number: int) -> str:
    return "1 suite" if number == 1 else f"{number} suites"


def _p(value: float) -> str:
    return "p < .001" if value < 0.0005 else f"p = {value:.3f}".replace("0.", ".")
