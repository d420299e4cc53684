"""Each transform draws from a generator of its own, gets inputs of its own, and keeps their shape and type."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmark.networks.readings._transformed import transformed

INPUTS = np.arange(12, dtype=np.float32).reshape(6, 2)


def drawn(inputs: NDArray[Any], generator: np.random.Generator) -> NDArray[Any]:
    inputs[:] = generator.permuted(inputs, axis=0)  # it works in place
    return inputs


def test_what_a_transform_draws_hangs_on_its_name_alone_and_inputs_stay_as_they_are() -> None:
    before = INPUTS.copy()
    alone = dict(transformed(INPUTS, {"b": drawn}))
    beside = dict(transformed(INPUTS, {"a": drawn, "b": drawn, "c": drawn}))
    assert list(beside) == ["a", "b", "c"]
    assert np.array_equal(alone["b"], beside["b"])
    assert not np.array_equal(beside["a"], beside["b"])
    assert np.array_equal(INPUTS, before)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (INPUTS[:5], r"transform 'odd' makes \(5, 2\) of inputs \(6, 2\): it must keep their shape"),
        (INPUTS.astype(np.float64), "transform 'odd' makes float64 of float32: it must keep their type"),
        ("text", r"transform 'odd' makes None of inputs \(6, 2\)"),
    ],
)
def test_another_shape_or_type_is_refused(made: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        list(transformed(INPUTS, {"odd": lambda inputs, generator: made}))
