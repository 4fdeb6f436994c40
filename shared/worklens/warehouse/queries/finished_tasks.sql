-- What an account's tasks were called that are done, and when they came and went, in the order in which they were done.
SELECT
  task,
  occurrence,
  title,
  created_at,
  created_precision,
  created_day,
  completed_at,
  completed_precision,
  completed_day
FROM current_tasks
WHERE account = @account AND status = 'completed'
ORDER BY completed_at, task, occurrence
