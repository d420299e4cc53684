"""The command `rank`: networks as they lie on disk, opened, measured one after the other, and ranked.

In: the words of the command line. Out: a ranking on the screen and, where that is asked for, in a folder.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmark.candidates.anchors import Calibration
    from benchmark.candidates.opening import Asked, Opened
    from benchmark.candidates.shelf import FolderShelf
    from benchmark.ranking.numbers import NetworkNumbers
    from benchmark.ranking.placing import Anchors
    from leaderboard.ranking import Ranking
    from registry import Kind

MEASURED = "measured"  # the folder of the numbers that are kept


def command_rank(options: argparse.Namespace) -> int:
    """Rank networks, show it, and write it where that is asked for. Of some that fail the others are shown first."""
    from benchmark.candidates.opening import opened
    from benchmark.candidates.paths import named
    from benchmark.process.interruption import Stopped
    from benchmark.process.paths import absolute, shown
    from benchmark.process.progress import Shown
    from benchmark.process.wrapping import say
    from benchmark.ranking.assembly import assembled, check_kind
    from benchmark.ranking.collecting import Unfinished, collected
    from benchmark.ranking.given import FEWEST_NETWORKS, check_count
    from leaderboard.ranking import Ranking
    from leaderboard.ranking_files import check_place
    from registry import UserError

    check_kind(options.kind)
    out = absolute(options.out) if options.out else None
    if out:
        check_place(out)
    found = opened(named(options.networks), _asked(options))
    check_count(len(found.candidates))
    kind = options.kind or found.kind or _kind_of_anchors(options)
    measured: dict[str, NetworkNumbers] = {}
    shelf = _shelf(out, found, options)
    for note in found.notes:
        say(f"memorank: {note}", stream=sys.stderr)
    try:
        measured = collected(
            found.candidates,
            options.pairs,
            found.settings,
            options.null_corrected,
            Shown(things="networks"),
            shelf,
        )
        _check_read_alike(found, measured)
        anchors = _anchors(found, options, shelf) if found.anchors else None
    except Stopped as stop:
        if shelf and shelf.folder.is_dir():
            stop.add_note(f"what is measured is kept in {shown(shelf.folder)}")
        raise
    except Unfinished as error:
        whole = measured or error.found  # where an anchor has failed, all networks are there
        if len(whole) >= FEWEST_NETWORKS:
            _show(Ranking(assembled(whole, kind, found.data)))
        kept = f"; what is measured is kept in {shown(out / MEASURED)}" if out and shelf and whole else ""
        raise UserError(f"{error}{kept}") from error
    ranking = Ranking(assembled(measured, kind, found.data, anchors))
    _show(ranking)
    if out:
        say(f"ranking in {shown(ranking.save(out))}")
    return 0


def _check_read_alike(found: "Opened", measured: "Mapping[str, NetworkNumbers]") -> None:
    """Raises UserError, before any anchor is trained, where networks were read on other examples than --data has."""
    from registry import UserError

    for name, one in measured.items():
        if found.anchors and one.examples != len(found.anchors[0].probe):
            count = len(found.anchors[0].probe)
            raise UserError(
                f"{name!r} has {one.examples} examples, and anchors would be read on {count} of "
                f"{found.anchors[0].probe.source}: --data is what the networks were read on"
            )


def _anchors(found: "Opened", options: argparse.Namespace, shelf: "FolderShelf | None") -> "Anchors":
    """Train the anchors and measure them, as the networks were measured."""
    from benchmark.process.progress import Shown
    from benchmark.ranking.collecting import collected
    from benchmark.ranking.placing import Anchors

    progress = Shown(things="anchors")
    measured = collected(found.anchors, options.pairs, found.settings, options.null_corrected, progress, shelf)
    kinds: list[str] = list(dict.fromkeys(anchor.kind for anchor in found.anchors))
    by_kind = {kind: {one.name: measured[one.name] for one in found.anchors if one.kind == kind} for kind in kinds}
    return Anchors(found.anchors[0].family.name, found.trained, by_kind, found.mind)


def _show(ranking: "Ranking") -> None:
    from leaderboard.pages.terminal.medium import medium_of
    from leaderboard.pages.terminal.ranking import ranking_screen

    print(ranking_screen(ranking.content, medium_of(sys.stdout, os.environ)), end="")


def _asked(options: argparse.Namespace) -> "Asked":
    """How the networks are to be read. Raises UserError for taps that name none."""
    from benchmark.candidates.opening import Asked
    from registry import data_folder

    return Asked(
        data=options.data,
        root=data_folder(options.data_dir),
        text_column=options.text_column,
        examples=options.examples,
        taps=[tap.strip() for tap in options.taps.split(",")] if options.taps else "auto",
        max_tokens=options.max_tokens,
        image_size=options.image_size,
        architecture=options.architecture,
        family=options.family,
        suite=options.suite,
        inputs=options.inputs,
        calibrate=_calibration(options),
    )


def _calibration(options: argparse.Namespace) -> "Calibration | None":
    """How anchors are trained. Raises UserError for words about anchors where none are asked for."""
    from benchmark.candidates.anchors import SEEDS, Calibration
    from registry import UserError

    if options.calibrate is None:
        for word in ("shortcut", "label_column", "anchor_seeds", "anchor_epochs"):
            if (value := getattr(options, word)) is not None:
                flag = f"--{word.replace('_', '-')}"
                raise UserError(f"{flag} {value}: it is about anchors: add --calibrate TRAINING_SET, or leave it out")
        return None
    if options.kind == "heuristic" and options.shortcut is None:
        raise UserError(
            "--kind heuristic: anchors that know wrong labels alone do not tell who follows a shortcut: add "
            "--shortcut, or leave --kind out"
        )
    seeds, epochs = options.anchor_seeds or SEEDS, options.anchor_epochs
    return Calibration(options.calibrate, options.shortcut, options.label_column, seeds, epochs)


def _kind_of_anchors(options: argparse.Namespace) -> "Kind | None":
    """The kind of memorization that anchors know; None where there are none, or they know both."""
    return "example-level" if options.calibrate and options.shortcut is None else None


def _shelf(out: Path | None, found: "Opened", options: argparse.Namespace) -> "FolderShelf | None":
    """Where numbers are kept until all are there: in the folder for the ranking, if there is one."""
    if out is None or out.suffix in (".json", ".html"):
        return None
    from benchmark.candidates.shelf import FolderShelf

    return FolderShelf(out / MEASURED, repr((options.pairs, found.settings, options.null_corrected)))
