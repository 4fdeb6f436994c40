-- The events of the runs that count, each once.
SELECT task_events.*
FROM task_events
INNER JOIN settled_runs ON settled_runs.feed = task_events.feed AND settled_runs.run = task_events.run
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY task_events.account, task_events.event_id ORDER BY task_events.run, task_events.seen_at
) = 1
