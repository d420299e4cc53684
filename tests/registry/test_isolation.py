"""Somebody's code is contained: it cannot end the process, and what it changes is put back."""

import os
import posix
import random
import signal
import sys
from collections.abc import Callable

import numpy as np
import pytest
import torch

from registry.isolation import contained


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (lambda: torch.set_default_dtype(torch.float64), torch.get_default_dtype),
        (lambda: torch.set_default_device("meta"), torch.get_default_device),
        (lambda: torch.set_grad_enabled(False), torch.is_grad_enabled),
        (lambda: torch.set_num_threads(torch.get_num_threads() + 1), torch.get_num_threads),
        (lambda: setattr(torch.nn.init, "ones_", None), lambda: torch.nn.init.ones_),
        (lambda: setattr(torch.nn.Linear, "forward", None), lambda: torch.nn.Linear.forward),
        (lambda: torch.set_autocast_enabled("cpu", True), lambda: torch.is_autocast_enabled("cpu")),
        (lambda: setattr(torch.nn.functional, "relu", torch.tanh), lambda: torch.nn.functional.relu),
        (lambda: setattr(torch, "relu", torch.tanh), lambda: torch.relu),
        (lambda: setattr(torch.optim.Adam, "step", torch.optim.SGD.step), lambda: torch.optim.Adam.step),
        (
            lambda: torch.nn.modules.module.register_module_forward_hook(lambda module, given, out: out * 2),
            lambda: len(torch.nn.modules.module._global_forward_hooks),
        ),
        (lambda: os.chdir("/"), os.getcwd),
        (lambda: signal.signal(signal.SIGINT, signal.SIG_IGN), lambda: signal.getsignal(signal.SIGINT)),
        (lambda: setattr(sys, "stderr", None), lambda: sys.stderr),
        (lambda: np.seterr(all="ignore"), np.geterr),
    ],
)
def test_what_is_changed_is_named_and_put_back(change: Callable[[], object], value: Callable[[], object]) -> None:
    before = value()
    with contained() as changed:
        change()
        assert value() != before
    assert value() == before
    assert len(changed) == 1


def test_generators_are_put_back_and_not_counted() -> None:
    states = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()  # type: ignore[index]
    with contained() as changed:
        random.random(), np.random.rand(), torch.rand(3)
    assert changed == []
    assert states == (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist())  # type: ignore[index]


def test_the_process_is_not_ended() -> None:
    with pytest.raises(SystemExit, match=r"os\._exit\(0\)"), contained():
        os._exit(0)


@pytest.mark.parametrize(
    "ending", [lambda: posix._exit(0), lambda: os.execv("/bin/true", ["true"]), lambda: os.execlp("true", "true")]
)
def test_no_other_program_takes_the_place_of_the_process(ending: Callable[[], object]) -> None:
    with pytest.raises(SystemExit, match="the entry's code ends the process by os"), contained():
        ending()


def test_a_copy_of_the_process_ends_with_the_code_that_made_it() -> None:
    read, write = os.pipe()
    with contained():
        child = os.fork()
    os.write(write, b"x")  # a copy that went on would write here too
    os.close(write)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    assert os.read(read, 10) == b"x"
    os.close(read)


def test_a_forked_worker_ends_with_its_own_code() -> None:
    with contained():
        child = os.fork()
        if not child:
            os._exit(7)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_the_guard_holds_again_after_an_inner_one() -> None:
    with contained():
        with pytest.raises(SystemExit), contained():
            os._exit(0)
        with pytest.raises(SystemExit):
            os._exit(0)
