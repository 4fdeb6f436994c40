-- The titles of a feed's recurring tasks, by which services that give each occurrence a new id tell a series.
SELECT account, task, occurrence, title
FROM latest_states
WHERE feed = @feed AND recurrence IS NOT NULL
