"""Code of LLVM, compiled and run by itself: an intrinsic needs no kernel around it to be tried."""

from collections.abc import Callable
from ctypes import CFUNCTYPE, c_void_p
from types import SimpleNamespace
from typing import Any

import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir

HOST = llvm.get_host_cpu_features()
WIDE = ("avx512f", "avx512dq")
# the portable form, and that of AVX-512 where this processor has it
FEATURES = ["", ",".join(f"+{name}" for name in WIDE)] if all(HOST.get(name) for name in WIDE) else [""]


class Context:
    """What the intrinsics ask of the compiler, for a processor of these features; an array is its first address."""

    of_an_array = SimpleNamespace(args=[None, None])  # the signature of an intrinsic whose types nothing depends on

    def __init__(self, features: str = "") -> None:
        self._features = features

    def codegen(self) -> Any:
        return SimpleNamespace(magic_tuple=lambda: (None, None, self._features))

    def make_array(self, kind: Any) -> Any:
        return lambda context, builder, array: SimpleNamespace(data=array)

    def cast(self, builder: Any, value: Any, own: Any, other: Any) -> Any:
        return value

    def make_tuple(self, builder: Any, kind: Any, members: list[Any]) -> Any:
        made = ir.Constant(ir.LiteralStructType([member.type for member in members]), ir.Undefined)
        for place, member in enumerate(members):
            made = builder.insert_value(made, member, place)
        return made


def run(body: Callable[..., None], size: int, *given: np.ndarray) -> np.ndarray:
    """The `size` numbers that a function writes to its first array; body(builder, out, *given) is what it does."""
    module = ir.Module()
    pointers = [ir.DoubleType().as_pointer()] * (1 + len(given))
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), pointers), "main")
    builder = ir.IRBuilder(function.append_basic_block())
    body(builder, *function.args)
    builder.ret_void()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(features=HOST.flatten())
    out, arrays = np.full(size, np.nan), [np.ascontiguousarray(array, dtype=np.float64) for array in given]
    with llvm.create_mcjit_compiler(llvm.parse_assembly(str(module)), machine) as engine:
        engine.finalize_object()
        compiled = CFUNCTYPE(None, *[c_void_p] * len(pointers))(engine.get_function_address("main"))
        compiled(*(array.ctypes.data for array in (out, *arrays)))
    return out
