"""todo.txt and done.txt: a task a line, after the conventions of todotxt.org."""
