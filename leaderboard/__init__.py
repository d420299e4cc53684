"""PAGES: records become a board: tables on the terminal and files in `board/`. Never imports torch."""
