"""Which words a text has, and which of them tell a woman from a man."""

import re

from registry.suites._scrubbing import GENDERED


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def gendered(text: str) -> set[str]:
    return {word.lower() for word in words(text)} & GENDERED
