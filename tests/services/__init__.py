"""Against the real servers and programs, where they are installed: `make test-services`."""
