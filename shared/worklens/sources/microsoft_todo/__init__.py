"""Microsoft To Do, over Microsoft Graph."""
