"""The callback of both names of Lightning, whose base classes differ and whose events are the same."""

from typing import TYPE_CHECKING, Any

from memorank import UserError
from memorank.integrations._watching import Watching

if TYPE_CHECKING:
    from pandas import DataFrame

    from benchmark.networks.own_taps import Taps
    from memorank import Monitor


class Watcher:
    """Logs `memorank/mean_mi` and `memorank/mean_entropy`, and each at each tap, to all loggers of a Trainer.

    ::

        watch = MonitorCallback(probe)
        Trainer(..., callbacks=[watch]).fit(module, batches)
        watch.history                # a DataFrame

    It measures when the training begins or is resumed, and after optimizer steps. The trained network and its loss
    stay the same to the bit.

    Args:
        inputs: What the network is read on, without labels, as for `memorank.read`: an array, a tensor, a mapping with
            input_ids and attention_mask, or batches. 500 examples of it are taken.
        taps: Which of its modules are tapped, as for `memorank.read`.
        share: The most of the training's time that measuring may take. 1 measures at every step that is due.
        pairs: How many pairs of neurons are read.
        every: A measurement is due after so many optimizer steps, and is made if the share of the time allows it.
        network: The path of the network inside the LightningModule, as "model", whose paths taps then are. By default
            the LightningModule itself is called.

    Raises:
        UserError: A share or a number of steps that is none; the rest is looked at when training begins.
    """

    def __init__(
        self,
        inputs: object,
        taps: "Taps" = "auto",
        share: float = 0.02,
        pairs: int = 2_000,
        every: int = 1,
        network: str = "",
    ) -> None:
        super().__init__()
        self._watching, self._network = Watching(inputs, taps, share, pairs, every), network

    @property
    def monitor(self) -> "Monitor | None":
        """The `memorank.Monitor` of the training that runs or ran last; None before it has begun."""
        return self._watching.monitor

    @property
    def history(self) -> "DataFrame":
        """One row for each measure, step and tap of that training, as `Monitor.history`."""
        return self._watching.history

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        """Measure the network that is going to be trained, on rank 0."""
        try:
            network = pl_module.get_submodule(self._network)
        except AttributeError:
            parts = ", ".join(path for path, _ in pl_module.named_children())
            raise UserError(
                f"no module {self._network!r} in {type(pl_module).__name__} to watch: it has {parts}"
            ) from None
        self._log(trainer, self._watching.begin(network, trainer.global_step))

    def on_train_batch_end(self, trainer: Any, pl_module: Any, *others: Any) -> None:
        """Measure after an optimizer step, if one is due. A batch whose gradients are accumulated makes none."""
        self._log(trainer, self._watching.after(trainer.global_step))

    def on_train_end(self, trainer: Any, pl_module: Any) -> None:
        """Warn where there was time for a single measurement."""
        self._watching.end()

    def _log(self, trainer: Any, numbers: dict[str, float]) -> None:
        for logger in trainer.loggers if numbers else ():
            logger.log_metrics(numbers, step=trainer.global_step)
