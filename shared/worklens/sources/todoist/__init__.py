"""Todoist."""
