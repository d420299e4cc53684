"""Numbers: from records to the content of board.json."""
