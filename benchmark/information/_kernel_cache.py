"""Where compiled kernels are kept: in a folder named by the hash of all kernel sources.

numba caches a kernel until its own file changes, though code from other files is compiled into it: after an update of
one file it would go on running the old one. A folder for each state of the sources makes that impossible.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numba


@contextmanager
def kept_by_sources() -> Iterator[None]:
    """Kernels defined meanwhile are cached by the state of this package's files, unless NUMBA_CACHE_DIR is set."""
    before = numba.config.CACHE_DIR
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    numba.config.CACHE_DIR = before or str(cache / "memorank" / "kernels" / digest.hexdigest()[:12])
    try:
        yield
    finally:
        numba.config.CACHE_DIR = before
