"""Texts without what tells a woman from a man: names, pronouns, titles and gendered words become a mark.

In: texts, and the names of whom each is about. Out: the texts with `MARK` in their place.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MARK = "_"  # as in the biographies of De-Arteaga et al. 2019
TITLES = _words("mr mrs ms miss mister madam madame sir lady lord dame")  # their full stop goes with them
GENDERED = TITLES | _words(
    """
    he him his himself she her hers herself
    man men woman women boy boys girl girls male males female females guy guys gal gals lad lads lass gentleman
    gentlemen ladies lords
    father fathers mother mothers dad dads daddy mom moms mum mums mommy mummy papa mama son sons daughter daughters
    brother brothers sister sisters husband husbands wife wives uncle uncles aunt aunts nephew nephews niece nieces
    grandfather grandfathers grandmother grandmothers grandson grandsons granddaughter granddaughters grandpa grandma
    stepfather stepmother stepson stepdaughter stepbrother stepsister godfather godmother
    boyfriend boyfriends girlfriend girlfriends fiance fiancé fiancee fiancée bride brides groom grooms widow widows
    widower widowers bachelorette
    king kings queen queens prince princes princess princesses duke duchess baron baroness countess emperor empress
    monk monks nun nuns priestess actress actresses waiter waitress waitresses hostess stewardess heroine heroines
    goddess seamstress landlady landlord
    chairman chairmen chairwoman chairwomen businessman businessmen businesswoman businesswomen spokesman spokeswoman
    congressman congresswoman salesman saleswoman policeman policewoman fireman firemen cameraman craftsman sportsman
    sportswoman frontman frontwoman anchorman anchorwoman alumnus alumna alumnae emeritus emerita latino latina
    fatherhood motherhood fatherly motherly paternal maternal paternity maternity brotherhood sisterhood masculine
    feminine masculinity femininity manly womanly womanhood manhood boyhood girlhood
    """
)

_WORD = re.compile(r"([^\W_]+)(\.?)")


def scrubbed(texts: NDArray[Any], names: NDArray[Any] | None) -> NDArray[Any]:
    """Texts without what tells a woman from a man (De-Arteaga et al. 2019): `MARK` stands in its place.

    A name is taken out as it is written or in capitals, so that a Will goes and a will stays. Initials stay.

    Args:
        texts: (S,) texts.
        names: (S,) the names of the one whom each is about, with spaces between, or None if they are not known.

    Returns:
        (S,) texts of the same type.

    >>> print(scrubbed(np.array(["Ms. Smith is her daughter."]), np.array(["Ann Smith"]))[0])
    _ _ is _ _.
    """
    known: Iterable[str] = map(str, names) if names is not None else [""] * len(texts)
    return np.array([_scrubbed(str(text), said) for text, said in zip(texts, known, strict=True)], dtype=texts.dtype)


@lru_cache(maxsize=2**14)  # the texts of a small data set, of which every network has some
def _scrubbed(text: str, names: str) -> str:
    own = {part for name in _WORD.findall(names) if len(part := name[0]) > 1}
    own |= {name.upper() for name in own}

    def replaced(found: re.Match[str]) -> str:
        word, stop = found.groups()
        plain = word.casefold()
        if plain not in GENDERED and word not in own:
            return found[0]
        return MARK if plain in TITLES else MARK + stop

    return _WORD.sub(replaced, text)
