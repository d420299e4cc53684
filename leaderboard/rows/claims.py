"""What a board claims of each measure, by a fixed rule, at .05.

In: the facts of measures, what each measure shows in each suite, the oriented rows of agreement, and the pooled taus.
Out: a row of claims for each kind of inputs, scope and measure that is no placebo and no yardstick, the plan's
hypotheses first.

A hypothesis is tested one-sided: in its direction, and where that fails in the other one. Its p's are corrected (Holm)
for the plan's hypotheses, kinds of inputs and scopes, also for those that have no p yet. All other measures are
exploratory: two-sided, and not corrected.
- `orders`: the pooled tau over the suites, against permutations inside suites and flips of groups of data.
- `beats`: the measure against each placebo, and `placebos` against all of them together.
- `within`: the tau within the conditions of each suite, also corrected for suites, metrics and recipes.
What no outcome could have shown is "cannot", and `needs` says what would have to be added to the plan. While cells are
missing, `needs` says that it is these, and `by` that it is only what is there so far that cannot show it.
"""

from collections.abc import Mapping, Sequence

from benchmark.statistics.additions import cheapest_addition
from leaderboard.content.taus import AgainstAll, AgreementRow, ClaimRow, DuelRow, Needed, PooledRow, WithinRow
from leaderboard.rows.duels import duel_rows
from leaderboard.rows.evidence import Evidence, Key
from leaderboard.rows.facts import Facts
from leaderboard.rows.judgement import about, by_role
from leaderboard.rows.pooled import declared_tests, ordering
from leaderboard.rows.within import within_rows

PLAN, SO_FAR = "this plan", "what is there so far"
WAITS = "needs the cells that are missing"


def claim_rows(
    facts: Facts,
    shown: Mapping[Key, Sequence[Evidence]],
    agreement: Sequence[AgreementRow],
    pooled_taus: Sequence[PooledRow],
    complete: bool = True,
) -> list[ClaimRow]:
    """One row for each kind of inputs, scope and measure, the hypotheses before the others.

    With a plan that is not `complete`, what cannot be shown may still be, once its other cells are there.
    """
    hypotheses = facts.hypotheses
    role = {name: one["placebo"] or one["yardstick"] for name, one in facts.measures.items()}
    rows = [row for row in pooled_taus if not role[row["measure"]]]
    rows.sort(key=lambda row: row["measure"] not in hypotheses)
    exploratory = {_key(row): row["measure"] not in hypotheses for row in rows}
    tests = declared_tests(hypotheses, shown)
    ordered = by_role([ordering(row) for row in rows], list(exploratory.values()), tests)
    placebos = [name for name, one in facts.measures.items() if one["placebo"]]
    duels = duel_rows(placebos, shown, exploratory, tests)
    within = within_rows(agreement, shown, exploratory, tests)
    claims: list[ClaimRow] = []
    for row, judgement in zip(rows, ordered, strict=True):
        key = _key(row)
        cannot = judgement.shown == "cannot"
        claims.append(
            {
                "inputs": row["inputs"],
                "scope": row["scope"],
                "measure": row["measure"],
                "exploratory": exploratory[key],
                "orders": judgement.shown,
                "tau": row["tau"],
                "p": judgement.p,
                "best": judgement.best,
                "needs": cheapest_addition(row["best"], judgement.tests, row["groups"]) if cannot else None,
                "suites": row["suites"],
                "groups": row["groups"],
                "left_out": row["left_out"],
                "about": about(one.seeds for one in shown[key] if one.tau is not None),
                "beats": duels[key]["beats"],
                "placebos": duels[key]["placebos"],
                "within": within[key],
                "by": PLAN,
            }
        )
    return claims if complete else [_so_far(claim) for claim in claims]


def _so_far(claim: ClaimRow) -> ClaimRow:
    """A claim while cells are missing: what cannot be shown yet needs those cells first."""
    beats: list[DuelRow] = [{**row, "needs": _waits(row)} for row in claim["beats"]]
    within: list[WithinRow] = [{**row, "needs": _waits(row)} for row in claim["within"]]
    placebos: AgainstAll = {**claim["placebos"], "needs": _waits(claim["placebos"])}
    return {**claim, "needs": _waits(claim), "beats": beats, "placebos": placebos, "within": within, "by": SO_FAR}


def _waits(row: Needed) -> str | None:
    return WAITS if row["needs"] else None


def _key(row: PooledRow) -> Key:
    return row["inputs"], row["scope"], row["measure"]
