"""Reads when a task is meant to happen from its title, in English and Chinese.

A title's time phrase becomes a small program (`language.py`), which is executed against the instant it was said at
(`execute.py`). A network writes the program and points at the numbers in the title; it never computes with them.
"""
