"""Eight float64 values side by side, as one numba value: what the nearest-neighbour kernel computes with.

The type's data model is an LLVM vector <8 x double>, so the code is portable and becomes AVX-512, AVX2 or NEON as the
processor has it. Comparisons with NaN are false; `nearest_of` therefore lets a NaN distance fall through.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

LANES = 8
COUNTED = 16  # values that a count looks at
_VECTOR = ir.VectorType(ir.DoubleType(), LANES)
_MASK = ir.IntType(LANES)


class LanesType(types.Type):
    """The numba type of eight float64 lanes."""

    def __init__(self) -> None:
        super().__init__(name=f"float64x{LANES}")


lanes = LanesType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, numba_type: Any) -> None:
        super().__init__(manager, numba_type, _VECTOR)


@intrinsic
def load(typing_context: Any, array: Any, index: Any) -> Any:
    """Lanes array[index] to array[index + 7] of a contiguous float64 array; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = _address(context, builder, signature, args)
        return builder.load(builder.bitcast(address, _VECTOR.as_pointer()), align=8)

    return lanes(array, index), code


@intrinsic
def store(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """array[index] to array[index + 7] become the lanes of value; no bounds are checked."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = _address(context, builder, signature, args)
        builder.store(args[2], builder.bitcast(address, _VECTOR.as_pointer()), align=8)

    return types.void(array, index, value), code


@intrinsic
def broadcast(typing_context: Any, value: Any) -> Any:
    """One float64 in every lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _broadcast(builder, args[0])

    return lanes(types.float64), code


@intrinsic
def larger(typing_context: Any, a: Any, b: Any) -> Any:
    """The larger of a and b in each lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _select(builder, ">", *args)

    return lanes(a, b), code


@intrinsic
def gap(typing_context: Any, a: Any, b: Any) -> Any:
    """a - b in each lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fsub(*args)

    return lanes(a, b), code


@intrinsic
def any_below(typing_context: Any, a: Any, b: Any) -> Any:
    """Whether a < b in some lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        mask = builder.bitcast(builder.fcmp_ordered("<", *args), _MASK)
        return builder.icmp_unsigned("!=", mask, ir.Constant(_MASK, 0))

    return types.boolean(a, b), code


@intrinsic
def count_up(typing_context: Any, array: Any, index: Any, value: Any, distance: Any) -> Any:
    """Of array[index] to array[index + 15], how many v have v - value < distance."""
    return _count(array, index, lambda builder, v, value: builder.fsub(v, value))


@intrinsic
def count_down(typing_context: Any, array: Any, index: Any, value: Any, distance: Any) -> Any:
    """Of array[index] to array[index + 15], how many v have value - v < distance."""
    return _count(array, index, lambda builder, v, value: builder.fsub(value, v))


@intrinsic
def no_neighbours(typing_context: Any, places: Any) -> Any:
    """As many infinite distances as the tuple `places` has members: the start of `nearest_of`."""
    result = types.UniTuple(lanes, len(places))

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        infinite = ir.Constant(_VECTOR, [ir.Constant(ir.DoubleType(), float("inf"))] * LANES)
        return context.make_tuple(builder, result, [infinite] * len(places))

    return result(places), code


@intrinsic
def farthest(typing_context: Any, distances: Any) -> Any:
    """The last, so largest, of the sorted distances."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.extract_value(args[0], len(distances) - 1)

    return lanes(distances), code


@intrinsic
def nearest_of(typing_context: Any, distances: Any, x: Any, y: Any, candidate_x: Any, candidate_y: Any) -> Any:
    """The smallest distances in each lane, sorted, after one more point (two float64) has come by."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        held, lane_x, lane_y, point_x, point_y = args
        distance = _distance(builder, lane_x, lane_y, _broadcast(builder, point_x), _broadcast(builder, point_y))
        return _push(context, builder, distances, held, distance)

    return distances(distances, x, y, types.float64, types.float64), code


@intrinsic
def nearest_among(typing_context: Any, distances: Any, x: Any, y: Any) -> Any:
    """The smallest distances in each lane after the seven other lanes have come by."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        held, lane_x, lane_y = args
        for turn in range(1, LANES):
            order = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [(i + turn) % LANES for i in range(LANES)])
            others = [builder.shuffle_vector(v, v, order) for v in (lane_x, lane_y)]
            held = _push(context, builder, distances, held, _distance(builder, lane_x, lane_y, *others))
        return held

    return distances(distances, x, y), code


def _count(array: Any, index: Any, gap: Any) -> Any:
    """The two counts. Eight comparisons become one mask: without AVX-512, by packing two masks of four as floats."""
    half, words = ir.VectorType(ir.DoubleType(), LANES // 2), ir.VectorType(ir.IntType(32), LANES)
    wide, long = ir.VectorType(ir.IntType(64), LANES // 2), ir.IntType(64)
    packed = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0, 2, 8, 10, 4, 6, 12, 14])

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = _address(context, builder, signature, args)
        value, distance = (_broadcast(builder, arg, half) for arg in args[2:4])
        total = ir.Constant(long, 0)
        for first in range(0, COUNTED, LANES):
            sides = []
            for offset in (first, first + LANES // 2):
                place = builder.bitcast(cgutils.gep(builder, address, offset), half.as_pointer())
                nearer = builder.fcmp_ordered("<", gap(builder, builder.load(place, align=8), value), distance)
                sides.append(builder.bitcast(builder.sext(nearer, wide), words))
            both = builder.shuffle_vector(*sides, packed)
            mask = builder.bitcast(builder.icmp_signed("<", both, ir.Constant(words, [0] * LANES)), _MASK)
            total = builder.add(total, builder.zext(builder.ctpop(mask), long))
        return total

    return types.int64(array, index, types.float64, types.float64), code


def _address(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, args[0])
    index = context.cast(builder, args[1], signature.args[1], types.intp)
    return cgutils.gep(builder, array.data, index)


def _broadcast(builder: Any, value: Any, vector: Any = _VECTOR) -> Any:
    single = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(single, single, zeros)


def _select(builder: Any, comparison: str, a: Any, b: Any) -> Any:
    return builder.select(builder.fcmp_ordered(comparison, a, b), a, b)


def _distance(builder: Any, x: Any, y: Any, other_x: Any, other_y: Any) -> Any:
    """max(|x - x'|, |y - y'|): the Chebyshev metric."""
    signature = ir.FunctionType(_VECTOR, [_VECTOR])
    absolute = cgutils.get_or_insert_function(builder.module, signature, f"llvm.fabs.v{LANES}f64")
    sides = [builder.call(absolute, [builder.fsub(a, b)]) for a, b in ((x, other_x), (y, other_y))]
    return _select(builder, ">", *sides)


def _push(context: Any, builder: Any, tuple_type: Any, held: Any, distance: Any) -> Any:
    """Sink a distance into the sorted ones: at each place the smaller stays and the larger goes on."""
    places = []
    for place in range(len(tuple_type)):
        resting = builder.extract_value(held, place)
        places.append(_select(builder, "<", distance, resting))
        distance = _select(builder, ">", distance, resting)
    return context.make_tuple(builder, tuple_type, places)
