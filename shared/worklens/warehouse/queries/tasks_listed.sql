-- Every task as a list of tasks shows it: what it is, where it stands and when it ended.
SELECT
  account,
  task,
  occurrence,
  status,
  title,
  collection,
  collection_title,
  created_day,
  due_day,
  COALESCE(completed_day, deleted_day, closed_day) AS ended_day,
  age_days,
  link
FROM current_tasks
