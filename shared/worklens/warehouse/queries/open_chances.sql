-- The chances of a feed's open tasks of which enough is known, with what each calls for (the view attention) and the days
-- until it is due, counted from the day they speak from.
SELECT
  account,
  task,
  occurrence,
  model,
  at_risk,
  need,
  within_week,
  never,
  late,
  UNIX_DATE(due_day) - UNIX_DATE(origin_day) AS days_left
FROM attention
WHERE feed = @feed AND need != 'unknown'
ORDER BY account, task, occurrence
