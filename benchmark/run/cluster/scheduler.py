"""The scheduler of a Dask cluster, found and connected to, or one line that says why not.

In: an address or a scheduler file. Out: a client of `dask.distributed`, in a block.
"""

import asyncio
import importlib.util
import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from benchmark.plain.strict_json import read_json
from benchmark.process.paths import absolute, shown
from registry import UserError
from registry.errors import in_short
from registry.regular_files import read_regular

SECONDS = 10.0  # in which a scheduler has to answer
CLOSING = 3.0  # seconds in which a client takes its leave
MISSING = "--dask needs Dask: pip install 'memorank[dask]'"
FORMS = "an address is like tcp://HOST:8786, and a scheduler file is what `dask scheduler --scheduler-file` writes"
_ADDRESSES = ("tcp://", "tls://", "ucx://", "ws://", "wss://")


def address_of(given: str) -> str:
    """The address of a scheduler, as it is or from its file.

    Raises:
        UserError: Dask is not installed, or this is neither an address nor a scheduler file.
    """
    if importlib.util.find_spec("distributed") is None:
        raise UserError(MISSING)
    if given.startswith(_ADDRESSES):
        return given
    host, _, port = given.rpartition(":")
    if host and port.isascii() and port.isdecimal() and "/" not in host:
        return f"tcp://{given}"
    if "://" in given:
        raise UserError(f"--dask: {given!r} begins with none of {', '.join(_ADDRESSES)}: {FORMS}")
    file = absolute(given)
    try:
        said: Any = read_json(read_regular(file))
        found = said["address"]
    except OSError as error:
        raise UserError(f"--dask: {shown(file)}: {error.strerror or error}: {FORMS}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"--dask: {shown(file)} is no scheduler file: {FORMS}") from error
    if not isinstance(found, str) or not found.startswith(_ADDRESSES):
        raise UserError(f"--dask: {shown(file)} holds no address of a scheduler: {FORMS}")
    return found


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Connect to a scheduler as a client, until the block ends.

    Args:
        address: As `address_of` gives it.

    Yields:
        The client.

    Raises:
        UserError: No scheduler answers there.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a machine without a network, where loopback will do
        from distributed import Client

        for name in ("distributed", "distributed.client", "distributed.core", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said by the head
        try:
            _wait_for_answer(address)
            client = Client(address, timeout=SECONDS, set_as_default=False)
        except Exception as error:
            said = f"not within {SECONDS:g} s" if isinstance(error, TimeoutError) else in_short(error)
            cure = "start one there with `dask scheduler`, or mend the address"
            raise UserError(f"--dask: no scheduler answers at {address} ({said}): {cure}") from error
    try:
        yield client
    finally:
        with suppress(Exception):  # it may be gone, and nothing is lost by that
            client.close(timeout=CLOSING)


def _wait_for_answer(address: str) -> None:
    """Wait until a scheduler says who it is; a client would wait without end for what is there and says nothing."""
    aside = ThreadPoolExecutor(1)  # in a notebook an event loop runs in this thread already
    try:
        aside.submit(lambda: asyncio.run(asyncio.wait_for(_answer(address), SECONDS))).result()
    finally:
        aside.shutdown(wait=False)


async def _answer(address: str) -> None:
    from distributed.core import rpc
    from distributed.security import Security

    async with rpc(address, connection_args=Security().get_connection_args("client")) as scheduler:
        await scheduler.identity()
