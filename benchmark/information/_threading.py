"""Which threads the parallel kernels run in: those of a layer that survives a fork, one kernel at a time.

In: compiled kernels. Out: the same, which a forked process and several threads of Python can call.

numba's layer of its own (`workqueue`) goes on in a forked process. GNU OpenMP, which numba would take, ends each one
that a Pool forks after a kernel has run, and the Pool waits for ever; and on busy cores its threads wait by spinning.
`workqueue` would end a process in which two threads start kernels at once: they wait for each other here. A layer that
NUMBA_THREADING_LAYER or NUMBA_THREADING_LAYER_PRIORITY names is taken as it is.
"""

import functools
import os
import threading
from collections.abc import Callable
from typing import Any

import numba

PRIORITY = ["tbb", "workqueue", "omp"]
_state: dict[str, Any] = {"lock": threading.RLock(), "ran": False, "forked": False}

if "NUMBA_THREADING_LAYER_PRIORITY" not in os.environ:
    numba.config.THREADING_LAYER_PRIORITY = PRIORITY


def one_at_a_time(compiled: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel, which waits while another thread runs one.

    Raises:
        RuntimeError: This process was forked after a kernel had run in GNU OpenMP's threads, which do not survive it.
    """

    @functools.wraps(compiled)
    def called(*given: Any) -> Any:
        with _state["lock"]:
            if _state["forked"] and numba.threading_layer() == "omp":
                raise RuntimeError(
                    "this process was forked after kernels had run in GNU OpenMP's threads, which do not survive a "
                    "fork: use multiprocessing.get_context('spawn'), or NUMBA_THREADING_LAYER=workqueue"
                )
            _state["ran"] = True
            return compiled(*given)

    return called


def _in_a_copy() -> None:
    """The lock of a forked process is nobody's, and what ran before ran in threads that it does not have."""
    _state.update(lock=threading.RLock(), forked=_state["ran"])


os.register_at_fork(after_in_child=_in_a_copy)
