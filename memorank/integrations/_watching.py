"""What all callbacks share: a `Monitor` made when a training begins, which measures after optimizer steps.

In: a network and where its training is. Out: the numbers that a logger takes.
"""

import warnings
from typing import TYPE_CHECKING

from memorank import Monitor, UserError

if TYPE_CHECKING:
    from pandas import DataFrame
    from torch import nn

    from benchmark.networks.own_taps import Taps


class Watching:
    """One callback's settings, and the monitor of the training that runs or ran last.

    Attributes:
        monitor: None before a training has begun.
    """

    def __init__(self, inputs: object, taps: "Taps", share: float, pairs: int, every: int) -> None:
        """See the callbacks.

        Raises:
            UserError: A share or a number of steps that is none.
        """
        if not 0 < share <= 1:
            raise UserError(f"share is a part of the time, above 0 and up to 1, not {share}")
        if not isinstance(every, int) or every < 1:
            raise UserError(f"every is a number of optimizer steps, 1 or more, not {every!r}")
        self._inputs, self._taps, self._share, self._pairs, self._every = inputs, taps, share, pairs, every
        self._last: int | None = None
        self.monitor: Monitor | None = None

    def begin(self, network: "nn.Module", step: int) -> dict[str, float]:
        """A training begins or goes on at this step: watch this network, and measure it as it is."""
        self.monitor = Monitor(network, self._inputs, taps=self._taps, share=self._share, pairs=self._pairs)
        return self._measured(step)

    def after(self, step: int) -> dict[str, float]:
        """After a batch: the numbers, if so many optimizer steps have been made that one is due and there is time."""
        due = step != self._last and step % self._every == 0
        return self._measured(step) if due else {}

    def end(self) -> None:
        """A training has ended: warn where one measurement is all there is, as there was no time for another."""
        if self.monitor and self.monitor.left_out and self.monitor.history.step.nunique() < 2:
            warnings.warn(
                f"memorank: {self.monitor.left_out}: give share=1 to measure each time in a short training",
                stacklevel=3,
            )

    @property
    def history(self) -> "DataFrame":
        """That of the monitor.

        Raises:
            UserError: No training has begun.
        """
        if self.monitor is None:
            raise UserError("nothing has been watched yet: give this callback to a trainer, and train")
        return self.monitor.history

    def _measured(self, step: int) -> dict[str, float]:
        """The numbers that are defined; a logger takes no others."""
        self._last = step
        found = self.monitor.measure(step) if self.monitor else None
        return {name: value for name, value in (found or {}).items() if value is not None}
