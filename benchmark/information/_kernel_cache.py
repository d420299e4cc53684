"""How kernels are compiled, and kept between two processes where there is a place for them.

In: the functions of the kernels. Out: what numba makes of them. A cache that is damaged, or full, costs the time of
compiling and nothing else.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache, UserProvidedCacheLocator

from benchmark.information._threading import one_at_a_time
from registry.kernel_folder import kernel_folder

SOURCES = Path(__file__).parent


class _InTheFolder(UserProvidedCacheLocator):
    """Kernels lie where the folder of kernels is, whose name is the hash of their sources.

    So neither the place of a source nor its time matters: another environment, or a copy of the tree, compiles nothing
    that this one has compiled. A function from elsewhere is kept as numba does it.
    """

    def __init__(self, function: Any, file: str) -> None:
        super().__init__(function, file)
        self._ours = Path(file).parent == SOURCES
        if self._ours:
            self._cache_path = str(numba.config.CACHE_DIR)

    def get_source_stamp(self) -> Any:
        """What changes when a kernel has to be compiled again."""
        return Path(self._cache_path).name if self._ours else super().get_source_stamp()


class _Results(CompileResultCacheImpl):
    _locator_classes = (_InTheFolder,)


class _Forgiving(FunctionCache):
    """A cache whose files may be damaged, or may not be written any more."""

    _impl_class = _Results

    def load_overload(self, *given: Any) -> Any:
        """What was compiled for these types, None where nothing usable is kept."""
        try:
            return super().load_overload(*given)
        except Exception:  # what unpickling damaged bytes raises
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, *given: Any) -> None:
        """Keep what was compiled if that is possible."""
        with suppress(OSError):
            super().save_overload(*given)


def kernel(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile a function when it is first called, or take what an earlier process has compiled of it.

    Args:
        options: As numba's `njit` takes them, but for `cache`. A function with `parallel` is called from Python only.
    """

    def made(function: Callable[..., Any]) -> Any:
        compiled = numba.njit(**options)(function)
        if folder := kernel_folder().folder:
            before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder)
            with suppress(RuntimeError):  # the place has become one that cannot be written
                compiled._cache = _Forgiving(function)
            numba.config.CACHE_DIR = before
        return one_at_a_time(compiled) if options.get("parallel") else compiled

    return made
