-- When each task of a feed was begun and ended, as days since 1970, and its estimate against the time spent on it.
-- A start, a creation or an end of which only the noticing is known has no day. The ending is 0 while the task is open, 1
-- done, 2 deleted, 3 closed at an unknown time.
SELECT
  tasks.account,
  COALESCE(tasks.collection, '') AS collection,
  UNIX_DATE(
    IF(
      tasks.started_precision IN ('instant', 'day'),
      DATE(TIMESTAMP_ADD(tasks.started_at, INTERVAL COALESCE(zone.offset_seconds, 0) SECOND)),
      NULL
    )
  ) AS started_day,
  UNIX_DATE(IF(tasks.created_precision IN ('instant', 'day'), tasks.created_day, NULL)) AS created_day,
  UNIX_DATE(IF(COALESCE(tasks.done_precision, 'day') IN ('instant', 'day'), tasks.ended_day, NULL)) AS ended_day,
  CASE tasks.ending WHEN 'done' THEN 1 WHEN 'deleted' THEN 2 WHEN 'closed' THEN 3 ELSE 0 END AS ending,
  tasks.estimate_seconds,
  tasks.spent_seconds
FROM task_spans AS tasks
LEFT JOIN zone_days AS zone
  ON zone.feed = tasks.feed
  AND zone.day = IF(tasks.started_precision != 'day', DATE(tasks.started_at), NULL)
  AND zone.starts_at <= tasks.started_at
  AND tasks.started_at < zone.ends_at
WHERE tasks.feed = @feed
ORDER BY tasks.account, tasks.task, tasks.occurrence
