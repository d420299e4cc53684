"""What a network needs of the machine that trains it."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Resources:
    """What one cell of a family takes of a worker of a cluster; 0 is not asked for.

    A worker of Dask offers the same names, as in `dask worker ADDRESS --resources "processors=8 memory=64e9 gpus=1"`.
    Where cells are computed changes no result, so none of it is part of a key.

    Attributes:
        processors: How many.
        memory: In bytes.
        gpus: How many.

    Raises:
        ValueError: An amount is not a finite number from 0 on.
    """

    processors: float = 0
    memory: float = 0
    gpus: float = 0

    def __post_init__(self) -> None:
        for name, amount in asdict(self).items():
            if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < float("inf"):
                raise ValueError(f"{name} of resources is a number from 0 on, not {amount!r}")

    def asked(self) -> dict[str, float]:
        """The amounts that are not 0, by name.

        >>> Resources(processors=4, gpus=1).asked()
        {'processors': 4, 'gpus': 1}
        """
        return {name: amount for name, amount in asdict(self).items() if amount}
