-- Every task of a feed as numbers, a narrow row each: what analysis loads.
-- Times are seconds since 1970, days are days since 1970 in the person's zone, NULL where there is none; a precision is
-- 0 where there is no time, 1 an instant, 2 a day, 3 seen by then, 4 after then. A task that was done and deleted later
-- has both times.
SELECT
  tasks.account,
  tasks.task,
  tasks.occurrence,
  tasks.collection,
  tasks.parent,
  UNIX_SECONDS(tasks.created_at) AS created,
  UNIX_SECONDS(tasks.started_at) AS started,
  UNIX_SECONDS(tasks.due_at) AS due,
  UNIX_SECONDS(tasks.done_at) AS completed,
  UNIX_SECONDS(tasks.closed_at) AS closed,
  UNIX_SECONDS(tasks.deleted_at) AS deleted,
  UNIX_SECONDS(tasks.first_seen_at) AS first_seen,
  CASE tasks.created_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS created_precision,
  CASE tasks.started_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS started_precision,
  CASE tasks.due_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS due_precision,
  CASE tasks.done_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS completed_precision,
  CASE tasks.closed_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS closed_precision,
  CASE tasks.deleted_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS deleted_precision,
  UNIX_DATE(tasks.created_day) AS created_day,
  UNIX_DATE(DATE(TIMESTAMP_ADD(tasks.started_at, INTERVAL COALESCE(started.offset_seconds, 0) SECOND))) AS started_day,
  UNIX_DATE(DATE(TIMESTAMP_ADD(tasks.due_at, INTERVAL COALESCE(due.offset_seconds, 0) SECOND))) AS due_day,
  UNIX_DATE(tasks.done_day) AS completed_day,
  tasks.done_hour AS completed_hour,
  UNIX_DATE(tasks.arrived_day) AS arrived_day,
  UNIX_DATE(tasks.ended_day) AS ended_day,
  tasks.priority,
  tasks.estimate_seconds,
  tasks.spent_seconds,
  COALESCE(rescheduling.times_moved, 0) AS times_moved,
  COALESCE(rescheduling.days_moved, 0) AS days_moved,
  tasks.recurrence IS NOT NULL AS recurring
FROM task_spans AS tasks
LEFT JOIN rescheduling
  ON rescheduling.account = tasks.account
  AND rescheduling.task = tasks.task
  AND rescheduling.occurrence = tasks.occurrence
LEFT JOIN zone_days AS started
  ON started.feed = tasks.feed
  AND started.day = IF(tasks.started_precision != 'day', DATE(tasks.started_at), NULL)
  AND started.starts_at <= tasks.started_at
  AND tasks.started_at < started.ends_at
LEFT JOIN zone_days AS due
  ON due.feed = tasks.feed
  AND due.day = IF(tasks.due_precision != 'day', DATE(tasks.due_at), NULL)
  AND due.starts_at <= tasks.due_at
  AND tasks.due_at < due.ends_at
WHERE tasks.feed = @feed
ORDER BY tasks.account, tasks.task, tasks.occurrence
