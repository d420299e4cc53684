r"""The works that a reference names: "Authors Year, Title, section", several of them parted by semicolons.

In: the text of an entry's `reference`. Out: works with authors, year and title as far as the text has them, and what is
said of the place in the work. Nothing is guessed: what is no title by this form stands in the detail.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

NAME = r"(?:[a-z]['’])?[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zß-ÿ]"
NAMES = rf"{NAME}(?:, {NAME})*"
CITED = re.compile(rf"(?P<names>\b{NAMES})(?P<others> et al\.)? (?P<year>(?:1[89]|20)\d\d)\b")
WITHOUT_YEAR = re.compile(rf"^(?P<names>{NAMES}|{NAME}(?: {NAME})+): (?P<title>[A-Z].*)$")
NO_TITLE = re.compile(r"(figure|table|appendix|section|equation|definition|https?:)", re.IGNORECASE)
NONE = "none"


@dataclass(frozen=True)
class Work:
    """A work: family names of its authors, whether there are others, and what else is known of it; "" where nothing is.

    `detail` is no part of the work, but says where in it something is, or what it is cited for.
    """

    authors: tuple[str, ...]
    others: bool
    year: str
    title: str
    url: str
    detail: str

    @property
    def key(self) -> str:
        """The key of its entry: the first author and the year, or the first long word of the title without a year.

        >>> works("De-Arteaga et al. 2019: Bias in Bios")[0].key
        'dearteaga2019'
        """
        return plain(self.authors[0].split(" ")[0]) + (self.year or _first_word(self.title))


def works(reference: str) -> list[Work]:
    """The works that a reference names, in its order; none of a text that begins with "none".

    >>> works("Guo, Pleiss et al. 2017, On calibration, with 15 bins")
    [Work(authors=('Guo', 'Pleiss'), others=True, year='2017', title='On calibration', url='', detail='with 15 bins')]
    """
    if reference.startswith(NONE):
        return []
    return [work for part in reference.split("; ") for work in _in_part(" ".join(part.split()))]


def united(several: Iterable[Work]) -> dict[str, Work]:
    """Each work once, by its key, with the authors and the title of whichever reference has more of them.

    Two works of one key have the first long words of their titles behind it. What their details say is left out.
    """
    found: dict[str, list[Work]] = {}
    for work in several:
        same = found.setdefault(work.key, [])
        place = next((number for number, other in enumerate(same) if same_work(work, other)), None)
        if place is None:
            same.append(replace(work, detail=""))
        else:
            same[place] = _fuller(same[place], work)
    return {
        (key if len(same) == 1 else f"{key}{_first_word(work.title)}"): work
        for key, same in found.items()
        for work in same
    }


def same_work(one: Work, other: Work) -> bool:
    """Whether two references may be to one work: no author, year or title of theirs speaks against it."""
    fewer, more = sorted((one, other), key=lambda work: len(work.authors))
    same_authors = fewer.authors == more.authors[: len(fewer.authors)] and (
        fewer.others or fewer.authors == more.authors
    )
    shorter, longer = sorted((plain(one.title), plain(other.title)), key=len)
    return same_authors and one.year == other.year and longer.startswith(shorter)


def plain(text: str) -> str:
    """Its letters and digits, small and without accents.

    >>> plain("György: a 2nd")
    'gyorgya2nd'
    """
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if one.isascii() and one.isalnum())


def _first_word(title: str) -> str:
    return next((plain(word) for word in title.split() if len(word) > 3), plain(title))


def _fuller(one: Work, other: Work) -> Work:
    """Of two references to one work the longer list of authors and title; a colon begins a remark, and no title."""
    names = max((one, other), key=lambda work: (len(work.authors), not work.others))
    shorter, longer = sorted((one.title, other.title), key=len)
    title = shorter if shorter and longer[len(shorter) :].startswith(":") else longer
    return replace(one, authors=names.authors, others=names.others, title=title, url=one.url or other.url, detail="")


def _in_part(part: str) -> list[Work]:
    matches = list(CITED.finditer(part))
    if not matches:
        found = WITHOUT_YEAR.match(part)
        if not found:
            return []
        names = found["names"]
        authors = tuple(names.split(", "))
        return [Work(authors, False, "", found["title"], "", "")]
    ends = [match.start() for match in matches[1:]] + [len(part)]
    return [
        _work(match, part[match.end() : end], last=end == len(part)) for match, end in zip(matches, ends, strict=True)
    ]


def _work(match: re.Match[str], rest: str, last: bool) -> Work:
    """A work of its authors and year, and the text behind them, which another work may follow."""
    title, detail = "", ""
    aside = re.match(r" \(([^)]*)\)", rest)
    if aside:
        rest = rest[aside.end() :]
        title, detail = (aside[1], "") if aside[1][0].isupper() else ("", aside[1])
    rest = rest.strip(" ,:") if rest.count("(") == rest.count(")") else rest.strip(" ,:").removesuffix(")")
    pieces = rest.split(". ")[0].split(", ") if last else []
    if pieces and not title and _is_title(pieces[0]):
        title = pieces.pop(0)
        while pieces and " and " in pieces[0] and not NO_TITLE.match(pieces[0]):
            title = f"{title}, {pieces.pop(0)}"
    url = next((piece for piece in pieces if piece.startswith(("http://", "https://"))), "")
    said = [piece for piece in (detail, *pieces) if piece and piece != url]
    authors = tuple(match["names"].split(", "))
    return Work(authors, bool(match["others"]), match["year"], title, url, ", ".join(said))


def _is_title(piece: str) -> bool:
    """Whether a text behind the year is a title: its first word has a capital letter, and it names no part of it."""
    first = piece.split(" ")[0]
    return first != first.lower() and "/" not in first and not NO_TITLE.match(piece)
