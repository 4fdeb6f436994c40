"""The tables, the views over them, and the one dialect they are written in."""
