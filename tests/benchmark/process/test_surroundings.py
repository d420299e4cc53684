"""Variables of the environment that libraries stumble over are refused in one line, by every command."""

import pytest

import memorank
from benchmark.process.surroundings import check_surroundings
from registry import UserError

REFUSED = {
    "NUMBA_NUM_THREADS": ["0", "-3", " 0 "],
    "NUMBA_DISABLE_JIT": ["1", "2"],
    "NUMBA_THREADING_LAYER": ["zzz", "workqeue"],
    "SOURCE_DATE_EPOCH": ["abc", "-1", "1.5", "9" * 30, "9" * 9000],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in REFUSED for value in REFUSED[name]])
def test_a_value_that_no_library_takes_is_refused_in_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match=f"^{name} is '.*unset it"):
        check_surroundings({name: value})
    monkeypatch.setenv(name, value)
    assert memorank.main(["check", "mean-mi"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert said.err.startswith(f"memorank: {name} is ")
    with pytest.raises(UserError, match=name):
        memorank.run("toy", out="nowhere")


def test_what_libraries_take_is_left_to_them() -> None:
    fine = [("NUMBA_NUM_THREADS", "x"), ("NUMBA_NUM_THREADS", "1"), ("NUMBA_DISABLE_JIT", "0")]
    fine += [("NUMBA_THREADING_LAYER", "OMP"), ("SOURCE_DATE_EPOCH", "1700000000")]
    for name, value in [*fine, *((name, "") for name in REFUSED)]:
        check_surroundings({name: value})


def test_the_nearest_layer_is_named() -> None:
    with pytest.raises(UserError, match="did you mean 'workqueue'"):
        check_surroundings({"NUMBA_THREADING_LAYER": "workqeue"})
