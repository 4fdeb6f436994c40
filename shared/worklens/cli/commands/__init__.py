"""One file a command; each is imported only when it is named. What is heavy is imported inside its functions."""
