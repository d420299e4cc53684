"""Read by a Python that has this folder on its path: it reaches nothing beyond this machine."""

import socket
from typing import Any

_connect = socket.socket.connect


def _refuse(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX and not str(address[0]).startswith(("127.", "::1")):
        raise OSError(f"a connection to {address} was asked for, where none may be")
    _connect(self, address)


if __name__ == "sitecustomize":  # and not where pytest looks for doctests
    socket.socket.connect = _refuse  # type: ignore[method-assign]
