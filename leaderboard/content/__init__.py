"""What board.json holds: the types of its parts, which `rows` makes and `pages` shows."""
