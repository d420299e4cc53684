"""Each operation on eight lanes, run without a kernel around it: what numpy finds for the same numbers."""

import numpy as np
import pytest
from llvm_code import FEATURES, Context, run
from llvmlite import ir
from numba import types

from benchmark.information import _lanes as lanes
from benchmark.information import _vectors as vectors

X, Y, SIDE, DISTANCE = np.random.default_rng(0).normal(size=(4, lanes.LANES))
DISTANCE = abs(DISTANCE)
VALUES = np.round(np.random.default_rng(1).normal(size=36), 1)
K = 3
PLACES, HELD = types.UniTuple(types.int64, K), types.UniTuple(lanes.lanes, K)
ARRAY, INDEX = types.float64[::1], types.int64
COUNTS = {
    "count_up": lambda v, value, distance: v - value < distance,
    "count_down": lambda v, value, distance: value - v < distance,
    "keys_up": lambda v, value, distance: v - value < distance,
    "keys_down": lambda v, value, distance: value - v < distance,
}


def called(intrinsic, builder, kinds, *args, features: str = ""):
    """The value of an intrinsic for arguments of these kinds, for a processor of these features."""
    signature, code = intrinsic._defn(None, *kinds)
    return code(Context(features), builder, signature, args)


def at(number: int):
    return ir.Constant(vectors.LONG, number)


def eight(body, *given: np.ndarray) -> np.ndarray:
    """The lanes that body(builder, *lanes) makes of arrays of eight."""

    def whole(builder, out, *places):
        vectors.store(builder, out, body(builder, *(vectors.load(builder, place) for place in places)))

    return run(whole, lanes.LANES, *given)


def number(body, *given: np.ndarray) -> float:
    """The number that body(builder, *lanes) makes of arrays of eight."""

    def whole(builder, out, *places):
        found = body(builder, *(vectors.load(builder, place) for place in places))
        found = found if found.type == vectors.DOUBLE else builder.uitofp(found, vectors.DOUBLE)
        builder.store(found, out)

    return run(whole, 1, *given)[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("larger", np.maximum), ("gap", np.subtract), ("apart", lambda a, b: abs(a - b))],
)
def test_two_lanes_are_combined_as_numpy_does(name: str, expected) -> None:
    found = eight(lambda builder, *ab: called(getattr(lanes, name), builder, [lanes.lanes] * 2, *ab), X, Y)
    assert np.array_equal(found, expected(X, Y))


def test_any_below_is_true_for_one_lane_and_false_for_equal_ones_and_nan() -> None:
    def any_below(a: np.ndarray, b: np.ndarray) -> bool:
        return bool(number(lambda builder, *ab: called(lanes.any_below, builder, [lanes.lanes] * 2, *ab), a, b))

    assert not any_below(X, X)
    assert not any_below(X, np.full(lanes.LANES, np.nan))
    for lane in range(lanes.LANES):
        assert any_below(X, X + 1e-9 * (np.arange(lanes.LANES) == lane))


def test_the_ends_of_what_is_needed_hold_every_lane_that_counts() -> None:
    kinds = [lanes.lanes] * 3
    inside = SIDE < DISTANCE
    assert 0 < inside.sum() < lanes.LANES
    low = number(lambda builder, *given: called(lanes.lowest, builder, kinds, *given), Y, SIDE, DISTANCE)
    high = number(lambda builder, *given: called(lanes.highest, builder, kinds, *given), Y, SIDE, DISTANCE)
    assert low == pytest.approx((Y - DISTANCE)[inside].min(), abs=1e-13)
    assert low <= (Y - DISTANCE)[inside].min()
    assert high == pytest.approx((Y + DISTANCE)[inside].max(), abs=1e-13)
    assert high >= (Y + DISTANCE)[inside].max()


def counts(name: str, features: str, scalars: tuple[float, ...]) -> list[float]:
    """What an intrinsic counts from each of the places of VALUES on."""

    def body(builder, out, array):
        for place in range(len(VALUES) - lanes.COUNTED):
            given = [ir.Constant(vectors.DOUBLE, scalar) for scalar in scalars]
            kinds = [ARRAY, INDEX, *[types.float64] * len(scalars)]
            found = called(getattr(lanes, name), builder, kinds, array, at(place), *given, features=features)
            builder.store(builder.sitofp(found, vectors.DOUBLE), builder.gep(out, [at(place)]))

    return run(body, len(VALUES) - lanes.COUNTED, VALUES).tolist()


