"""NUMBERS: a plan becomes trained networks, activations, scores, records and agreement."""
