"""What the suites show together: the pooled tau of every measure, and how sure it is.

In: the plan's hypotheses, and what each measure shows in each suite. Out: a row for each kind of inputs, scope and
measure.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from benchmark.statistics.claims import orders
from leaderboard.content.taus import PooledRow
from leaderboard.rows.evidence import Evidence, Key
from leaderboard.rows.judgement import Effect, judged

TESTED = ("tau", "p", "p_above", "p_below", "best", "suites", "groups", "left_out")


def declared_tests(hypotheses: Sequence[str], shown: Iterable[Key]) -> int:
    """For how many tests a claim is corrected: hypotheses x kinds of inputs x scopes, with a p yet or not."""
    return len(hypotheses) * len({(inputs, scope) for inputs, scope, _ in shown})


def pooled_rows(hypotheses: Sequence[str], shown: Mapping[Key, Sequence[Evidence]]) -> list[PooledRow]:
    """The pooled tau of each measure: `p` is two-sided and not corrected; only the plan's hypotheses have a `p_holm`.

    `p_holm` is one-sided, in the direction in which the pooled tau points, and corrected for hypotheses, kinds of
    inputs and scopes.
    """
    rows: list[PooledRow] = []
    for (inputs, scope, name), suites in shown.items():
        found = orders([one.suite for one in suites])
        place = {"inputs": inputs, "scope": scope, "measure": name}
        row = {**place, **{part: getattr(found, part) for part in TESTED}, "p_holm": None}
        rows.append(cast(PooledRow, row))
    own = [row for row in rows if row["measure"] in hypotheses]
    judgements = judged([ordering(row) for row in own], declared_tests(hypotheses, shown))
    for pooled, judgement in zip(own, judgements, strict=True):
        pooled["p_holm"] = judgement.p
    return rows


def ordering(row: PooledRow) -> Effect:
    """The test of a pooled row: whether its measure orders the conditions."""
    return Effect(row["tau"], row["p_above"], row["p_below"], row["p"], row["best"])
