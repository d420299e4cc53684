"""Eight float64 values side by side, as one numba value: what the nearest-neighbour kernel computes with.

The type's data model is an LLVM vector <8 x double>, so the code is portable and becomes AVX-512, AVX2 or NEON as the
processor has it. Comparisons with NaN are false.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

from benchmark.information import _vectors as vectors

LANES, COUNTED, KEYS = vectors.LANES, vectors.COUNTED, vectors.KEYS


class LanesType(types.Type):
    """The numba type of eight float64 lanes."""

    def __init__(self) -> None:
        super().__init__(name=f"float64x{LANES}")


lanes = LanesType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, numba_type: Any) -> None:
        super().__init__(manager, numba_type, vectors.VECTOR)


@intrinsic
def load(typing_context: Any, array: Any, index: Any) -> Any:
    """Lanes array[index] to array[index + 7] of a contiguous float64 array; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return vectors.load(builder, vectors.address(context, builder, signature, args))

    return lanes(array, index), code


@intrinsic
def store(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """array[index] to array[index + 7] become the lanes of value; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vectors.store(builder, vectors.address(context, builder, signature, args), args[2])

    return types.void(array, index, value), code


@intrinsic
def load_all(typing_context: Any, array: Any, index: Any, places: Any) -> Any:
    """As many lanes as the tuple `places` has members, one after another from array[index] on."""
    result = types.UniTuple(lanes, len(places))

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = vectors.address(context, builder, signature, args)
        members = [vectors.load(builder, cgutils.gep(builder, address, LANES * n)) for n in range(len(places))]
        return context.make_tuple(builder, result, members)

    return result(array, index, places), code


@intrinsic
def store_all(typing_context: Any, array: Any, index: Any, distances: Any) -> Any:
    """The reverse of `load_all`."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = vectors.address(context, builder, signature, args)
        for n in range(len(distances)):
            vectors.store(builder, cgutils.gep(builder, address, LANES * n), builder.extract_value(args[2], n))

    return types.void(array, index, distances), code


@intrinsic
def broadcast(typing_context: Any, array: Any, index: Any) -> Any:
    """array[index] in every lane; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return vectors.broadcast(builder, builder.load(vectors.address(context, builder, signature, args)))

    return lanes(array, index), code


@intrinsic
def larger(typing_context: Any, a: Any, b: Any) -> Any:
    """The larger of a and b in each lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return vectors.select(builder, ">", *args)

    return lanes(a, b), code


@intrinsic
def gap(typing_context: Any, a: Any, b: Any) -> Any:
    """a - b in each lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fsub(*args)

    return lanes(a, b), code


@intrinsic
def apart(typing_context: Any, a: Any, b: Any) -> Any:
    """|a - b| in each lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return vectors.absolute(builder, builder.fsub(*args))

    return lanes(a, b), code


@intrinsic
def any_below(typing_context: Any, a: Any, b: Any) -> Any:
    """Whether a < b in some lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        mask = builder.bitcast(builder.fcmp_ordered("<", *args), vectors.MASK)
        return builder.icmp_unsigned("!=", mask, ir.Constant(vectors.MASK, 0))

    return types.boolean(a, b), code


@intrinsic
def lowest(typing_context: Any, y: Any, side: Any, distance: Any) -> Any:
    """The least y - distance of the lanes with side < distance, or a rounding below; +inf if there is no such lane."""
    return types.float64(y, side, distance), vectors.farthest_end(ir.IRBuilder.fsub, "<", float("inf"))


@intrinsic
def highest(typing_context: Any, y: Any, side: Any, distance: Any) -> Any:
    """The largest y + distance of the lanes with side < distance, or a rounding above; -inf if there is none."""
    return types.float64(y, side, distance), vectors.farthest_end(ir.IRBuilder.fadd, ">", float("-inf"))


@intrinsic
def count_up(typing_context: Any, array: Any, index: Any, value: Any, distance: Any) -> Any:
    """Of array[index] to array[index + 15], how many v have v - value < distance."""
    return types.int64(array, index, types.float64, types.float64), vectors.counting(_up)


@intrinsic
def count_down(typing_context: Any, array: Any, index: Any, value: Any, distance: Any) -> Any:
    """Of array[index] to array[index + 15], how many v have value - v < distance."""
    return types.int64(array, index, types.float64, types.float64), vectors.counting(_down)


@intrinsic
def keys_up(typing_context: Any, array: Any, index: Any, value: Any, distance: Any) -> Any:
    """As `count_up`, of eight values: array[index] to array[index + 7]."""
    return types.int64(array, index, types.float64, types.float64), vectors.counting(_up, KEYS)


@intrinsic
def keys_down(typing_context: Any, array: Any, index: Any, value: Any, distance: Any) -> Any:
    """As `count_down`, of eight values: array[index] to array[index + 7]."""
    return types.int64(array, index, types.float64, types.float64), vectors.counting(_down, KEYS)


@intrinsic
def count_below(typing_context: Any, array: Any, index: Any, limit: Any) -> Any:
    """Of array[index] to array[index + 15], how many lie below the limit."""
    return types.int64(array, index, types.float64), vectors.counting(vectors.less)


@intrinsic
def count_above(typing_context: Any, array: Any, index: Any, limit: Any) -> Any:
    """Of array[index] to array[index + 15], how many lie above the limit."""
    return types.int64(array, index, types.float64), vectors.counting(_above)


@intrinsic
def no_neighbours(typing_context: Any, places: Any) -> Any:
    """As many infinite distances as the tuple `places` has members: the start of `nearest_of`."""
    result = types.UniTuple(lanes, len(places))

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return context.make_tuple(builder, result, [vectors.same(float("inf"))] * len(places))

    return result(places), code


@intrinsic
def farthest(typing_context: Any, distances: Any) -> Any:
    """The last, so largest, of the sorted distances."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.extract_value(args[0], len(distances) - 1)

    return lanes(distances), code


@intrinsic
def nearest_of(typing_context: Any, distances: Any, x: Any, y: Any, all_x: Any, all_y: Any, index: Any) -> Any:
    """The smallest distances in each lane, sorted, once (all_x[index], all_y[index]) is taken into account."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        held, lane_x, lane_y, *arrays, place = args
        x, y = (
            vectors.broadcast(
                builder, builder.load(vectors.element(context, builder, kind, array, signature.args[5], place))
            )
            for kind, array in zip(signature.args[3:5], arrays, strict=True)
        )
        return vectors.push(context, builder, distances, held, vectors.distance(context, builder, lane_x, lane_y, x, y))

    return distances(distances, x, y, all_x, all_y, index), code


@intrinsic
def nearest_among(typing_context: Any, distances: Any, x: Any, y: Any) -> Any:
    """The smallest distances in each lane, sorted, once the seven other lanes are taken into account."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        held, lane_x, lane_y = args
        for turn in range(1, LANES // 2 + 1):
            others = [vectors.turned(builder, v, turn) for v in (lane_x, lane_y)]
            distance = vectors.distance(context, builder, lane_x, lane_y, *others)
            held = vectors.push(context, builder, distances, held, distance)
            if turn < LANES // 2:  # the same distances, seen from the other end
                held = vectors.push(context, builder, distances, held, vectors.turned(builder, distance, LANES - turn))
        return held

    return distances(distances, x, y), code


def _up(builder: Any, v: Any, value: Any, distance: Any) -> Any:
    return vectors.less(builder, builder.fsub(v, value), distance)


def _down(builder: Any, v: Any, value: Any, distance: Any) -> Any:
    return vectors.less(builder, builder.fsub(value, v), distance)


def _above(builder: Any, v: Any, limit: Any) -> Any:
    return vectors.less(builder, limit, v)
