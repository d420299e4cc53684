"""The order of the site's pages is that of docs/index.md: no page needs a list of its own.

A head of that page is a section of the site, which begins with the first page under it. A head below that is a group of
pages in the section's navigation.
"""

import re
from pathlib import Path
from posixpath import normpath

from sphinx.application import Sphinx

INDEX = Path(__file__).parents[1] / "index.md"
Groups = dict[str, list[str]]  # pages by the head of their group, "" for those before the first
_PAGE = re.compile(r"\]\(([^)#\s]+)\.(?:md|rst)[)#]")


def sections(index: str) -> dict[str, Groups]:
    r"""The pages under each head of the table of contents, as Sphinx names them, each once in a section.

    >>> sections("# All\n[a](a.md)\n## Guide\n[b](b.md#c), [d](../d.md)\n### More\n[b](b.md), [e](f/e.rst)\n")
    {'Guide': {'': ['docs/b', 'd'], 'More': ['docs/f/e']}}
    """
    found: dict[str, Groups] = {}
    groups: Groups = {}  # what stands before the first section belongs to none
    group: list[str] = []
    for line in index.splitlines():
        if line.startswith("## "):
            groups = found[line[3:]] = {"": []}
            group = groups[""]
        elif line.startswith("### "):
            group = groups[line[4:]] = []
        pages = (normpath(f"docs/{page}") for page in _PAGE.findall(line))
        group += [page for page in pages if not any(page in known for known in groups.values())]
    return found


def _tree(lines: list[str], caption: str = "") -> str:
    options = [":hidden:", *([f":caption: {caption}"] if caption else [])]
    return "\n".join(["\n```{toctree}", *options, "", *lines, "```\n"])


def _add_contents(app: Sphinx, docname: str, content: list[str]) -> None:
    """Give the root its sections, and the first page of a section the others of it."""
    known = sections(INDEX.read_text(encoding="utf-8"))
    app.env.note_dependency(str(INDEX))
    if docname == app.config.root_doc:
        content[0] += _tree([f"{head} </{groups[''][0]}>" for head, groups in known.items()])
    for groups in (groups for groups in known.values() if groups[""][0] == docname):
        for caption, pages in groups.items():
            others = [f"/{page}" for page in pages if page != docname]
            content[0] += _tree(others, caption) if others else ""


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("source-read", _add_contents)
    return {"parallel_read_safe": True}
