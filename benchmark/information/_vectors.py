"""Vectors in LLVM's own words: the pieces that the intrinsics of `_lanes.py` are made of.

In: an LLVM builder and values of it. Out: values. What is said for one kind of processor has a portable form beside it.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils

LANES = 8
COUNTED = 16  # values that a count looks at
KEYS = 8  # of them where it looks at keys
SLACK = 2.0**-50  # of two values: more than float64 rounds off their sum
DOUBLE, INDEX, LONG = ir.DoubleType(), ir.IntType(32), ir.IntType(64)
VECTOR = ir.VectorType(DOUBLE, LANES)
MASK = ir.IntType(LANES)
BYTES = ir.VectorType(ir.IntType(8), 32)  # of one register of AVX2

Code = Callable[[Any, Any, Any, Any], Any]  # of an intrinsic: from context, builder, signature and arguments


def counting(test: Callable[..., Any], counted: int = COUNTED) -> Code:
    """The code of an intrinsic (array, index, *numbers): how many values from array[index] on pass a test.

    The test compares a value with the numbers, and the set bits of the resulting masks are counted. Without AVX-512 a
    comparison leaves 64 bits for each value; they are narrowed until all fit in one register, and the signs of its
    bytes are counted.
    """

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = address(context, builder, signature, args)
        width = counted if has(context, "avx512f") else LANES // 2
        vector = ir.VectorType(DOUBLE, width)
        given = [broadcast(builder, arg, vector) for arg in args[2:]]
        masks = [
            test(builder, load(builder, cgutils.gep(builder, start, first), vector), *given)
            for first in range(0, counted, width)
        ]
        if width == counted:
            return builder.zext(builder.ctpop(builder.bitcast(masks[0], ir.IntType(counted))), LONG)
        masks = [builder.sext(mask, ir.VectorType(LONG, width)) for mask in masks]
        while len(masks) > 1:
            masks = [narrowed(builder, *masks[n : n + 2]) for n in range(0, len(masks), 2)]
        signs = builder.icmp_signed("<", builder.bitcast(masks[0], BYTES), ir.Constant(BYTES, [0] * BYTES.count))
        bits = builder.ctpop(builder.bitcast(signs, ir.IntType(BYTES.count)))
        each = (BYTES.count // counted).bit_length() - 1
        return builder.zext(builder.lshr(bits, ir.Constant(bits.type, each)), LONG)

    return code


def narrowed(builder: Any, a: Any, b: Any) -> Any:
    """Two vectors of ones or zeros in every bit as one of half the bits each, none moved to another 128 bits."""
    half = ir.VectorType(ir.IntType(a.type.element.width // 2), 2 * a.type.count)
    step = 128 // half.element.width
    within = range(0, step, 2)
    order = [first + n for part in range(0, half.count, step) for first in (part, part + half.count) for n in within]
    return shuffled(builder, builder.bitcast(a, half), builder.bitcast(b, half), order)


def farthest_end(combined: Callable[..., Any], comparison: str, none: float) -> Code:
    """The extreme of y plus or minus distance over the lanes with side < distance; `none` if there is no such lane."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        y, side, distance = args
        slack = builder.fmul(builder.fadd(absolute(builder, y), distance), same(SLACK))
        end = combined(builder, combined(builder, y, distance), slack)
        values = builder.select(less(builder, side, distance), end, same(none))
        while values.type.count > 1:
            half = values.type.count // 2
            parts = [shuffled(builder, values, values, list(range(first, first + half))) for first in (0, half)]
            values = select(builder, comparison, *parts)
        return builder.extract_element(values, ir.Constant(INDEX, 0))

    return code


def has(context: Any, feature: str) -> bool:
    """Whether the target processor has a feature, which is named as LLVM does."""
    return f"+{feature}" in context.codegen().magic_tuple()[2].split(",")


def address(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    """The address of array[index], the first two arguments."""
    return element(context, builder, signature.args[0], args[0], signature.args[1], args[1])


def element(context: Any, builder: Any, kind: Any, array: Any, index_type: Any, index: Any) -> Any:
    """The address of an element of an array."""
    data = context.make_array(kind)(context, builder, array).data
    return cgutils.gep(builder, data, context.cast(builder, index, index_type, types.intp))


def load(builder: Any, place: Any, vector: Any = VECTOR) -> Any:
    """The vector that begins at an address."""
    return builder.load(builder.bitcast(place, vector.as_pointer()), align=8)


def store(builder: Any, place: Any, value: Any) -> None:
    """Write a vector to an address."""
    builder.store(value, builder.bitcast(place, VECTOR.as_pointer()), align=8)


def same(value: float) -> Any:
    """A number in every lane."""
    return ir.Constant(VECTOR, [ir.Constant(DOUBLE, value)] * LANES)


def broadcast(builder: Any, value: Any, vector: Any = VECTOR) -> Any:
    """A value in every lane."""
    single = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(INDEX, 0))
    return shuffled(builder, single, single, [0] * vector.count)


def turned(builder: Any, vector: Any, turn: int) -> Any:
    """Lane n becomes lane (n + turn) modulo 8 of the given vector."""
    return shuffled(builder, vector, vector, [(lane + turn) % LANES for lane in range(LANES)])


def shuffled(builder: Any, a: Any, b: Any, order: list[int]) -> Any:
    """The lanes at these places, of a and, counted on after it, of b."""
    return builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(INDEX, len(order)), order))


def less(builder: Any, a: Any, b: Any) -> Any:
    """a < b in each lane."""
    return builder.fcmp_ordered("<", a, b)


def select(builder: Any, comparison: str, a: Any, b: Any) -> Any:
    """In each lane a if `a comparison b` is true, else b."""
    return builder.select(builder.fcmp_ordered(comparison, a, b), a, b)


def absolute(builder: Any, value: Any) -> Any:
    """|value| in each lane."""
    signature = ir.FunctionType(VECTOR, [VECTOR])
    return builder.call(cgutils.get_or_insert_function(builder.module, signature, f"llvm.fabs.v{LANES}f64"), [value])


def distance(context: Any, builder: Any, x: Any, y: Any, other_x: Any, other_y: Any) -> Any:
    """max(|x - x'|, |y - y'|): the Chebyshev metric. AVX-512 has one instruction for the larger of two sizes."""
    sides = [builder.fsub(a, b) for a, b in ((x, other_x), (y, other_y))]
    if not has(context, "avx512dq"):
        return select(builder, ">", *(absolute(builder, side) for side in sides))
    signature = ir.FunctionType(VECTOR, [VECTOR, VECTOR, INDEX, VECTOR, MASK, INDEX])
    larger = cgutils.get_or_insert_function(builder.module, signature, "llvm.x86.avx512.mask.range.pd.512")
    size_of_larger, all_lanes, as_ever = ir.Constant(INDEX, 0b1011), ir.Constant(MASK, -1), ir.Constant(INDEX, 4)
    return builder.call(larger, [*sides, size_of_larger, sides[0], all_lanes, as_ever])


def push(context: Any, builder: Any, tuple_type: Any, held: Any, candidate: Any) -> Any:
    """Sink a distance into the sorted ones: at each place the smaller stays and the larger goes on."""
    places = []
    for place in range(len(tuple_type)):
        resting = builder.extract_value(held, place)
        places.append(select(builder, "<", candidate, resting))
        candidate = select(builder, ">", candidate, resting)
    return context.make_tuple(builder, tuple_type, places)
