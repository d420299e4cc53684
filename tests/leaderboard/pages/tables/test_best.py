from typing import Any

import pytest

from leaderboard.pages.tables.best import against_placebos, best_claim, how_sure


def claim(*shown: str, **other: Any) -> dict[str, Any]:
    return {"measure": "a", "orders": "yes", "tau": 0.4, "beats": [{"shown": one} for one in shown], **other}


def test_only_a_measure_that_is_shown_to_order_is_best() -> None:
    others = [claim(orders=orders, tau=0.9) for orders in ("not shown", "reversed", "undefined")]
    assert best_claim(others) is None
    best = claim(tau=0.5)
    assert best_claim([*others, claim(), best]) is best


@pytest.mark.parametrize(
    ("shown", "beaten", "sure"),
    [
        (("beats", "beats"), "all", "yes"),
        (("beats", "not shown"), "some", "in part"),
        (("beats", "beaten"), "some", "in part"),
        (("not shown", "not shown"), "none", "in part"),
        (("beaten", "undefined"), "none", "in part"),
        ((), "all", "in part"),
    ],
)
def test_a_best_measure_is_never_said_to_be_unsure(shown: tuple[str, ...], beaten: str, sure: str) -> None:
    assert against_placebos(claim(*shown)) == beaten
    assert how_sure(claim(*shown)) == sure


def test_no_best_measure_is_not_sure() -> None:
    assert how_sure(None) == "no"
