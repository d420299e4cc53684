"""A network in training, watched: its label-free measures on a few unlabelled examples, now and then.

In: a torch module and examples to read it on. Out: numbers by step. The training stays to the bit what it would have
been: modes, gradients, generators and autocast are left alone.
"""

import time
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from torch import distributed, nn

from benchmark.estimator import Settings
from benchmark.networks.own_networks import AUTO, Reader, unwrapped
from benchmark.networks.own_taps import Taps
from benchmark.ranking.measuring import Measured, check_enough, label_free, measured, settings_for
from benchmark.types import Activations
from registry import UserError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

SHARE = 0.02  # of the time of a training
EXAMPLES = 500
PAIRS = 2_000
PREFIX = "memorank/"  # of the names under which loggers keep the numbers


@dataclass(frozen=True)
class _Row:
    """One measure at one step, at one tap or over all of them ("")."""

    step: int
    measure: str
    tap: str
    value: float | None


@dataclass(eq=False)
class Monitor:
    """Watches whether a network that is being trained begins to memorize, in three lines of anybody's training loop.

    ::

        monitor = Monitor(model, probe_inputs)
        for step, batch in enumerate(batches):
            ...                      # the training step
            monitor.measure(step)
        monitor.history              # a DataFrame

    Attributes:
        model: The network; one that is compiled or wrapped by DistributedDataParallel is looked into. Other ranks than
            0 measure nothing.
        inputs: What it is read on, as for `memorank.read`: no labels. 500 examples of it are taken.
        taps: Which of its modules are tapped, as for `memorank.read`.
        share: The most of the time since the first measurement that all of it may take, with the preparation. A
            measurement that would take more is left out. The first one is always made. 1 measures whenever it is asked
            to.
        pairs: How many pairs of neurons are read.

    Raises:
        UserError: Inputs or taps that cannot be used, a share that is none, or weights of which each process has a part
            alone.
    """

    model: nn.Module
    inputs: object
    taps: Taps = AUTO
    share: float = SHARE
    pairs: int = PAIRS
    _rows: list[_Row] = field(default_factory=list, init=False, repr=False)
    _began: float | None = field(default=None, init=False, repr=False)
    _spent: float = field(default=0.0, init=False, repr=False)
    _last: float = field(default=0.0, init=False, repr=False)
    _left_out: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise UserError(f"share is a part of the time, above 0 and up to 1, not {self.share}")
        begun = time.perf_counter()
        _check_whole(self.model)
        self._reader = Reader(self.model, self.inputs, self.taps, EXAMPLES)
        first = Activations(self._reader.read()) if self._measures_here() else None
        if first:
            self._settings = settings_for([first], self.pairs, Settings(sub_samples=0, samples=EXAMPLES))
            check_enough(len(next(iter(first.by_tap.values()))), self._settings)
        self._spent = time.perf_counter() - begun

    def measure(self, step: int) -> dict[str, float | None] | None:
        """Measure the network as it is now, unless that would take more than the share of the time.

        Args:
            step: Where the training is.

        Returns:
            Each measure by its name, as "memorank/mean_mi", and at each tap, as "memorank/mean_mi/fc1"; None where
            nothing was measured.
        """
        begun = time.perf_counter()
        self._began = begun if self._began is None else self._began
        too_much = self._spent + self._last > self.share * (begun - self._began) and self._rows and self.share < 1
        if not self._measures_here() or too_much:
            self._left_out += bool(too_much)
            return None
        found = self._found(step)
        rows = []
        for name, number in found.items():
            rows.append(_Row(step, name, "", number.value))
            if len(number.per_tap) > 1:
                rows += [_Row(step, name, tap, value) for tap, value in number.per_tap.items()]
        self._rows += rows
        self._last = time.perf_counter() - begun
        self._spent += self._last
        return {logged_name(row.measure, row.tap): row.value for row in rows}

    @property
    def seconds(self) -> float:
        """How long the preparation and all measurements have taken together."""
        return self._spent

    @property
    def left_out(self) -> str:
        """How many calls measured nothing as they would have taken more than the share, "" if there are none."""
        steps = len({row.step for row in self._rows})
        calls = f"{steps} of {steps + self._left_out} calls measured"
        return f"{calls}, as share is {self.share:g}" if self._left_out else ""

    @property
    def history(self) -> "DataFrame":
        """One row for each measure, step and tap ("" for all taps together): step, measure, tap, value."""
        from pandas import DataFrame

        rows = [(row.step, row.measure, row.tap, row.value) for row in self._rows]
        return DataFrame(rows, columns=["step", "measure", "tap", "value"]).astype({"value": "float64"})

    def plot(self, axes: "Axes | None" = None) -> "Axes":
        """Draw mean MI, and mean entropy on an axis of its own, over the steps. Returns the axes of mean MI.

        Where calls were left out, the axis of steps says how many.
        """
        from matplotlib import pyplot

        whole = self.history.query("tap == ''")
        left = pyplot.subplots(figsize=(5, 3), layout="constrained")[1] if axes is None else axes
        right = left.twinx()
        for one, measure, words, line in (
            (left, "mean-mi", "mean MI (nats)", "-"),
            (right, "mean-entropy", "mean entropy (nats)", "--"),
        ):
            own = whole[whole.measure == measure]
            one.plot(own.step, own.value, line, color="black", marker=".")
            one.set_ylabel(f"{words}, {'solid' if line == '-' else 'dashed'}")
        left.set_xlabel(f"step ({self.left_out})" if self.left_out else "step")
        return left

    def _found(self, step: int) -> dict[str, Measured]:
        """Each measure; of a network that cannot be read or measured it is missing, and the training goes on."""
        try:
            activations = Activations(self._reader.read())
        except UserError as error:
            warnings.warn(f"memorank measured nothing at step {step}: {error}", stacklevel=3)
        else:
            with suppress(UserError):  # nan or infinity: the training has diverged
                return measured("network", activations, self._settings)
        return {measure.name: Measured(None) for measure in label_free()}

    def _measures_here(self) -> bool:
        """Whether this process is the one that measures."""
        return not (distributed.is_available() and distributed.is_initialized() and distributed.get_rank())


def _check_whole(model: nn.Module) -> None:
    """Raises UserError where calling the network on one process alone would wait for the others for ever."""
    modules = {type(module).__name__ for module in unwrapped(model).modules()}
    parts = any(hasattr(weight, "placements") or hasattr(weight, "ds_id") for weight in model.parameters())
    if "FullyShardedDataParallel" in modules or parts:
        raise UserError(
            "the network's weights are spread over processes (FSDP, ZeRO 3 or tensor parallel), and Monitor reads on "
            "rank 0 alone: train with DistributedDataParallel, or give saved checkpoints to memorank.read"
        )


def logged_name(measure: str, tap: str = "") -> str:
    """The name under which a logger keeps a number.

    >>> logged_name("mean-mi"), logged_name("mean-mi", "layers.0")
    ('memorank/mean_mi', 'memorank/mean_mi/layers.0')
    """
    return PREFIX + measure.replace("-", "_") + (f"/{tap}" if tap else "")
