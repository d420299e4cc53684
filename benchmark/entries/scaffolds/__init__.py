"""Working files to start an entry from, one for each kind: `memorank new family NAME` prints one.

In: a kind and a name. Out: the text of a file that `memorank check` passes as it is.
"""

from importlib.resources import files

from registry import UserError, did_you_mean
from registry.words import check_name

KINDS = ("family", "suite", "dataset", "measure", "metric")


def scaffold(kind: str, name: str) -> str:
    """Raises UserError for an unknown kind and for what is no name."""
    if kind not in KINDS:
        raise UserError(f"unknown kind {kind!r}{did_you_mean(kind, KINDS)}")
    try:
        check_name(name)
    except ValueError as error:
        raise UserError(str(error)) from error
    template = (files("benchmark.entries.scaffolds") / f"{kind}.txt").read_text(encoding="utf-8")
    return template.replace("NAME", name)
