r"""The works behind a board as BibTeX: board.bib.

In: the content of board.json, what it used with its references, and the references that are known. Out: a text in
printable ASCII that BibTeX and LaTeX read, whatever stands in a name.
"""

from collections.abc import Iterable, Mapping, Sequence

from leaderboard.content.board import BoardContent
from leaderboard.pages.files.citations import NONE, Work, same_work, united, works
from leaderboard.pages.files.latex_text import escaped

BEGINNING = "% The works behind the board of plan "
PAPER_TITLE = "Measures of Information Reflect Memorization Patterns"
PAPER = Work(("Bansal", "Pruthi", "Belinkov"), False, "2022", PAPER_TITLE, "", "")
PAPER_ENTRY = """@inproceedings{bansal2022,
  author = {Bansal, Rachit and Pruthi, Danish and Belinkov, Yonatan},
  title = {{Measures of Information Reflect Memorization Patterns}},
  booktitle = {Advances in Neural Information Processing Systems 35},
  year = {2022},
  url = {https://arxiv.org/abs/2210.09404}
}"""
ABOUT = (
    "% Titles and lists of authors are as short as the references of memorank's entries have them, and a title is",
    "% missing where those name none: complete them before you cite. The annotations say which entries refer to",
    "% a work, and are not printed; `memorank describe NAME` has the whole reference of an entry.",
)
Reference = tuple[str, str, str | None]  # what an entry is, its name, and its reference where it is known


def bibtex(board: BoardContent, used: Sequence[Reference], known: Iterable[str]) -> Mapping[str, str]:
    """board.bib: the paper, memorank, and each work that an entry of the board refers to, once.

    Args:
        board: The content of board.json.
        used: Each entry of the board: what it is, its name, and its reference, None where it is not known.
        known: All references that are known, from which a work has its key, its title and its authors.

    Returns:
        The text by the name of the file. An entry whose reference is "none" has no work. Comments name the entries
        without a work, and those that are not known.
    """
    cited = [
        (work, f"{kind} {name}" + (f" ({work.detail})" if work.detail else ""))
        for kind, name, reference in used
        for work in works(reference or NONE)
    ]
    named = united([PAPER, *(work for text in known for work in works(text)), *(work for work, _ in cited)])
    notes: dict[str, list[str]] = {PAPER.key: []}
    for work, note in cited:
        key = next(key for key, one in named.items() if key.startswith(work.key) and same_work(work, one))
        notes.setdefault(key, []).append(note)
    first = [_with_note(PAPER_ENTRY, notes.pop(PAPER.key)), _memorank(board)]
    entries = [*first, *(_entry(key, named[key], said) for key, said in sorted(notes.items()))]
    return {"board.bib": "\n\n".join([_head(board, used), *entries]) + "\n"}


def _head(board: BoardContent, used: Sequence[Reference]) -> str:
    """What stands above the entries, which BibTeX passes over."""
    said = {
        "Left out, as no entry of this name is known here": [one for one in used if one[2] is None],
        "Refer to no work": [one for one in used if one[2] is not None and not works(one[2])],
    }
    lines = [
        f"% {words}: {_in_comment(', '.join(f'{kind} {name}' for kind, name, _ in entries))}."
        for words, entries in said.items()
        if entries
    ]
    return "\n".join([BEGINNING + _in_comment(board["plan"]), *ABOUT, *lines])


def _in_comment(text: str) -> str:
    """A text outside of the entries, where BibTeX looks for the sign that begins one."""
    return escaped(text).replace("@", "(at)")


def _entry(key: str, work: Work, notes: Sequence[str]) -> str:
    authors = [_author(name) for name in work.authors] + (["others"] if work.others else [])
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{_value(work.title)}}}" if work.title else "",
        "year": work.year,
        "url": work.url if work.url.isascii() and not set(work.url) & set("{}\\%# ") else "",
        "annote": _note(notes),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}\n}}"


def _with_note(entry: str, notes: Sequence[str]) -> str:
    return entry.removesuffix("\n}") + f",\n  annote = {{{_note(notes)}}}\n}}" if notes else entry


def _memorank(board: BoardContent) -> str:
    """The entry of memorank itself, with the versions that made the board."""
    versions = ", ".join(board["made"]["versions"].get("memorank", []))
    note = f"Version {_value(versions)}" if versions else ""
    said = f",\n  note = {{{note}}}" if note else ""
    return f"@misc{{memorank,\n  author = {{{{The memorank authors}}}},\n  title = {{{{memorank}}}}{said}\n}}"


def _note(notes: Sequence[str]) -> str:
    return f"memorank: {'; '.join(_value(note) for note in dict.fromkeys(notes))}" if notes else ""


def _author(name: str) -> str:
    """A family name, or the name of a body, which BibTeX would take for first and last names."""
    return f"{{{_value(name)}}}" if " " in name else _value(name)


def _value(text: str) -> str:
    r"""A text between braces: BibTeX counts those that LaTeX would show, too.

    >>> print(_value("50 % of {x"))
    50 \% of \textbraceleft{}x
    """
    return escaped(text).replace("\\{", "\\textbraceleft{}").replace("\\}", "\\textbraceright{}")
