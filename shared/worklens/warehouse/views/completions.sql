-- The completion that stands of each task: its newest state is completed, whether it was deleted since or not.
-- So what was done and deleted was done, though nobody looked between the two; what was reopened was not.
SELECT
  feed,
  account,
  task,
  occurrence,
  collection,
  parent,
  labels,
  created_at,
  created_precision,
  created_day,
  started_at,
  started_precision,
  reviewed_at,
  reviewed_precision,
  done_at AS completed_at,
  done_precision AS completed_precision,
  done_day,
  done_hour,
  estimate_seconds,
  spent_seconds,
  kind
FROM task_spans
WHERE done_at IS NOT NULL
