-- The tasks of a run, and the kinds of events of which the source told what happened to them.
SELECT DISTINCT account, task, occurrence, kind
FROM task_events
WHERE feed = @feed AND run = @run AND state = ''
