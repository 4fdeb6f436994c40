"""Fake services over a scripted world that knows the truth: for our tests, and for those of anyone who adds a source."""
