-- Each open task, how old it is and by how many days it is overdue, as of the last look.
SELECT
  current_tasks.account,
  current_tasks.task,
  current_tasks.occurrence,
  current_tasks.collection,
  current_tasks.collection_title,
  current_tasks.title,
  current_tasks.created_day,
  current_tasks.age_days,
  current_tasks.due_day,
  IF(
    current_tasks.due_day < clocks.now_day, DATE_DIFF(clocks.now_day, current_tasks.due_day, DAY), NULL
  ) AS overdue_days
FROM current_tasks
INNER JOIN clocks ON clocks.feed = current_tasks.feed
WHERE current_tasks.status = 'open'
