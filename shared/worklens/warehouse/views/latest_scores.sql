-- What holds of each task's chances: a row a horizon, of the newest run of its feed that was scored.
-- Whoever wants open tasks only joins current_tasks: a run that leaves none open has no rows here. Rows of before there
-- were prospects have none.
WITH newest AS (
  SELECT feed, MAX(run) AS run FROM full_scores GROUP BY feed
),
held AS (
  SELECT full_scores.*
  FROM full_scores
  INNER JOIN newest ON newest.feed = full_scores.feed AND newest.run = full_scores.run
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY full_scores.account, full_scores.task, full_scores.occurrence, full_scores.horizon_days
    ORDER BY full_scores.model DESC, full_scores.version, full_scores.seen_at
  ) = 1
),
told AS (
  SELECT prospects.*
  FROM prospects
  INNER JOIN newest ON newest.feed = prospects.feed AND newest.run = prospects.run
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY prospects.account, prospects.task, prospects.occurrence, prospects.run, prospects.model, prospects.version
    ORDER BY prospects.seen_at
  ) = 1
)
SELECT
  held.feed,
  held.account,
  held.task,
  held.occurrence,
  held.run,
  held.model,
  held.version,
  held.horizon_days,
  held.probability,
  held.age_days,
  held.at_risk,
  told.features,
  told.origin_day,
  told.soonest_days,
  told.median_days,
  told.latest_days,
  told.deleted_30d,
  told.never,
  told.late,
  told.reasons,
  held.seen_at
FROM held
LEFT JOIN told
  ON told.feed = held.feed
  AND told.account = held.account
  AND told.task = held.task
  AND told.occurrence = held.occurrence
  AND told.run = held.run
  AND told.model = held.model
  AND told.version = held.version
