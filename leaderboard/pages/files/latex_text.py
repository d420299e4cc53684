r"""A text as LaTeX shows it, whatever stands in it.

In: any text. Out: printable ASCII on one line.
"""

import re
import unicodedata

MEANS_SOMETHING = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    **{character: f"{{{character}}}" for character in "[]*`"},  # after a line's end, or as half of a ligature
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"{\char34}",
    "±": r"$\pm$",
}
ACCENTS = dict(zip("\u0300\u0301\u0302\u0303\u0308\u0327\u030a\u030c", "`'^~\"crv", strict=True))

MINUS = r"(?<![\w}-])-(?=\d)"  # of a number, not a hyphen in a name


def escaped(text: str) -> str:
    r"""A text as LaTeX shows it, in printable ASCII and on one line.

    What no font of pdflatex has by itself becomes a question mark.

    >>> print(escaped("50 % of a_b, Poincaré\n日"))
    50 \% of a\_b, Poincar\'{e} ?
    """
    shown = "".join(_shown(character) for character in unicodedata.normalize("NFC", " ".join(text.split())))
    return re.sub(MINUS, "$-$", shown)


def _shown(character: str) -> str:
    if character in MEANS_SOMETHING:
        return MEANS_SOMETHING[character]
    letter, *marks = list(unicodedata.normalize("NFD", character))
    if not (letter.isascii() and letter.isprintable()) or (marks and (len(marks) > 1 or marks[0] not in ACCENTS)):
        return "?"
    return f"\\{ACCENTS[marks[0]]}{{{letter}}}" if marks else letter
