"""The cells that the head of a cluster has not handed out: which one is next.

In: the cells that are not published, and what happens to them. Out: one cell after another, each once.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from benchmark.plan.resolved import Cell
from benchmark.run.cluster.needs import Needs, needs_of

PATIENCE = 0.2  # seconds until a cell that could not be handed out is looked at again


class ToDo:
    """Cells that can be handed out, by what they need; those that wait for a network; those to look at later."""

    def __init__(self, pending: Sequence[Cell], of_networks: Mapping[str, Needs]) -> None:
        self.left = len(pending)  # how many are neither published nor given up, wherever they are
        self._of_networks = of_networks
        self._ready: dict[Needs, deque[Cell]] = defaultdict(deque)
        self._waiting: dict[str, list[Cell]] = defaultdict(list)  # score cells, by the network that is not there yet
        self._later: list[tuple[float, Cell]] = []  # with the time from when on
        training = {cell.key for cell in pending if cell.work == "train"}
        for cell in pending:
            if cell.work == "score" and cell.train in training:
                self._waiting[cell.train].append(cell)
            else:
                self._ready[self.needs_of(cell)].append(cell)

    def needs_of(self, cell: Cell) -> Needs:
        """What a cell needs of a worker."""
        return needs_of(cell, self._of_networks)

    def take(self, out: Mapping[Needs, int], most: int, now: float) -> Cell | None:
        """The next cell, None where nothing can be handed out just now.

        Args:
            out: How many cells of each kind are handed out already.
            most: How many of one kind may be.
            now: The time, in seconds.
        """
        for entry in [entry for entry in self._later if entry[0] <= now]:
            self._later.remove(entry)
            self._ready[self.needs_of(entry[1])].append(entry[1])
        for needs, cells in self._ready.items():
            if cells and out.get(needs, 0) < most:
                return cells.popleft()
        return None

    def again(self, cell: Cell) -> None:
        """Have a cell handed out once more, before all others of its kind."""
        self._ready[self.needs_of(cell)].appendleft(cell)

    def later(self, cell: Cell, now: float) -> None:
        """Have a cell looked at once more in a moment: another command is at work on it, or a worker has just gone."""
        self._later.append((now + PATIENCE, cell))

    def settled(self, cell: Cell) -> None:
        """Count a cell as settled. Score cells that wait for its network can now be handed out, before all others."""
        self.left -= 1
        for score in reversed(self._waiting.pop(cell.key, [])):
            self.again(score)
