-- Tasks done with each label, a week; a task with two labels counts under both.
WITH labelled AS (
  SELECT DISTINCT completions.account, completions.task, completions.occurrence, completions.done_day, label
  FROM completions
  CROSS JOIN UNNEST(completions.labels) AS label
)
SELECT
  labelled.account,
  COALESCE(calendar.week, labelled.done_day) AS week,
  labelled.label,
  COUNT(*) AS done
FROM labelled
LEFT JOIN calendar ON calendar.day = labelled.done_day
GROUP BY labelled.account, COALESCE(calendar.week, labelled.done_day), labelled.label
