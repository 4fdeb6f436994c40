-- Each open task, how old it is and by how many days it is overdue, as of the last look.
SELECT
  open_tasks.account,
  open_tasks.task,
  open_tasks.occurrence,
  open_tasks.collection,
  open_tasks.collection_title,
  open_tasks.title,
  open_tasks.created_day,
  open_tasks.age_days,
  open_tasks.due_day,
  IF(
    open_tasks.due_day < clocks.now_day, DATE_DIFF(clocks.now_day, open_tasks.due_day, DAY), NULL
  ) AS overdue_days
FROM open_tasks
INNER JOIN clocks ON clocks.feed = open_tasks.feed
