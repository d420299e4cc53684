"""The claims of a board in words.

In: the claims. Out: one sentence for each of them; docs/reading-a-board.md says by which rule.
"""

from collections.abc import Iterable
from typing import TypeVar

from benchmark.plain.words import counted
from leaderboard.content.taus import ClaimRow, DuelRow, WithinRow
from leaderboard.rows.judgement import OTHERS

Needy = TypeVar("Needy", DuelRow, WithinRow)
DUELS = {
    "beats": "beats",
    "beaten": "is beaten by",
    "not shown": "is not shown to beat",
    "cannot": "cannot be shown by {} to beat",
    "undefined": "cannot be tested, for want of a suite in which both have a tau, against",
}


def sentences(claims: list[ClaimRow]) -> list[str]:
    """One sentence for each kind of inputs, scope and measure; those of exploratory measures say so."""
    return [_sentence(claim) for claim in claims]


def _sentence(claim: ClaimRow) -> str:
    where = f"{claim['inputs']} inputs, scope {claim['scope']}"
    role = ", exploratory (p two-sided, not corrected)" if claim["exploratory"] else ""
    return f"{where}{role}: {claim['measure']} {'; '.join([_orders(claim), *_placebos(claim), *_within(claim)])}."


def _orders(claim: ClaimRow) -> str:
    if claim["tau"] is None:
        return "has no tau in any suite"
    says = {
        "yes": f"orders the conditions as the metrics do{_about(claim)}",
        "reversed": f"points the other way: it orders the conditions against the metrics{_about(claim)}",
        "cannot": f"cannot be shown by {claim['by']} to order the conditions",
    }.get(claim["orders"], "is not shown to order the conditions")
    left_out = f", {claim['left_out']} left out" if claim["left_out"] else ""
    over = f"{counted(claim['suites'], 'suite', 'suites')} on {counted(claim['groups'], 'group', 'groups')} of data"
    needs = f"; {claim['needs']}" if claim["needs"] else ""
    return f"{says} (pooled tau {claim['tau']:.2f} over {over}{left_out}, {_p(claim['p'])}{needs})"


def _placebos(claim: ClaimRow) -> list[str]:
    """What is shown against each placebo; those of which the same is shown stand together."""
    parts = []
    for shown, words in DUELS.items():
        same = [row for row in claim["beats"] if row["shown"] == shown]
        for needs, rows in _by_needs(same).items():
            together = _together(claim) if shown == "beats" and len(rows) > 1 else ""
            about = "".join(dict.fromkeys(map(_about, rows))) if shown in ("beats", "beaten") else ""
            words = words.format(claim["by"])
            parts.append(f"{words} {', '.join(map(_duel, rows))}{together}{about}{f' ({needs})' if needs else ''}")
    return parts or ["has no placebo beside it"]


def _together(claim: ClaimRow) -> str:
    """Whether it beats all placebos, of several that it beats."""
    if any(duel["shown"] not in ("beats", "undefined") for duel in claim["beats"]):
        return ""
    whole = claim["placebos"]
    return f", {'all together' if whole['shown'] == 'beats' else 'not shown of all together'} ({_p(whole['p'])})"


def _duel(duel: DuelRow) -> str:
    if duel["p"] is None:
        return str(duel["placebo"])
    ahead = f"ahead in {duel['ahead']} of {counted(duel['suites'], 'suite', 'suites')}"
    return f"{duel['placebo']} ({ahead}, {_p(duel['p'])})"


def _within(claim: ClaimRow) -> list[str]:
    """Where it selects, where it points the other way, and where no outcome could have shown it."""
    parts = []
    for shown, words in (("selects", "selects models"), ("reversed", "points the other way")):
        columns = [
            f"{row['column']} (tau {row['tau']:.2f}, {_p(row['p'])}{_about(row)}{_among(row)})"
            for row in claim["within"]
            if row["shown"] == shown
        ]
        parts += [f"{words} within a condition of {', '.join(columns)}"] if columns else []
    cannot = _by_needs(row for row in claim["within"] if row["shown"] == "cannot")
    if not parts and any(row["shown"] == "not shown" for row in claim["within"]):
        parts.append("is not shown to select models within a condition")
    if not parts and not cannot:
        parts.append("has no tau within any condition")
    for needs, rows in cannot.items():
        columns = [row["column"] for row in rows]
        parts.append(
            f"cannot be shown by {claim['by']} to select models within a condition of {', '.join(columns)} ({needs})"
        )
    return parts


def _by_needs(rows: Iterable[Needy]) -> dict[str | None, list[Needy]]:
    """Rows that need the same."""
    found: dict[str | None, list[Needy]] = {}
    for row in rows:
        found.setdefault(row["needs"], []).append(row)
    return found


def _about(row: ClaimRow | DuelRow | WithinRow) -> str:
    """Whom it is about, where that is not networks of other seeds."""
    return "" if row["about"] == OTHERS else f", of {row['about']}"


def _among(row: WithinRow) -> str:
    """Among what it selects, where that is more than networks that differ by their seed alone."""
    return ", among recipes of this space on these data" if row["among"] == "recipes" else ""


def _p(value: float | None) -> str:
    if value is None:
        return "no p"
    return "p < .001" if value < 0.0005 else f"p = {value:.3f}".replace("0.", ".")
