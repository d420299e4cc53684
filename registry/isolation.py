"""An entry's code, contained: what it does to the process it runs in is undone, and it cannot end that process.

In: a stretch of somebody's code. Out: the names of what it changed, all of it as it was before.
"""

import os
import posix
import random
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from os import _exit as end_process  # the real one, inside a block too
from pathlib import Path
from types import BuiltinFunctionType, FunctionType
from typing import Any

import numpy as np

from registry.errors import Ending, in_words

Restore = Callable[[Any], object]
ENDINGS = ("_exit", "execv", "execve", "abort")  # what ends this program, whichever function is called
_REAL = {name: getattr(os, name) for name in ENDINGS}
_OWNERS: list[int] = []  # the process of each block that is open


@dataclass(frozen=True)
class _Part:
    """A part of the process's state: what it is called, its value, and how it is put back."""

    name: str
    value: Any
    restore: Restore
    drawn: bool = False  # a generator: drawing from it is allowed, and undone


@contextmanager
def kept_alive() -> Iterator[None]:
    """Run somebody's code so that it does not end the process.

    Raises:
        SystemExit: The code called `os._exit`, or what puts another program in the place of this one. A copy of the
            process that the code forked ends here.
    """
    owner = os.getpid()

    def refusing(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(*given: Any) -> Any:
            if os.getpid() != owner:
                return real(*given)
            raise SystemExit(f"the entry's code ends the process by os.{name}({', '.join(map(repr, given))})")

        return refuse

    before = {(module, name): getattr(module, name) for module in (os, posix) for name in ENDINGS}
    _OWNERS.append(owner)
    for module, name in before:
        setattr(module, name, refusing(name, _REAL[name]))
    try:
        yield
    finally:
        for (module, name), function in before.items():
            setattr(module, name, function)
        end_a_copy()
        _OWNERS.pop()


@contextmanager
def contained() -> Iterator[list[str]]:
    """Run somebody's code so that it neither ends the process nor leaves it changed.

    Yields:
        A list that holds afterwards the names of what the code changed: the working directory, the standard streams,
        signal handlers, the umask, torch's global settings and its initializers. All are as before then, generators
        and the environment too.

    Raises:
        SystemExit: The code called `os._exit`.
        RuntimeError: It raised what is no exception that code is meant to catch.
    """
    changed: list[str] = []
    before = _state()
    try:
        with kept_alive():
            yield changed
    except (Exception, SystemExit, KeyboardInterrupt, GeneratorExit, Ending):
        raise
    except BaseException as error:
        raise RuntimeError(in_words(error)) from error
    finally:
        now = {part.name: part.value for part in _state()}
        for part in before:
            if now.get(part.name) is not signal.SIG_DFL and not _same(part.value, now.get(part.name)):
                changed += [] if part.drawn else [part.name]
                part.restore(part.value)


def end_a_copy() -> None:
    """End the process here if an entry's code has forked it and this is the copy: only the original goes on."""
    if _OWNERS and os.getpid() != _OWNERS[-1]:
        end_process(1)


def _state() -> list[_Part]:
    parts = [
        _Part("the working directory", _working_directory(), _go_to),
        *(_Part(f"sys.{name}", getattr(sys, name), _setter(sys, name)) for name in ("stdin", "stdout", "stderr")),
        _Part("Python's random generator", random.getstate(), random.setstate, drawn=True),
        _Part("numpy's global generator", np.random.get_state(), np.random.set_state, drawn=True),
        _Part("the umask", _umask(), os.umask),
        _Part("the recursion limit", sys.getrecursionlimit(), sys.setrecursionlimit),
        _Part("the environment", dict(os.environ), _put_back_environment, drawn=True),
        _Part("numpy's error handling", np.geterr(), lambda kept: np.seterr(**kept)),
    ]
    if threading.current_thread() is threading.main_thread():
        # A handler that was reset to the default ends the process at the next signal: our own does that to itself.
        for number in (signal.SIGINT, signal.SIGTERM):
            parts.append(_Part(f"the handler of {number.name}", signal.getsignal(number), _handler_of(number)))
    return [*parts, *(_torch_state(sys.modules["torch"]) if "torch" in sys.modules else ())]


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now


def _put_back_environment(kept: dict[str, str]) -> None:
    for name in set(os.environ) - set(kept):
        del os.environ[name]
    os.environ.update(kept)


def _torch_state(torch: Any) -> list[_Part]:
    """What torch computes with, and the code that draws initial weights and runs layers."""
    hooks = {name: dict(value) for name, value in vars(torch.nn.modules.module).items() if _is_global_hook(name, value)}
    return [
        _Part("torch's default dtype", torch.get_default_dtype(), torch.set_default_dtype),
        _Part("torch's default device", torch.get_default_device(), lambda kept: torch.set_default_device(None)),
        _Part("torch's gradient mode", torch.is_grad_enabled(), torch.set_grad_enabled),
        _Part(
            "torch's deterministic mode",
            torch.are_deterministic_algorithms_enabled(),
            torch.use_deterministic_algorithms,
        ),
        _Part("torch's matmul precision", torch.get_float32_matmul_precision(), torch.set_float32_matmul_precision),
        _Part("torch's number of threads", torch.get_num_threads(), torch.set_num_threads),
        _Part("torch's generator", torch.get_rng_state(), torch.set_rng_state, drawn=True),
        *(_autocast(torch, device) for device in ("cpu", "cuda")),
        _Part("the global hooks of torch.nn", hooks, partial(_put_back_hooks, torch.nn.modules.module)),
        *(_functions_of(name, module) for name, module in _code_of(torch).items()),
        _Part("the layers of torch.nn", _methods_of(vars(torch.nn)), _put_back_methods),
        _Part("the optimizers of torch.optim", _methods_of(vars(torch.optim)), _put_back_methods),
        _Part("torch.Tensor", _methods_of({"Tensor": torch.Tensor}), _put_back_methods),
    ]


def _code_of(torch: Any) -> dict[str, Any]:
    """The modules of torch that networks compute with."""
    return {"torch": torch, "torch.nn.functional": torch.nn.functional, "torch.nn.init": torch.nn.init}


def _functions_of(name: str, module: Any) -> _Part:
    """The functions of a module; what torch itself brings when it is first asked for is no change."""

    def put_back(kept: _Functions) -> None:
        vars(module).update(kept.functions())

    return _Part(name, _Functions(vars(module)), put_back)


class _Functions(dict[str, Any]):
    """What a module holds by name; the same as another where the functions of the first are those of the second."""

    def functions(self) -> dict[str, Any]:
        """Those of the values that are functions."""
        return {name: value for name, value in self.items() if isinstance(value, FunctionType | BuiltinFunctionType)}


def _methods_of(kinds: Mapping[str, Any]) -> dict[tuple[type, str], Any]:
    """What classes themselves define, as they compute with it."""
    return {
        (kind, name): own.get(name)
        for kind in kinds.values()
        if isinstance(kind, type)
        for own in (vars(kind),)
        for name in ("__init__", "reset_parameters", "forward", "__call__", "step", "backward")
    }


def _autocast(torch: Any, device: str) -> _Part:
    value = torch.is_autocast_enabled(device), torch.get_autocast_dtype(device)

    def put_back(kept: Any) -> None:
        torch.set_autocast_enabled(device, kept[0])
        torch.set_autocast_dtype(device, kept[1])

    return _Part(f"torch's autocast on {device}", value, put_back)


def _is_global_hook(name: str, value: Any) -> bool:
    return name.startswith("_global_") and isinstance(value, dict)


def _put_back_hooks(module: Any, kept: dict[str, dict[Any, Any]]) -> None:
    for name, hooks in kept.items():
        now = getattr(module, name)
        now.clear()
        now.update(hooks)


def _same(a: Any, b: Any) -> bool:
    """Whether two values of one part are the same; arrays and tensors are compared by their content."""
    if a is b or _bare(a) is _bare(b):
        return True
    if isinstance(a, _Functions) and isinstance(b, _Functions):
        others = {name: value for name, value in a.items() if value is not b.get(name)}
        return all(_same(value, b.get(name)) for name, value in _Functions(others).functions().items())
    if type(a) is not type(b):
        return False
    if isinstance(a, tuple | list):
        if set(map(type, (*a, *b))) == {int}:  # hundreds in the state of Python's generator
            return bool(a == b)
        return len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, dict):  # nearly all values are the same objects, of some thousand
        return a.keys() == b.keys() and all(value is b[name] or _same(value, b[name]) for name, value in a.items())
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b)
    return bool(a.equal(b)) if type(a).__name__ == "Tensor" else bool(a == b)


def _bare(value: Any) -> Any:
    """A function without what torch puts around it by itself, once its compiler or an optimizer is first asked for."""
    while isinstance(value, FunctionType) and hasattr(value, "__wrapped__") and _is_of_torch(value):
        value = value.__wrapped__
    return value


def _is_of_torch(function: FunctionType) -> bool:
    """By the module whose code it is; what the function says of itself may be copied from another."""
    return str(function.__globals__.get("__name__")).partition(".")[0] == "torch"


def _put_back_methods(kept: dict[tuple[type, str], Any]) -> None:
    for (kind, name), method in kept.items():
        if kind.__dict__.get(name) is not method:
            if method is None:
                delattr(kind, name)
            else:
                setattr(kind, name, method)


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:  # removed meanwhile
        return None


def _go_to(folder: Path | None) -> None:
    if folder is not None:
        os.chdir(folder)


def _setter(holder: Any, name: str) -> Restore:
    return lambda value: setattr(holder, name, value)


def _handler_of(number: int) -> Restore:
    return lambda handler: signal.signal(number, handler if handler is not None else signal.SIG_DFL)
