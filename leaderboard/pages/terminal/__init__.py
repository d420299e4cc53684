"""What `run` and `report` print: the one screen, and the tables that are asked for."""
