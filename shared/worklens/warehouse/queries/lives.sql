-- How long each task of a feed lived, and when it is due: the columns of history that say so, for who needs no others.
SELECT
  account,
  task,
  occurrence,
  UNIX_SECONDS(created_at) AS created,
  UNIX_SECONDS(done_at) AS completed,
  UNIX_SECONDS(closed_at) AS closed,
  UNIX_SECONDS(deleted_at) AS deleted,
  UNIX_SECONDS(due_at) AS due,
  CASE created_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS created_precision,
  CASE done_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS completed_precision,
  CASE closed_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS closed_precision,
  CASE deleted_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS deleted_precision,
  CASE due_precision
    WHEN 'instant' THEN 1 WHEN 'day' THEN 2 WHEN 'seen' THEN 3 WHEN 'unknown' THEN 4 ELSE 0
  END AS due_precision,
  UNIX_DATE(created_day) AS created_day,
  UNIX_DATE(ended_day) AS ended_day
FROM task_spans
WHERE feed = @feed
ORDER BY account, task, occurrence
