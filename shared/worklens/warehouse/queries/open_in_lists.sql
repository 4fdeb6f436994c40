-- The open tasks of every list but subtasks, with their chances where they were scored: what one could take up in a block of
-- the week.
SELECT
  current_tasks.account,
  current_tasks.task,
  current_tasks.occurrence,
  current_tasks.title,
  current_tasks.collection,
  current_tasks.due_day,
  current_tasks.age_days,
  current_tasks.link,
  latest_scores.late,
  latest_scores.never
FROM current_tasks
LEFT JOIN latest_scores
  ON latest_scores.feed = current_tasks.feed
  AND latest_scores.account = current_tasks.account
  AND latest_scores.task = current_tasks.task
  AND latest_scores.occurrence = current_tasks.occurrence
  AND latest_scores.horizon_days = 7
WHERE current_tasks.status = 'open' AND current_tasks.parent IS NULL AND current_tasks.collection IS NOT NULL
