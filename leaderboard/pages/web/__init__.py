"""board.html: a whole board in one page."""
