"""The plan: read, checked against the entries that there are, and resolved into cells with their keys."""
