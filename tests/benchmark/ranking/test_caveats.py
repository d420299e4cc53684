"""What is odd about networks is said, and nothing of networks that are not odd."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.ranking.caveats import caveats, disagreement
from benchmark.ranking.numbers import NetworkNumbers, numbers_of
from benchmark.ranking.order import Order
from benchmark.types import Activations

DRAWN = np.random.default_rng(0).normal(size=(300, 20)).astype(np.float32)
FEW = Settings(sub_samples=2, mi={"pairs": 3})  # type: ignore[arg-type]


def of(**taps: NDArray[np.float32]) -> NetworkNumbers:
    return numbers_of("any", Activations(taps), FEW)


def said(**taps: NDArray[np.float32]) -> list[str]:
    """Of an inconspicuous network beside one with these taps."""
    return caveats({"plain": of(fc=DRAWN), "odd": of(**taps)})


def with_neuron(values: NDArray[np.float32]) -> NDArray[np.float32]:
    changed = DRAWN.copy()
    changed[:, 3] = values
    return changed


def test_of_networks_that_are_alike_nothing_is_said() -> None:
    assert said(fc=DRAWN[::-1]) == []


@pytest.mark.parametrize(
    ("taps", "words"),
    [
        ({"fc": DRAWN[:, :10]}, "plain has 20 neurons and odd 10: networks of unlike width are not comparable"),
        ({"fc": DRAWN, "fc2": DRAWN}, "plain has 1 taps and odd 2: networks of unlike depth are not comparable"),
        ({"other": DRAWN}, "plain is read at fc and odd at other: are these the same?"),
        ({"fc": np.hstack([DRAWN] * 20)[:, :301]}, "odd, tap fc: more neurons (301) than examples (300)"),
        ({"fc": np.where(np.arange(20) < 2, 1, DRAWN)}, "odd, tap fc: 2 of 20 neurons are constant"),
        ({"fc": with_neuron(1000 * DRAWN[:, 3])}, "odd, tap fc: neuron 3 has"),
        ({"fc": np.round(4 * DRAWN) / 4}, "different values: quantized activations"),
    ],
)
def test_what_is_odd_is_said(taps: dict[str, NDArray[np.float32]], words: str) -> None:
    assert any(words in sentence for sentence in said(**taps))


def test_few_examples_and_what_is_undefined_are_said() -> None:
    few, constant = of(fc=DRAWN[:50]), of(fc=np.ones((50, 2), dtype=np.float32))
    found = caveats({"a": few, "b": constant})
    assert found[0] == "only 50 examples: both measures move with their number, and a few hundred are needed"
    assert "mean-mi of b is undefined: all 2 neurons are constant" in found


def test_measures_that_order_the_networks_in_opposite_ways_are_not_to_be_trusted() -> None:
    one, other = Order((("a",), ("b",), ("c",)), {}), Order((("c",), ("b",), ("a",)), {})
    assert disagreement(one, one) == []
    assert disagreement(one, other)[0].startswith("mean MI and mean entropy disagree about the order (tau -1.00)")
    assert disagreement(one, Order((("a", "b", "c"),), {})) == []


def test_what_is_odd_at_many_taps_is_said_once_with_their_number() -> None:
    steps = np.round(4 * DRAWN) / 4
    taps = {f"layer {n}": steps + n for n in range(5)}
    found = caveats({"plain": of(**dict.fromkeys(taps, DRAWN)), "odd": of(**taps)})
    assert len(found) == 1
    assert found[0].startswith("odd, tap layer 0: only")
    assert found[0].endswith("; the same at 4 more taps")


def test_what_is_odd_in_many_networks_is_said_once_with_their_number() -> None:
    relu = {"one": np.maximum(DRAWN, 0), "two": np.maximum(DRAWN, 0)}
    found = caveats(
        {name: of(**{tap: values + n * (values > 0) for tap, values in relu.items()}) for n, name in enumerate("abc")}
    )
    assert len(found) == 1
    assert found[0].startswith("a, tap one: 51% of the values are 0, as behind a ReLU: entropy counts them as one bin")
    assert found[0].endswith("networks read at the same place; the same at 1 more tap and in 2 more networks")


def test_networks_that_were_not_read_alike_are_said_to_be_so() -> None:
    one, other = (replace(of(fc=DRAWN + shift), how=how) for shift, how in ((0, "300 tokens"), (1, "290 tokens")))
    assert any("another tokenizer" in sentence for sentence in caveats({"a": one, "b": other}))
    assert caveats({"a": one, "b": replace(other, how=one.how)}) == []
