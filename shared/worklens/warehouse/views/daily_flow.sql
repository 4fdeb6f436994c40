-- What came, was done and was removed on each day from an account's first to its last, and what was open at its end.
WITH changes AS (
  SELECT account, arrived_day AS day, 1 AS arrived, 0 AS done, 0 AS removed
  FROM task_spans
  UNION ALL
  SELECT account, ended_day AS day, 0 AS arrived, IF(ending = 'done', 1, 0) AS done, IF(ending = 'done', 0, 1) AS removed
  FROM task_spans
  WHERE ended_day IS NOT NULL
),
bounds AS (
  SELECT account, MIN(day) AS first_day, MAX(day) AS last_day FROM changes GROUP BY account
),
every_day AS (
  SELECT account, day, arrived, done, removed FROM changes
  UNION ALL
  SELECT bounds.account, calendar.day, 0 AS arrived, 0 AS done, 0 AS removed
  FROM bounds
  INNER JOIN calendar ON calendar.day BETWEEN bounds.first_day AND bounds.last_day
),
days AS (
  SELECT account, day, SUM(arrived) AS arrived, SUM(done) AS done, SUM(removed) AS removed
  FROM every_day
  GROUP BY account, day
)
SELECT
  days.account,
  days.day,
  days.arrived,
  days.done,
  days.removed,
  SUM(days.arrived - days.done - days.removed) OVER (
    PARTITION BY days.account ORDER BY days.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS open
FROM days
