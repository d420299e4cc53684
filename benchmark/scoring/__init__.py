"""Scoring: from a network's outputs to the numbers of its record."""
