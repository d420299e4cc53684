"""Options of networks: which may be declared, and which values they take."""

import numpy as np
import pytest

from registry.network_options import declared_options, is_whole, options_over

DEFAULTS = {"width": 256, "drop_out": 0.0}


def test_what_is_not_said_stays_and_the_declared_order_with_it() -> None:
    assert list(options_over(DEFAULTS, {"drop_out": 1}, "own").items()) == [("width", 256), ("drop_out", 1.0)]
    assert options_over(DEFAULTS, {}, "own") == DEFAULTS


def test_the_default_says_whether_an_option_is_a_whole_number_and_numpy_counts_as_python() -> None:
    declared = declared_options({"width": np.int64(3), "share": np.float32(0.5)}, "options")
    assert [(value, type(value)) for value in declared.values()] == [(3, int), (0.5, float)]
    assert [is_whole(value) for value in declared.values()] == [True, False]
    said = options_over(declared, {"width": np.int32(4), "share": 1}, "own")
    assert [(value, type(value)) for value in said.values()] == [(4, int), (1.0, float)]


@pytest.mark.parametrize("name", ["Width", "drop-out", "2nd", "", "learning_rate", "freeze_layers", "draw", "seed"])
def test_a_name_that_a_plan_could_not_say_or_says_of_something_else_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^options of family 'own' have "):
        declared_options({name: 1}, "options of family 'own'")


@pytest.mark.parametrize("value", [2.0, True, "2", None, [2]])
def test_a_whole_number_is_no_other_value(value: object) -> None:
    with pytest.raises(ValueError, match=r"^width of family 'own' is .*, not a whole number$"):
        options_over(DEFAULTS, {"width": value}, "own")
