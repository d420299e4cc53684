import io
from pathlib import Path
from typing import Any

import pytest
from made_boards import records, resolved

from leaderboard import live
from leaderboard.live import Filling

Made = tuple[dict[str, Any], dict[str, Any]]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Pipe(io.StringIO):
    encoding = "utf-8"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """A plan of two suites, and records of which those in `there` are published."""
    plan, there = resolved(), dict[str, Any]()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(live, "published", lambda run: set(there))
    monkeypatch.setattr(live, "read_records", lambda run, cells: (
        {cell["key"]: there[cell["key"]] for cell in cells if cell["key"] in there}, {}
    ))  # fmt: skip
    return plan, there


def keys(plan: dict[str, Any], entry: int) -> list[str]:
    return [cell["key"] for cell in plan["cells"] if cell["entry"] == entry]


def publish(shown: Filling, made: Made, wanted: list[str]) -> None:
    plan, there = made
    for key in wanted:
        there[key] = records(plan)[key]
        shown.end(key)


def table(shown: Filling) -> str:
    return "\n".join(line.plain for line in shown.above(80, 40))


def test_a_row_stands_once_all_cells_of_a_suite_have_ended(made: Made) -> None:
    plan, _ = made
    shown = Filling(plan, Path("run"), Terminal())
    first, second = keys(plan, 0), keys(plan, 1)
    with shown.over(len(first) + len(second)):
        publish(shown, made, first[:-1])
        assert table(shown) == ""
        publish(shown, made, first[-1:])
        assert "  colored" in table(shown)
        assert "shuffled" not in table(shown)
        assert "pooled" not in table(shown)
        publish(shown, made, second)
        assert "  shuffled" in table(shown)


def test_elsewhere_a_line_for_each_suite_once(made: Made) -> None:
    plan, _ = made
    stream = Pipe()
    shown = Filling(plan, Path("run"), stream)
    with shown.over(len(plan["cells"])):
        publish(shown, made, keys(plan, 1))
        publish(shown, made, keys(plan, 0))
    lines = stream.getvalue().splitlines()
    assert lines == [
        "shuffled, 3 models: mean-mi -1.00, steps +1.00",
        "colored, 3 models: mean-mi +1.00 (+0.80), steps +1.00",
    ]


def test_what_failed_or_diverged_has_ended_too(made: Made) -> None:
    plan, _ = made
    stream = Pipe()
    shown = Filling(plan, Path("run"), stream)
    with shown.over(len(plan["cells"])):
        publish(shown, made, [key for key in keys(plan, 0) if not key.startswith("colored.0.5")])
        for key in keys(plan, 0):
            if key.startswith("colored.0.5"):
                shown.end(key)  # without a record
    assert stream.getvalue() == "colored, 3 models: mean-mi +1.00~(+0.80), steps +1.00~\n"


def test_suites_that_were_there_stand_in_the_table_and_are_not_said_again(made: Made) -> None:
    plan, there = made
    there |= {key: record for key, record in records(plan).items() if key.startswith("colored")}
    stream = Pipe()
    shown = Filling(plan, Path("run"), stream)
    with shown.over(len(keys(plan, 1))):
        assert "  colored" in table(shown)
        publish(shown, made, keys(plan, 1))
    assert stream.getvalue().startswith("shuffled, 3 models: ")
    assert stream.getvalue().count("\n") == 1


def test_an_error_is_said_and_ends_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, _ = made

    def broken(*given: Any) -> Any:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr(live, "models", broken)
    stream = Pipe()
    shown = Filling(plan, Path("run"), stream)
    with shown.over(len(plan["cells"])):
        publish(shown, made, keys(plan, 0))
        shown.end("a cell of another plan")
    assert stream.getvalue() == "the table cannot be shown yet: ZeroDivisionError: by hand\n"


def test_a_low_terminal_shows_the_end_of_a_long_table(made: Made) -> None:
    plan, there = made
    there |= records(plan)
    shown = Filling(plan, Path("run"), Terminal())
    with shown.over(0):
        assert len(shown.above(80, 2)) == 2
        assert shown.above(80, 2)[-1].plain.startswith("  shuffled")


def test_it_says_what_the_time_went_to(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, _ = made
    now = [100.0]
    monkeypatch.setattr(live.time, "monotonic", lambda: now[0])
    shown = Filling(plan, Path("run"), Pipe())
    assert shown.spent() == ""
    works = {work: [cell["key"] for cell in plan["cells"] if cell["work"] == work] for work in ("train", "score")}
    with shown.over(2):
        now[0] = 103.0
        for work, seconds in (("train", 60.0), ("score", 20.0)):
            shown.begin(works[work][0])
            now[0] += seconds
            shown.end(works[work][0])
    now[0] += 4.0
    family = plan["entries"][0]["family"]
    assert shown.spent() == f"training {family} 75%, scoring 25%; start and board 7 s"
