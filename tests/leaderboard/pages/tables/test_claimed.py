"""The tables of claims: hypotheses and exploratory measures apart, each with its words and what it needs."""

from made_screens import MORE, claim, duel

from leaderboard.pages.tables.claimed import claim_tables, needs


def test_hypotheses_and_exploratory_measures_stand_apart() -> None:
    within = [{"column": "nico/accuracy", "tau": 0.4, "p": 0.01, "shown": "selects", "needs": None}]
    claims = [
        claim("mean-mi", "evaluation", "yes", 0.5, beats=[duel("steps", "beats", p=0.01)], within=within),
        claim("mean-mi", "in-distribution", "cannot", 0.5, beats=[duel("steps", "cannot")]),
        claim("mean-confidence", "evaluation", "reversed", -0.5, exploratory=True, beats=[duel("steps", "beaten")]),
    ]
    declared, explored = claim_tables({"claims": claims})
    assert declared.title == "what is shown: the plan's hypotheses (p one-sided, after Holm)"
    assert explored.title == "what is shown: exploratory measures (p two-sided, not corrected)"
    head = ["measure", "inputs", "orders the conditions?", "steps", "all placebos", "selects in", "needs"]
    assert declared.head == explored.head == head
    assert [list(row) for row in declared.rows] == [
        ["mean-mi", "evaluation", "yes (pooled tau 0.50, p .020)", "yes (p .010)", "yes (p .500)",
         "nico/accuracy (tau +0.40, p .010)", "-"],
        ["mean-mi", "in-distribution", "cannot be shown (pooled tau 0.50, p .020)", "cannot be shown (p .500)",
         "cannot be shown (p .500)", "undefined", MORE.removeprefix("needs ")],
    ]  # fmt: skip
    assert explored.rows[0][2:4] == ["the other way (pooled tau -0.50, p .020)", "is beaten (p .500)"]
    assert claim_tables({"claims": claims[:1]})[0].rows
    assert len(claim_tables({"claims": claims[:1]})) == 1
    assert claim_tables({"claims": []}) == []


def test_the_first_that_cannot_be_shown_says_what_it_needs() -> None:
    within = [{"needs": None}, {"needs": "needs 3 seeds"}]
    assert needs({"needs": None, "placebos": {"needs": None}, "within": within}) == "needs 3 seeds"
    assert needs({"needs": None, "placebos": {"needs": None}, "within": []}) is None
