"""Print all tables in Markdown, or the race against an estimator of one's own."""

from argparse import ArgumentParser
from collections.abc import Sequence

from numba import config, get_num_threads
from tabulate import tabulate

from benchmark.performance.growth import growth, hard_inputs
from benchmark.performance.images import WIDTHS, race_images
from benchmark.performance.limits import limits
from benchmark.performance.probe import race_probe
from benchmark.performance.races import races
from benchmark.performance.rivals import NEURONS, SAMPLES, Comparison, Rival, RivalError, comparisons, named
from benchmark.performance.text import race_text
from benchmark.process.processor import wide_instructions
from benchmark.process.provenance import environment

TITLE = "# Performance: figures of one machine"
HOLDS = "Times hold on this processor only; ratios move with its instructions, those of training most of all."


def main(arguments: Sequence[str] | None = None) -> None:
    """In one process: races, hard inputs, growth, limits; or a rival alone."""
    parser = ArgumentParser(prog="python -m benchmark.performance", description=__doc__)
    parser.add_argument(
        "--rival",
        metavar="MODULE:FUNCTION",
        help="race only kNN MI, k = 3, against a function from activations (S, N) to MI (N, N) in nats",
    )
    rival = parser.parse_args(arguments).rival
    if rival is None:
        all_tables()
        return
    try:
        beside(rival, named(rival))
    except RivalError as error:
        parser.error(str(error))


def beside(name: str, rival: Rival) -> None:
    """The table of a rival."""
    threads = get_num_threads()
    print(f"{TITLE}\n\n{machine()}\n\nTimes as long as memorank takes: {name}", flush=True)
    _table(
        f"kNN MI, N = {NEURONS}, S = {SAMPLES:,}, k = 3, ties: plain",
        ("data", "1 thread", *([f"{threads} threads"] if threads > 1 else []), "largest difference, nats"),
        [
            (c.data, f"{c.alone:#.3g}", *([f"{c.together:#.3g}"] if threads > 1 else []), _difference(c))
            for c in comparisons(rival)
        ],
    )


def _difference(found: Comparison) -> str:
    return f"{found.difference:.1e}" + (f", {found.undefined:,} pairs undefined" if found.undefined else "")


def all_tables() -> None:
    """What the module measures by itself."""
    threads = get_num_threads()
    print(f"{TITLE}\n\nPrinted by `python -m benchmark.performance`. {HOLDS}\n\n{machine()}")
    _table(
        "Races, all threads: times faster than the reference",
        ("work", "reference", "faster", f"gain of {threads} threads", "per second and core"),
        [(r.work, r.reference, f"{r.ratio:.0f}", f"{r.alone / r.ours:.2f}", f"{1 / r.alone:,.0f}") for r in races()],
    )
    _table("Hard inputs, kNN: times as long as the Gaussian mixture", ("input", "times"), hard_inputs())
    _table(
        "Growth: time of a pair, 1 at S = 2,500 and N = 64, k = 3 (kNN) or N = 256, B = 10 (binned)",
        ("case", "times"),
        growth(),
    )
    _table(
        "Limits, one thread, S = 2,500",
        ("kernel", "arithmetic of a pair", "microseconds at the limit", "share reached"),
        limits(),
    )
    print(f"\n## Text\n\n{race_text():.1f} times the texts a second of a loop that pads to the longest (minilm).")
    print("\n## Images\n\nTimes the steps a second of a float32 loop behind a DataLoader, one thread: ", end="")
    print(f"{', '.join(f'{name} {race_images(name):.2f}' for name in WIDTHS)}.")
    seconds, ratio = race_probe()
    print("\n## MDL\n")
    print(f"4,000 x 384, MLP probe: {seconds:.1f} s, {ratio:.1f} times as fast as behind a DataLoader.")


def machine() -> str:
    """What the figures were measured on: the processor's name and instructions, and the threads."""
    instructions = ", ".join(wide_instructions()) or "no wide instructions known"
    threads = f"{get_num_threads()} of {config.NUMBA_NUM_THREADS} threads"
    return f"Machine: {environment()['machine']['processor']} ({instructions}), {threads}; no accelerator measured."


def _table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    print(f"\n## {title}\n\n{tabulate(rows, head, 'github', disable_numparse=True)}", flush=True)


if __name__ == "__main__":
    main()
