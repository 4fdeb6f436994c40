"""A personal work analyzer: what happened to every task, how you really work, and what will be done by when."""

__version__ = "0.1.0"
