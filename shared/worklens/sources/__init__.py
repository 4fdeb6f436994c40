"""The services tasks are read from: one file each, free of I/O, driven from outside."""
