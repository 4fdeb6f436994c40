-- The days after the first on which a log shows a feed's tasks again, as days since 1970.
SELECT account, task, occurrence, UNIX_DATE(DATE(happened_at)) AS day
FROM known_events
WHERE feed = @feed AND kind = 'carried'
ORDER BY account, task, occurrence, day
