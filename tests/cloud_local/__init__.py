"""The topology on one machine: its parts that need no server."""
