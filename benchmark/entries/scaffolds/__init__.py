"""Working files to start an entry from, one for each kind: `memorank new family NAME` prints one.

In: a kind and a name. Out: the text of a file that `memorank check` passes as it is.
"""

from importlib.resources import files

from registry import UserError, did_you_mean
from registry.words import check_name

KINDS = ("family", "suite", "dataset", "measure", "reading", "metric")


def scaffold(kind: str, name: str) -> str:
    """The text of a file that declares an entry of this kind and name.

    Raises:
        UserError: The kind is unknown, or the name is none.

    >>> scaffold("measure", "spread").count('name="spread"')
    1
    """
    if kind not in KINDS:
        raise UserError(f"unknown kind {kind!r}{did_you_mean(kind, KINDS)}")
    try:
        check_name(name)
    except ValueError as error:
        raise UserError(str(error)) from error
    template = (files("benchmark.entries.scaffolds") / f"{kind}.txt").read_text(encoding="utf-8")
    return template.replace("NAME", name)
