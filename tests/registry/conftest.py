"""What several tests of entries read."""

from pathlib import Path

import pytest

from benchmark.data.loading import load
from registry import Data


@pytest.fixture(scope="session")
def generated() -> Data:
    """The data set generated-bios, which takes a second to make. Read it; change nothing."""
    return load("generated-bios", Path("unused: the data are generated"))
