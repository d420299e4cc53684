"""An estimator of somebody's own is found by its name, and races on the same activations."""

from math import isfinite
from pathlib import Path

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
        (".math:pi", "--rival takes MODULE:FUNCTION, got '.math:pi'"),
        ("numpy:shape", "the function returns int64 (2,) for 128 neurons, not numbers (128, 128)"),
        ("builtins:exit", "the function ends the process"),
        ("math:pi", "math has no function 'pi'"),
    ],
)
def test_a_wrong_name_is_one_line(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        command.main(["--rival", name])
    assert stop.value.code == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_a_rival_that_changes_what_it_is_given_changes_neither_side() -> None:
    def in_place(activations: np.ndarray) -> np.ndarray:
        activations += 1.0 + activations**3
        return nearest.mutual_information(activations, ties="plain")

    given = np.random.default_rng(0).normal(size=(40, 4))
    before = given.copy()
    assert rivals.compared("", given, in_place).difference > 1e-3
    assert np.array_equal(given, before)


def test_pairs_without_a_number_are_counted_and_the_others_compared() -> None:
    def undefined(activations: np.ndarray) -> np.ndarray:
        information = nearest.mutual_information(activations, ties="plain")
        information[[0, 1, 3], [1, 0, 2]] = np.nan  # of the last pair in one of its two places
        return information

    found = rivals.compared("", np.random.default_rng(0).normal(size=(40, 4)), undefined)
    assert (found.difference, found.undefined) == (0.0, 2)


def test_errors_of_the_rivals_own_code_stay_what_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "needs_more.py").write_text("import no_such_module_at_all")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_module_at_all"):
        rivals.named("needs_more:mi")

    def wrong(activations: np.ndarray) -> np.ndarray:
        raise ValueError("of my own")

    with pytest.raises(ValueError, match="of my own"):
        rivals.compared("", np.zeros((9, 2)), wrong)


def test_a_module_that_ends_the_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ends.py").write_text("raise SystemExit(0)")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(rivals.RivalError, match=r"ends the process when it is imported"):
        rivals.named("ends:mi")
