"""Taskwarrior, from the local ``task`` command and from its JSON exports."""
