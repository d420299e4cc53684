"""One plan at a time in a run folder: several commands share it where they have the same plan.

In: a run folder and a plan's digest. Out: a block in which no command with another plan is at work there.
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmark.process import interruption, provenance
from benchmark.process.paths import shown
from benchmark.run_folder.leases import Holder, Leases
from registry import UserError

FOLDER = "commands"
LOOKS = 1.0  # seconds between two looks at a command on another machine


@contextmanager
def plan_at_work(run: Path, digest: str, command: str) -> Iterator[None]:
    """Say in the run folder that a command is at work on the plan of this digest, as long as the block lasts.

    What a dead command has left is removed. A command on another machine that shows no heartbeat is waited for until
    it counts as dead, as its leases do.

    Raises:
        UserError: A living command is at work there on another plan.
    """
    with closing(_Commands(run, command)) as commands, commands.hold(f"{digest}-{uuid.uuid4().hex}", provenance.now()):
        commands.wait_for_others(run, digest)
        yield


class _Commands(Leases):
    """The commands at work in a run folder, each with a lease of its own."""

    def __init__(self, run: Path, command: str) -> None:
        super().__init__(run, command, folder=FOLDER)

    def close(self) -> None:
        """No lease outlives its command."""
        self.release()

    def wait_for_others(self, run: Path, digest: str) -> None:
        """Return once no command has another plan. Raises UserError where one of them lives."""
        first: dict[str, int] = {}
        while others := [one for one in self.holders() if one.alive and not one.key.startswith(f"{digest}-")]:
            for holder in others:
                beaten = self.beaten(holder.key)
                if self.is_here(holder) or beaten > first.setdefault(holder.key, beaten):
                    raise UserError(_refusal(run, holder))
            interruption.check()
            time.sleep(LOOKS)
        self.clear(holder.key for holder in self.holders())  # the dead, of whatever plan


def _refusal(run: Path, holder: Holder) -> str:
    who = f"process {holder.pid} on {holder.host} since {holder.since}"
    return f"another plan is at work in {shown(run)}: {who}; wait for it, or choose another --out"
