"""What goes to the cloud and how: the functions' bundles. It runs with Python's own library alone."""
