"""The pieces of vector code, run by LLVM itself: what each does to eight numbers, in its wide and its portable form."""

import numpy as np
import pytest
from llvm_code import FEATURES, Context, run
from llvmlite import ir

from benchmark.information import _vectors as vectors

A, B, C, D = np.random.default_rng(0).normal(size=(4, vectors.LANES))


def eight(code, *given: np.ndarray) -> np.ndarray:
    """The vector that code makes of a builder and vectors of eight numbers."""

    def body(builder, out, *places):
        vectors.store(builder, out, code(builder, *(vectors.load(builder, place) for place in places)))

    return run(body, vectors.LANES, *given)


def test_what_is_loaded_is_what_is_stored() -> None:
    assert np.array_equal(eight(lambda builder, a: a, A), A)


@pytest.mark.parametrize("turn", range(vectors.LANES))
def test_a_turned_vector_is_rolled(turn: int) -> None:
    assert np.array_equal(eight(lambda builder, a: vectors.turned(builder, a, turn), A), np.roll(A, -turn))


def test_a_number_in_every_lane() -> None:
    assert eight(lambda builder: vectors.same(0.1)).tolist() == [0.1] * vectors.LANES
    third = ir.Constant(vectors.INDEX, 3)
    found = eight(lambda builder, a: vectors.broadcast(builder, builder.extract_element(a, third)), A)
    assert found.tolist() == [A[3]] * vectors.LANES


def test_shuffled_takes_from_both() -> None:
    order = [15, 0, 8, 7, 9, 1, 2, 2]
    found = eight(lambda builder, a, b: vectors.shuffled(builder, a, b, order), A, B)
    assert np.array_equal(found, np.concatenate([A, B])[order])


def test_absolute_and_select_are_those_of_numpy() -> None:
    assert np.array_equal(eight(lambda builder, a: vectors.absolute(builder, a), A), abs(A))
    assert np.array_equal(eight(lambda builder, *ab: vectors.select(builder, ">", *ab), A, B), np.maximum(A, B))
    assert np.array_equal(eight(lambda builder, *ab: vectors.select(builder, "<", *ab), A, B), np.minimum(A, B))


def test_of_a_comparison_with_nan_the_second_is_selected() -> None:
    odd = np.where(np.arange(8) % 2, np.nan, A)
    assert np.array_equal(
        eight(lambda builder, *ab: vectors.select(builder, "<", *ab), odd, B), np.where(odd < B, odd, B)
    )


@pytest.mark.parametrize("features", FEATURES)
def test_the_distance_is_the_larger_of_both_sides(features: str) -> None:
    found = eight(lambda builder, *points: vectors.distance(Context(features), builder, *points), A, B, C, D)
    assert np.array_equal(found, np.maximum(abs(A - C), abs(B - D)))


@pytest.mark.parametrize("features", FEATURES)
@pytest.mark.parametrize("counted", [vectors.COUNTED, vectors.KEYS])
def test_a_count_is_that_of_the_values_which_pass(features: str, counted: int) -> None:
    values = np.round(np.random.default_rng(1).normal(size=40), 1)
    code = vectors.counting(lambda builder, v, limit: vectors.less(builder, v, limit), counted)

    def body(builder, out, array, limits):
        for place in range(len(values) - counted):
            index = ir.Constant(vectors.LONG, place)
            limit = builder.load(builder.gep(limits, [index]))
            many = code(Context(features), builder, Context.of_an_array, (array, index, limit))
            builder.store(builder.sitofp(many, vectors.DOUBLE), builder.gep(out, [index]))

    limits = np.linspace(-3, 3, len(values) - counted)
    found = run(body, len(limits), values, limits)
    expected = [(values[place:][:counted] < limit).sum() for place, limit in enumerate(limits)]
    assert found.tolist() == expected
    assert {0, counted} <= set(expected)


def test_the_farthest_end_is_never_short_of_the_lanes_that_count() -> None:
    y, side, distance = np.random.default_rng(1).normal(size=(3, vectors.LANES)) ** 2

    def end(combined, comparison: str, none: float, side: np.ndarray) -> float:
        code = vectors.farthest_end(combined, comparison, none)
        return eight(lambda b, *given: vectors.broadcast(b, code(None, b, None, given)), y, side, distance)[0]

    inside = side < distance
    assert 0 < inside.sum() < vectors.LANES
    low, high = (y - distance)[inside].min(), (y + distance)[inside].max()
    found = end(ir.IRBuilder.fsub, "<", np.inf, side)
    assert low - 1e-14 <= found <= low
    assert high <= end(ir.IRBuilder.fadd, ">", -np.inf, side) <= high + 1e-14
    assert end(ir.IRBuilder.fsub, "<", np.inf, distance) == np.inf


def test_pushed_distances_stay_sorted_and_are_the_smallest() -> None:
    candidates = np.random.default_rng(1).normal(size=(6, vectors.LANES)) ** 2

    def body(builder, out, given):
        held = Context().make_tuple(builder, None, [vectors.same(float("inf"))] * 3)
        for n in range(len(candidates)):
            candidate = vectors.load(builder, builder.gep(given, [ir.Constant(vectors.INDEX, vectors.LANES * n)]))
            held = vectors.push(Context(), builder, [None] * 3, held, candidate)
        for n in range(3):
            place = builder.gep(out, [ir.Constant(vectors.INDEX, vectors.LANES * n)])
            vectors.store(builder, place, builder.extract_value(held, n))

    found = run(body, 3 * vectors.LANES, candidates.ravel()).reshape(3, vectors.LANES)
    assert np.array_equal(found, np.sort(candidates, axis=0)[:3])
