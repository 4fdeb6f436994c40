"""Tests against the real topology: Google's emulators, the functions as processes, push delivery."""
