"""Text and pictures: from the content of board.json to what a person sees."""
