"""Data: files and their fingerprints, the splits of a cell, and which examples are judged."""
