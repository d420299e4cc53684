"""Small files of unlabelled data, and what a reader says of one that it refuses."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import UserError


def written(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def pictures(folder: Path, names: Sequence[str], size: tuple[int, int] = (8, 6)) -> Path:
    """Pictures of one colour each: that of the first is (0, 0, 0), of the second (1, 1, 1), ..."""
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, (number,) * 3).save(folder / name)
    return folder


def texts_of(source: str | Path, text_column: str | None = None, examples: int = 2500) -> tuple[str, ...]:
    found = unlabelled(str(source), text_column, examples=examples)
    assert isinstance(found, Texts)
    return found.texts


def numbers_of(source: str | Path, examples: int = 2500) -> Numbers:
    found = unlabelled(str(source), examples=examples)
    assert isinstance(found, Numbers)
    return found


def refusal(source: str | Path, text_column: str | None = None) -> str:
    """The one line that is said of a source, without the folder that it is in."""
    with pytest.raises(UserError) as caught:
        unlabelled(str(source), text_column)
    (line,) = str(caught.value).splitlines()
    return line.replace(f"{Path(source).parent}/", "")
