-- The titles of some tasks of a feed, looked up when they are shown.
SELECT account, task, occurrence, title
FROM latest_states
WHERE feed = @feed AND task IN UNNEST(@tasks)
