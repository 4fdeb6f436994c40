-- The chances a task was given: when it was scored first, and last, by the runs that count.
WITH counted AS (
  SELECT scores.*
  FROM scores
  INNER JOIN settled_runs ON settled_runs.feed = scores.feed AND settled_runs.run = scores.run
  WHERE scores.account = @account AND scores.task = @task AND scores.probability IS NOT NULL
),
placed AS (
  SELECT
    occurrence,
    horizon_days,
    probability,
    model,
    seen_at,
    ROW_NUMBER() OVER (
      PARTITION BY account, task, occurrence, horizon_days ORDER BY run, seen_at, version
    ) AS from_first,
    ROW_NUMBER() OVER (
      PARTITION BY account, task, occurrence, horizon_days ORDER BY run DESC, seen_at DESC, version DESC
    ) AS from_last
  FROM counted
)
SELECT occurrence, horizon_days, probability, model, seen_at, from_last = 1 AS newest
FROM placed
WHERE from_first = 1 OR from_last = 1
ORDER BY occurrence, horizon_days, from_first
