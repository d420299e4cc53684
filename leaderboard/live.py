"""The board's table while a run goes on: it fills up suite by suite, above the progress.

In: a resolved plan, its run folder, and what is told of every cell. Out: on a terminal the table, drawn anew; elsewhere
a line for each row of a suite once all its cells have ended, published or given up, here or by another command.
"""

import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.text import Text

from benchmark.plan.content import ResolvedContent
from benchmark.process.progress import Shown
from benchmark.results.models import Model, models
from benchmark.results.result import results
from benchmark.run.slowness import Kind, kind_of, slowness
from benchmark.run_folder.records import read_records
from benchmark.run_folder.store import published
from leaderboard.content.board import TausContent
from leaderboard.pages.terminal.medium import medium_of
from leaderboard.pages.terminal.spent import spent
from leaderboard.pages.terminal.suite_rows import screen_rows
from leaderboard.pages.terminal.suite_table import chosen_groups, table_lines, tau
from leaderboard.rows.agreement import agreement_rows
from leaderboard.rows.evidence import evidence
from leaderboard.rows.facts import facts_of
from leaderboard.rows.pooled import pooled_rows
from registry.errors import in_words

LOOKS = 5.0  # seconds between two looks at how long the cells at work take


class Filling(Shown):
    """Shows the progress, and of every suite that is complete its taus."""

    def __init__(self, resolved: ResolvedContent, run: Path, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._resolved, self._run = resolved, run
        self._entries = {cell["key"]: cell["entry"] for cell in resolved["cells"]}
        self._open: dict[int, set[str]] = {}
        self._facts = facts_of(resolved)
        self._ranked: list[Model] = []
        self._board: TausContent | None = None
        self._kinds = {cell["key"]: kind_of(cell) for cell in resolved["cells"]}
        self._begun: dict[str, float] = {}
        self._took: dict[Kind, list[float]] = defaultdict(list)
        self._made, self._since = time.monotonic(), 0.0
        self._until = self._made

    @contextmanager
    def over(self, cells: int) -> Iterator[None]:
        """The table and the progress over so many cells; suites that were complete before stand in the table."""
        there = published(self._run)
        self._open = {number: set() for number in range(len(self._resolved["entries"]))}
        for key, number in self._entries.items():
            if key not in there:
                self._open[number].add(key)
        if not all(self._open.values()):
            self._build()
        ended = threading.Event()
        watch = threading.Thread(target=self._watch, args=(ended,), daemon=True)
        with super().over(cells):
            watch.start()
            try:
                yield
            finally:
                ended.set()
                watch.join()

    def begin(self, key: str) -> None:
        """Name the cell at work; a head of several workers names all of theirs."""
        super().begin(key)
        for word in key.replace(",", " ").split():
            if word in self._kinds:
                now = self._begun.setdefault(word, time.monotonic())
                self._since = self._since or now

    def leave(self, key: str) -> None:
        """It begins anew when it is tried again."""
        self._begun.pop(key, None)

    def end(self, key: str) -> None:
        """Count the cell; the last one of a suite completes its row."""
        super().end(key)
        if (began := self._begun.pop(key, None)) is not None:
            self._until = time.monotonic()
            self._took[self._kinds[key]].append(self._until - began)
        number = self._entries.get(key)
        keys = self._open.get(number) if number is not None else None
        if not keys or number is None:
            return
        keys.discard(key)
        if not keys:
            self._build()
            if not self.draws:
                for line in self._rows(number):
                    self.say(line)

    def above(self, width: int, height: int) -> list[Text]:
        """The table as far as it is known; of a long one the end."""
        if self._board is None:
            return []
        return table_lines(self._board, medium_of(self._stream, os.environ), pooled=False)[-height:]

    def slow_ones(self) -> dict[str, str]:
        """The cells at work that take far longer than others of their kind took here, with what is said of each."""
        now = time.monotonic()
        found = {
            key: slowness(now - began, self._took.get(self._kinds[key], ())) for key, began in [*self._begun.items()]
        }
        return {key: remark for key, remark in found.items() if remark}

    def spent(self) -> str:
        """What the time went to until now, empty where no cell was computed."""
        seconds: dict[str, float] = defaultdict(float)
        for (number, work, *_), took in self._took.items():
            family = self._resolved["entries"][number]["family"]
            seconds["scoring" if work == "score" else f"training {family}"] += sum(took)
        around = self._since - self._made + time.monotonic() - self._until
        return spent(seconds, around) if seconds else ""

    def _watch(self, ended: threading.Event) -> None:
        """Say of each such cell once that it is one."""
        said: set[str] = set()
        while not ended.wait(LOOKS):
            slow = self.slow_ones()
            for key in slow.keys() - said:
                self.say(f"{key}: {slow[key]}")
            said |= slow.keys()

    def _build(self) -> None:
        """What the table needs of the complete suites' board. No error here ends a run: the board will show it."""
        try:
            complete = {n: self._resolved["entries"][n] for n, keys in self._open.items() if not keys}
            new = complete.keys() - {model.entry for model in self._ranked}
            cells = [cell for cell in self._resolved["cells"] if cell["entry"] in new]
            part: ResolvedContent = {**self._resolved, "cells": cells}
            found = models(self._facts.measures, results(part, read_records(self._run, cells)[0]))
            self._ranked = sorted([*self._ranked, *found], key=lambda model: model.entry)
            self._board = {
                "hypotheses": list(self._facts.hypotheses),
                "agreement": agreement_rows(self._facts, self._ranked),
                "pooled": pooled_rows(self._facts.hypotheses, evidence(complete, self._facts, self._ranked)),
            }
        except Exception as error:
            self.say(f"the table cannot be shown yet: {in_words(error)}")

    def _rows(self, number: int) -> list[str]:
        """The rows of one suite as lines of their own."""
        if self._board is None:
            return []
        entry = self._resolved["entries"][number]
        place = [entry[name] for name in ("suite", "data", "family")]
        own = [row for row in self._board["agreement"] if [row["suite"], row["data"], row["family"]] == place]
        medium = medium_of(self._stream, os.environ)
        groups = chosen_groups(self._board, medium)
        lines = []
        for row in screen_rows({**self._board, "agreement": own}):
            name = medium.safe(f"{row.suite} {row.beside}".strip())
            taus = [
                f"{medium.safe(group.measure)} {tau(row.taus.get((group.measure, group.inputs[0]), []), group.full)}"
                for group in groups
            ]
            lines.append(f"{name}, {row.models} models: {', '.join(' '.join(text.split()) for text in taus)}")
        return lines
