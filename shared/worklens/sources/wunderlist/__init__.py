"""Wunderlist: its exports, and its API as it was."""
