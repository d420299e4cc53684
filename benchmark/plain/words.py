"""Words that fit a number.

In: a number. Out: a text.
"""


def counted(number: int, one: str, several: str) -> str:
    """A number with the word that fits it.

    >>> counted(1, "recipe", "recipes"), counted(0, "recipe", "recipes")
    ('1 recipe', '0 recipes')
    """
    return f"{number} {one if number == 1 else several}"
