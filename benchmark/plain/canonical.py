"""JSON with one spelling for one content, to be hashed and compared.

In: plain values. Out: a text.
"""

import json


def canonical(content: object) -> str:
    """JSON with one spelling for one content: keys sorted, no spaces, ASCII only.

    Raises:
        ValueError: A number is NaN or infinite.

    >>> canonical({"b": [1, 2.0], "a": None})
    '{"a":null,"b":[1,2.0]}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
