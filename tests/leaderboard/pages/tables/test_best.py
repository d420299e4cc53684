from typing import Any

import pytest
from made_screens import claim as made
from made_screens import duel

from leaderboard.pages.tables.best import best_claim, equally_good, how_sure, only_these


def claim(*shown: str, **other: Any) -> dict[str, Any]:
    about = {"orders": "yes", "tau": 0.4, "beats": [duel(f"p{n}", one) for n, one in enumerate(shown)], **other}
    return made(**{"measure": "a", "inputs": "evaluation", **about})


def test_only_a_measure_that_is_shown_to_order_is_best() -> None:
    others = [claim(orders=orders, tau=0.9) for orders in ("not shown", "reversed", "undefined", "cannot")]
    assert best_claim(others) is None
    best = claim(tau=0.5)
    assert best_claim([*others, claim(), best]) is best


def test_an_exploratory_measure_is_never_best_nor_equally_good() -> None:
    explored = claim(measure="b", exploratory=True, tau=0.9)
    assert best_claim([explored]) is None
    best = claim(tau=0.9)
    assert best_claim([explored, best]) is best
    assert equally_good([explored, best], best) == []
    assert equally_good([{**explored, "exploratory": False}, best], best) == ["b"]


@pytest.mark.parametrize(
    ("shown", "sure"),
    [
        (("beats", "beats"), "yes"),
        (("beats", "not shown"), "in part"),
        (("beats", "cannot"), "in part"),
        (("beats", "beaten"), "in part"),
        (("not shown", "not shown"), "in part"),
        (("beaten", "undefined"), "in part"),
        ((), "in part"),
    ],
)
def test_a_best_measure_is_never_said_to_be_unsure(shown: tuple[str, ...], sure: str) -> None:
    assert how_sure(claim(*shown)) == sure


def test_each_placebo_by_itself_is_not_all_of_them_together() -> None:
    together = {"shown": "not shown", "p": 0.06, "best": 0.01, "needs": None}
    assert how_sure(claim("beats", "beats", placebos=together)) == "in part"


def test_no_best_measure_is_not_sure() -> None:
    assert how_sure(None) == "no"


def test_a_claim_of_few_seeds_is_of_these_networks() -> None:
    assert only_these(claim()["about"]) == ""
    assert only_these("these networks") == "of these networks"
