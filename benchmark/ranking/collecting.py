"""Networks measured one after the other: each is read, measured and let go, so that never more than one is held.

In: candidates, which can be read. Out: the numbers of each by name. Numbers that are kept from before are not made
again, and what was measured before something went wrong comes with the error.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from benchmark.estimator import Pairs, Settings
from benchmark.process.progress import Progress, Silent
from benchmark.ranking.given import Given, check_different, check_examples, examples_of, in_order, network
from benchmark.ranking.measuring import check_enough, settings_for
from benchmark.ranking.numbers import NetworkNumbers, numbers_of
from registry import DataError, UserError


class Candidate(Protocol):
    """A network that somebody brings."""

    @property
    def name(self) -> str:
        """What it is called in the ranking."""

    def read(self) -> tuple[Given, str]:
        """Its activations, and in words how they were read."""


class Shelf(Protocol):
    """Where numbers are kept from one call to the next."""

    def mark(self, candidate: Candidate, taps: Sequence[str]) -> str | None:
        """What its numbers depend on, also on the order of the first network's taps; None where nobody can say."""

    def find(self, mark: str) -> NetworkNumbers | None:
        """What is kept under this mark."""

    def keep(self, mark: str, numbers: NetworkNumbers) -> None:
        """Keep it."""


class Unfinished(UserError):
    """A network could not be read or measured. `found` holds those that were measured before it."""

    def __init__(self, message: str, found: dict[str, NetworkNumbers]) -> None:
        super().__init__(message)
        self.found = found


class NoShelf:
    """Keeps nothing."""

    def mark(self, candidate: Candidate, taps: Sequence[str]) -> None:
        """Nothing."""

    def find(self, mark: str) -> None:
        """Nothing."""

    def keep(self, mark: str, numbers: NetworkNumbers) -> None:
        """Nothing."""


def collected(
    candidates: Sequence[Candidate],
    pairs: Pairs | None = None,
    settings: Settings | None = None,
    corrected: bool = False,
    progress: Progress | None = None,
    shelf: Shelf | None = None,
) -> dict[str, NetworkNumbers]:
    """Measure networks, one after the other.

    Args:
        candidates: Two or more, each of another name.
        pairs: How many pairs of neurons of each network are read, as for `settings_for`.
        settings: Of the estimators, by default those of a plan.
        corrected: Whether the mean MI of permuted neurons is subtracted from mean MI, as one measure more.
        progress: Is told of every network.
        shelf: Where numbers are found and kept.

    Raises:
        UserError: The settings ask for no halves of the examples.
        Unfinished: A candidate cannot be read or measured, has another number of examples than the first or too few
            of them, or the memory is not enough for it.
    """
    if settings is not None and settings.sub_samples < 2:
        raise UserError(f"sub_samples is {settings.sub_samples}: without halves of the examples nothing is told apart")
    progress, shelf = progress or Silent(), shelf or NoShelf()
    found: dict[str, NetworkNumbers] = {}
    with progress.over(len(candidates)):
        for candidate in candidates:
            progress.begin(candidate.name)
            try:
                first = next(iter(found.values()), None)
                taps = list(first.widths) if first else []
                mark = shelf.mark(candidate, taps)
                numbers = shelf.find(mark) if mark else None
                if numbers is None:
                    numbers = _measured(candidate, first, pairs, settings, corrected)
                    if shelf.mark(candidate, taps) != mark:
                        raise UserError(f"{candidate.name}: its files changed while they were read: rank it again")
                    if mark:
                        shelf.keep(mark, numbers)
                check_beside({**found, candidate.name: numbers})
                found[candidate.name] = numbers
            except (UserError, DataError) as error:
                named = "" if candidate.name in str(error) else f"{candidate.name}: "
                raise Unfinished(f"{named}{error}", found) from error
            except (MemoryError, RuntimeError) as error:
                if isinstance(error, RuntimeError) and "memory" not in str(error):
                    raise
                message = f"network {candidate.name!r}: not enough memory to read and measure it"
                raise Unfinished(f"{message}; give fewer examples, or taps of fewer neurons", found) from error
            progress.end(candidate.name)
    return found


def check_beside(found: Mapping[str, NetworkNumbers]) -> None:
    """Raises UserError where two networks are the same, or were read on other numbers of examples."""
    check_examples({name: one.examples for name, one in found.items()})
    check_different({name: one.digest for name, one in found.items()})


def _measured(
    candidate: Candidate, first: NetworkNumbers | None, pairs: Pairs | None, settings: Settings | None, corrected: bool
) -> NetworkNumbers:
    given, how = candidate.read()
    activations = network(candidate.name, given)
    if first is not None:
        activations = in_order(activations, list(first.widths))
    chosen = settings_for([activations], pairs, settings)
    try:
        check_enough(examples_of(activations), chosen)
    except UserError as error:
        transposed = any(len(matrix) < matrix.shape[1] for matrix in activations.by_tap.values()) and not how
        raise UserError(f"{error}; or are they transposed?" if transposed else str(error)) from error
    return numbers_of(candidate.name, activations, chosen, corrected, how)
