"""How each measure stands to the placebos: ahead of which, of all of them, or behind.

In: every measure in every suite. Out: for each measure a row for each placebo, and one for all placebos together.

A measure beats the placebos where it beats each of them at .05: for the placebos the p's are not corrected, since all
of them must be beaten. For hypotheses, kinds of inputs and scopes they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

from benchmark.statistics.additions import cheapest_addition
from benchmark.statistics.claims import Duel, beats
from leaderboard.content.taus import AgainstAll, DuelRow
from leaderboard.rows.evidence import Evidence, Key, pair_of
from leaderboard.rows.judgement import Effect, Judgement, about, by_role

Row = dict[str, Any]
WORDS = {"yes": "beats", "reversed": "beaten"}


class Duels(TypedDict):
    """How one measure stands to each placebo, and to all of them together."""

    beats: list[DuelRow]
    placebos: AgainstAll


def duel_rows(
    placebos: Sequence[str],
    found: Mapping[Key, Sequence[Evidence]],
    exploratory: Mapping[Key, bool],
    declared: int = 0,
) -> dict[Key, Duels]:
    """For each measure `beats`, a row for each placebo, and `placebos`, what is shown against all that were tested.

    `declared` is for how many tests each claim is corrected, where not all of them have a p.
    """
    rows: dict[Key, list[DuelRow]] = {key: [] for key in exploratory}
    fought: dict[Key, list[Duel]] = {key: [] for key in exploratory}
    for placebo in placebos:
        duels, seeds = {}, {}
        for key in exploratory:
            pairs = [
                (pair, min(ours.seeds, other.seeds))
                for ours, other in zip(found[key], found[(*key[:2], placebo)], strict=True)
                if (pair := pair_of(ours, other))
            ]
            duels[key], seeds[key] = beats([pair for pair, _ in pairs]), [fewest for _, fewest in pairs]
            fought[key].append(duels[key])
        judgements = by_role([_test(duel) for duel in duels.values()], list(exploratory.values()), declared)
        for (key, duel), judgement in zip(duels.items(), judgements, strict=True):
            counts = {name: getattr(duel, name) for name in ("difference", "ahead", "behind", "suites", "groups")}
            shown = _shown(judgement, duel.best, duel.groups)
            row = {"placebo": placebo, **counts, **shown, "about": about(seeds[key])}
            rows[key].append(cast(DuelRow, row))
    result: dict[Key, Duels] = {}
    together = by_role([_against_all(duels) for duels in fought.values()], list(exploratory.values()), declared)
    for key, judgement in zip(exploratory, together, strict=True):
        hardest = max((duel for duel in fought[key] if duel.best is not None), key=_best, default=None)
        best, groups = (hardest.best, hardest.groups) if hardest else (None, 0)
        result[key] = {"beats": rows[key], "placebos": cast(AgainstAll, _shown(judgement, best, groups))}
    return result


def _test(duel: Duel) -> Effect:
    p = None
    if duel.p_above is not None and duel.p_below is not None:
        p = min(1.0, 2 * min(duel.p_above, duel.p_below))
    return Effect(duel.difference, duel.p_above, duel.p_below, p, duel.best)


def _against_all(duels: Sequence[Duel]) -> Effect:
    """Whether each placebo is beaten that has a tau: as hard as the hardest of them. There is no other direction."""
    tests = [_test(duel) for duel in duels if duel.difference is not None]
    if not tests:
        return Effect(None, None, None, None, None)
    worst = max(test.p_above or 0.0 for test in tests)
    best = max(test.best or 0.0 for test in tests)
    return Effect(1.0, worst, None, min(1.0, 2 * worst), best)


def _best(duel: Duel) -> float:
    return duel.best or 0.0


def _shown(judgement: Judgement, best: float | None, groups: int) -> Row:
    """The part of a duel's row that says what is shown, and what would be needed to show more."""
    needs = cheapest_addition(best, judgement.tests, groups) if judgement.shown == "cannot" else None
    word = WORDS.get(judgement.shown, judgement.shown)
    return {"p": judgement.p, "best": judgement.best, "shown": word, "needs": needs}
