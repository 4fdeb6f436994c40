-- What holds of each task's chances: a row a horizon, of the newest run of its feed that was scored.
-- Whoever wants open tasks only joins current_tasks: a run that leaves none open has no rows here. Rows of before there
-- were prospects have none.
WITH newest AS (
  SELECT *
  FROM every_score
  QUALIFY run = MAX(run) OVER (PARTITION BY feed)
),
held AS (
  SELECT *
  FROM newest
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence, horizon_days ORDER BY model DESC, version
  ) = 1
),
told AS (
  SELECT *
  FROM prospects
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence, run, model, version ORDER BY seen_at
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
