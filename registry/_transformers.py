"""The one door to transformers, which imports torchvision where that is installed: it must be cured first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from registry._torchvision import import_torchvision
from registry.errors import DataError


def import_transformers() -> Any:
    """transformers, beside any torch."""
    import_torchvision()
    import transformers

    return transformers


@contextmanager
def transformers_for(folder: Path) -> Iterator[Any]:
    """transformers reading a folder, as silent as we are; what it raises about it is a DataError of one line."""
    transformers = import_transformers()
    logging = transformers.utils.logging
    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield transformers
    except Exception as error:  # what is wrong with a folder is told by many kinds, safetensors' own among them
        raise DataError(f"{folder}: {type(error).__name__}: {' '.join(str(error).split())}") from error
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()
