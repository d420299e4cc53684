"""JSON with one spelling for one content, to be hashed and compared.

In: plain values. Out: a text.
"""

import json


def canonical(content: object) -> str:
    """JSON with one spelling for one content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
