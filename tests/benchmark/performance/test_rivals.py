"""An estimator of somebody's own is found by its name, and races on the same activations."""

from math import isfinite

import numpy as np
import pytest

from benchmark.information import nearest
from benchmark.performance import __main__ as command
from benchmark.performance import rivals


def test_a_rival_that_computes_the_same_differs_in_nothing() -> None:
    found = list(rivals.comparisons(rivals.named("benchmark.information.nearest:mutual_information"), 60, 5))
    assert [c.data for c in found] == ["Gaussian", "after ReLU"]
    assert found[0].difference < 1e-3  # its ties are broken, and there are none here
    assert found[1].difference > 1e-3  # and here there are
    assert all(isfinite(c.alone) and c.alone > 0 and c.together > 0 for c in found)


def test_the_difference_is_that_of_the_pair_which_differs_most() -> None:
    def off_by_one(activations: np.ndarray) -> np.ndarray:
        information = nearest.mutual_information(activations, ties="plain")
        information[1, 3] += 1.0
        information[0, 0] += 9.0  # no pair
        return information

    assert rivals.compared("", np.random.default_rng(0).normal(size=(40, 4)), off_by_one).difference == 1.0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("math", "--rival takes MODULE:FUNCTION, got 'math'"),
        (":mi", "--rival takes MODULE:FUNCTION, got ':mi'"),
        ("no_such_module:mi", "No module named 'no_such_module'; PYTHONPATH says where else to look"),
        ("math:mi", "math has no function 'mi'"),
        ("numpy:shape", "the function returns (2,) for 128 neurons, not (128, 128)"),
        ("math:pi", "math has no function 'pi'"),
    ],
)
def test_a_wrong_name_is_one_line(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        command.main(["--rival", name])
    assert stop.value.code == 2
    assert said in capsys.readouterr().err.splitlines()[-1]
