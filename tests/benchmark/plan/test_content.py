"""What plan.json holds, as its types have it: that of a run, and the rules for lists and directions."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from benchmark.plan.content import ResolvedContent, twice

READER: TypeAdapter[Any] = TypeAdapter(ResolvedContent)


def plan(run: Path) -> Any:
    return json.loads((run / "plan.json").read_bytes())


def test_the_plan_of_a_run_has_the_types(toy_run: Path) -> None:
    READER.validate_python(plan(toy_run))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content["entries"][0]["seeds"].append(0), "one of them stands twice"),
        (lambda content: content["entries"][0]["conditions"].append("x"), "numbers and names among each other"),
        (lambda content: content["measures"]["mean-mi"]["better"].pop("heuristic"), "high or low for each of"),
        (lambda content: content["cells"][0].update(key="../x"), "not the name of a file"),
        (lambda content: content["entries"][0].pop("kind"), "kind"),
    ],
)
def test_what_contradicts_them_is_told(toy_run: Path, change: Callable[[Any], Any], said: str) -> None:
    content = plan(toy_run)
    change(content)
    with pytest.raises(ValidationError, match=said):
        READER.validate_python(content)


def test_what_stands_twice_is_seen() -> None:
    assert twice([1, 2, 1])
    assert not twice([1, 2, "1"])