@pytest.mark.parametrize("features", FEATURES)
@pytest.mark.parametrize("name", COUNTS)
def test_counts_within_a_distance_are_those_of_numpy(name: str, features: str) -> None:
    many = lanes.KEYS if name.startswith("keys") else lanes.COUNTED
    windows = np.lib.stride_tricks.sliding_window_view(VALUES, many)[: len(VALUES) - lanes.COUNTED]
    expected = COUNTS[name](windows, 0.1, 0.4).sum(axis=1)
    assert counts(name, features, (0.1, 0.4)) == expected.tolist()
    assert len(set(expected.tolist())) >= 3


@pytest.mark.parametrize("features", FEATURES)
def test_counts_beside_a_limit_leave_out_what_is_equal_to_it(features: str) -> None:
    limit = VALUES[len(VALUES) // 2]
    windows = np.lib.stride_tricks.sliding_window_view(VALUES, lanes.COUNTED)[: len(VALUES) - lanes.COUNTED]
    assert (windows == limit).any()
    assert counts("count_below", features, (limit,)) == (windows < limit).sum(axis=1).tolist()
    assert counts("count_above", features, (limit,)) == (windows > limit).sum(axis=1).tolist()


@pytest.mark.parametrize("features", FEATURES)
def test_the_nearest_are_those_of_all_points_that_came_by_in_each_lane(features: str) -> None:
    all_x, all_y = np.random.default_rng(2).normal(size=(2, 20))

    def body(builder, out, x, y, all_x, all_y):
        x, y = vectors.load(builder, x), vectors.load(builder, y)
        held = called(lanes.no_neighbours, builder, [PLACES])
        kinds = [HELD, lanes.lanes, lanes.lanes, ARRAY, ARRAY, INDEX]
        for place in range(20):
            held = called(lanes.nearest_of, builder, kinds, held, x, y, all_x, all_y, at(place), features=features)
        vectors.store(builder, out, called(lanes.farthest, builder, [HELD], held))

    found = run(body, lanes.LANES, X, Y, all_x, all_y)
    distances = np.maximum(abs(X[:, None] - all_x), abs(Y[:, None] - all_y))
    assert np.array_equal(found, np.sort(distances, axis=1)[:, K - 1])


@pytest.mark.parametrize("features", FEATURES)
def test_each_lane_meets_the_seven_others_once(features: str) -> None:
    def body(builder, out, x, y):
        x, y = vectors.load(builder, x), vectors.load(builder, y)
        places = types.UniTuple(lanes.lanes, lanes.LANES)
        held = called(lanes.no_neighbours, builder, [types.UniTuple(types.int64, lanes.LANES)])
        held = called(lanes.nearest_among, builder, [places, lanes.lanes, lanes.lanes], held, x, y, features=features)
        called(lanes.store_all, builder, [ARRAY, INDEX, places], out, at(0), held)

    found = run(body, lanes.LANES**2, X, Y).reshape(lanes.LANES, lanes.LANES)  # by rank and lane
    distances = np.sort(np.maximum(abs(X[:, None] - X), abs(Y[:, None] - Y)), axis=1)
    assert np.array_equal(found[:-1].T, distances[:, 1:])
    assert np.isposinf(found[-1]).all()


def test_lanes_are_loaded_stored_and_broadcast_from_any_place() -> None:
    def body(builder, out, array):
        loaded = called(lanes.load, builder, [ARRAY, INDEX], array, at(5))
        called(lanes.store, builder, [ARRAY, INDEX, lanes.lanes], out, at(0), loaded)
        single = called(lanes.broadcast, builder, [ARRAY, INDEX], array, at(9))
        called(lanes.store, builder, [ARRAY, INDEX, lanes.lanes], out, at(8), single)
        several = called(lanes.load_all, builder, [ARRAY, INDEX, PLACES], array, at(1))
        called(lanes.store_all, builder, [ARRAY, INDEX, HELD], out, at(16), several)

    found = run(body, 40, VALUES)
    assert found.tolist() == [*VALUES[5:13], *[VALUES[9]] * 8, *VALUES[1:25]]
