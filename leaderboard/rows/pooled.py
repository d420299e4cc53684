"""What the suites show together: the pooled tau of every measure, and how sure it is.

In: the facts of measures and metrics, and the models. Out: a row for each kind of inputs, scope and measure.
"""

from typing import cast

from benchmark.results.models import Model
from benchmark.statistics.claims import orders
from leaderboard.content.taus import PooledRow
from leaderboard.rows.evidence import evidence
from leaderboard.rows.facts import Facts
from leaderboard.rows.judgement import Effect, judged

TESTED = ("tau", "p", "p_above", "p_below", "best", "suites", "groups", "left_out")


def declared_tests(facts: Facts, ranked: list[Model]) -> int:
    """For how many tests a claim is corrected: hypotheses x kinds of inputs x scopes, also for those without a p yet.

    The models are those of the plan, whether or not their numbers are there.
    """
    return len(facts.hypotheses) * len({(model.inputs, model.scope) for model in ranked})


def pooled_rows(facts: Facts, ranked: list[Model]) -> list[PooledRow]:
    """T of each measure: `p` is two-sided and not corrected, `p_holm` stands for the plan's hypotheses alone.

    `p_holm` is one-sided, in the direction in which T points, corrected for hypotheses, kinds of inputs and scopes.
    """
    rows: list[PooledRow] = []
    for inputs, scope in dict.fromkeys((model.inputs, model.scope) for model in ranked):
        for name in facts.measures:
            found = orders([one.suite for one in evidence(facts, ranked, inputs, scope, name)])
            place = {"inputs": inputs, "scope": scope, "measure": name}
            row = {**place, **{part: getattr(found, part) for part in TESTED}, "p_holm": None}
            rows.append(cast(PooledRow, row))
    own = [row for row in rows if row["measure"] in facts.hypotheses]
    judgements = judged([ordering(row) for row in own], declared_tests(facts, ranked))
    for pooled, judgement in zip(own, judgements, strict=True):
        pooled["p_holm"] = judgement.p
    return rows


def ordering(row: PooledRow) -> Effect:
    """The test of a pooled row: whether its measure orders the conditions."""
    return Effect(row["tau"], row["p_above"], row["p_below"], row["p"], row["best"])
