"""iCalendar's to-dos (VTODO), from files and as CalDAV serves them: split into raw records, and read."""
