"""Results: from the records of one run, or of several, to models with their numbers."""
