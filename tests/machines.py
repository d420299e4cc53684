"""Machines that share a network and nothing else: each has a name, an address and a view of folders of its own.

They are namespaces of this kernel, held by a process that sleeps, and gone with it. They need root; the network of this
machine is not touched.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NEEDED = ("ip", "mount", "nsenter", "unshare")
HELD = "hostname {name} && ip link set lo up && echo ready && exec sleep infinity"
SECONDS = 20


@dataclass(frozen=True)
class Machine:
    """Where a process runs: the words that stand before its command, and the address that others reach it at."""

    before: tuple[str, ...] = ()
    address: str = "127.0.0.1"

    def words(self, folder: Path, *words: str) -> list[str]:
        """A command in a folder of this machine."""
        return [*self.before, "sh", "-c", 'cd "$0" && exec "$@"', str(folder), *words]

    def hide(self, folder: Path) -> None:
        """Let the processes of a machine of its own find the folder empty, and unable to take a file."""
        if self == Machine():
            return  # every process here sees all folders
        _run(*self.before, "mount", "-t", "tmpfs", "-o", "ro", "none", str(folder))


class CannotBeMade(Exception):
    """No such machines can be made here, for this reason."""


class Network:
    """Machines on one network, each made when it is first asked for."""

    def __init__(self) -> None:
        missing = [name for name in NEEDED if shutil.which(name) is None]
        if missing:
            raise CannotBeMade(f"missing: {', '.join(missing)}")
        self._machines: dict[str, Machine] = {}
        self._holders: list[subprocess.Popen[str]] = []
        try:
            self._middle = self._held("middle")
            self._on_middle("ip", "link", "add", "middle", "type", "bridge")
            self._on_middle("ip", "link", "set", "middle", "up")
        except BaseException:
            self.end()
            raise

    def machine(self, name: str) -> Machine:
        """The machine of this name."""
        if name not in self._machines:
            holder, number = self._held(name), len(self._machines) + 1
            address, wire = f"10.77.0.{number}", f"wire{number}"
            self._on_middle("ip", "link", "add", wire, "type", "veth", "peer", "name", "net0", "netns", str(holder))
            self._on_middle("ip", "link", "set", wire, "master", "middle", "up")
            made = Machine(_before(holder), address)
            _run(*made.before, "ip", "address", "add", f"{address}/24", "dev", "net0")
            _run(*made.before, "ip", "link", "set", "net0", "up")
            self._machines[name] = made
        return self._machines[name]

    def end(self) -> None:
        """No machine stays."""
        for holder in self._holders:
            holder.kill()
            holder.communicate()

    def _held(self, name: str) -> int:
        """The process that holds a new machine without a network."""
        words = ["unshare", "--net", "--mount", "--uts", "sh", "-c", HELD.format(name=name)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        holder = subprocess.Popen(words, text=True, start_new_session=True, **pipes)
        self._holders.append(holder)
        if holder.stdout is None or holder.stdout.readline() != "ready\n":
            holder.kill()
            raise CannotBeMade(" ".join(holder.communicate()[1].split()))
        return holder.pid

    def _on_middle(self, *words: str) -> None:
        _run(*_before(self._middle), *words)


def _before(holder: int) -> tuple[str, ...]:
    return ("nsenter", "--target", str(holder), "--net", "--mount", "--uts", "--")


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        raise CannotBeMade(" ".join(done.stderr.split()))
