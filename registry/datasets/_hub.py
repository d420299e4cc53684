"""Data sets by their names on the Hugging Face hub."""

from typing import Any

from registry import DataError
from registry.errors import in_short


def parts_of(name: str, cure: str, revision: str | None = None) -> dict[str, Any]:
    """The parts train and test of a data set on the Hugging Face hub.

    Args:
        name: Its name there.
        cure: What else can be done, for messages.
        revision: The commit that is fetched, by default the newest.

    Returns:
        Each part by its name.

    Raises:
        DataError: The hub does not give them.
    """
    from datasets import load_dataset  # costs a second, and only this needs it

    try:
        return {part: load_dataset(name, split=part, revision=revision) for part in ("train", "test")}
    except Exception as error:  # the hub's client raises its own, httpx's and the system's errors
        raise DataError(f"cannot download {name}: {in_short(error)}; {cure}") from error
