"""Any table of tasks in a text file, read by a mapping."""
