"""Tables as text: what stands in which column, the notes below them, and what made a board."""
