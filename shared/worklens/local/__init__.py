"""The ports on one machine: SQLite for state and queue, DuckDB for facts, files for the rest."""
