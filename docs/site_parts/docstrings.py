"""What autodoc does not read as this project writes it: types of arrays, and properties with a colon in their line."""

import re

from numpy.typing import ArrayLike
from sphinx.application import Sphinx
from sphinx.util.typing import stringify_annotation

_ARRAY_LIKE = stringify_annotation(ArrayLike, "smart")
_ARRAY = re.compile(r"~numpy\.ndarray\[~?(?:tuple\[~?typing\.Any, \.\.\.\]), ~numpy\.dtype\[(~?[\w.]+)\]\]")
_ANNOTATED = re.compile(r"~?\w+\.Annotated\[((?:[^,\[\]]|\[[^\[\]]*\])+)(?:, ~?[\w.]+\([^()]*\))+\]")


def _shorten(app: Sphinx, what: str, name: str, obj: object, options: object, arguments: str, result: str) -> object:
    """A signature with ArrayLike and NDArray[...] in place of all that they stand for."""
    return _short(arguments), _short(result)


def _short(text: str | None) -> str | None:
    if text is None:
        return None
    plain = text.replace(_ARRAY_LIKE, "ArrayLike").replace("<factory>", "...")
    return _ANNOTATED.sub(r"\1", _ARRAY.sub(r"NDArray[\1]", plain))


def _keep_whole(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """napoleon takes what stands before a colon in a property's first line for its type: an empty line stops it."""
    if what == "property":
        lines[:0] = ["..", ""]  # a comment of reStructuredText


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("autodoc-process-signature", _shorten)
    app.connect("autodoc-process-docstring", _keep_whole, priority=400)  # before napoleon's
    return {"parallel_read_safe": True}
