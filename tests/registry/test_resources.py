"""Resources of a cell are amounts, and what is 0 is not asked for."""

from typing import Any

import pytest

from registry import Resources


def test_what_is_not_zero_is_asked_for() -> None:
    assert Resources().asked() == {}
    assert Resources(memory=64e9, processors=0.5).asked() == {"processors": 0.5, "memory": 64e9}
    assert Resources(gpus=2).asked() == {"gpus": 2}


@pytest.mark.parametrize("name", ["processors", "memory", "gpus"])
@pytest.mark.parametrize("amount", [-1, True, "1", None, float("inf"), float("nan")])
def test_what_is_no_amount_is_refused(name: str, amount: Any) -> None:
    with pytest.raises(ValueError, match=f"^{name} of resources is a number from 0 on, not {amount!r}$"):
        Resources(**{name: amount})
