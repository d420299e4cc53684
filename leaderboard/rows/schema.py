"""The form of board.json: raised when something in it means another thing, or is gone."""

SCHEMA = 3
