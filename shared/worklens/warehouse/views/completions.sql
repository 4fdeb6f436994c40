-- The completion that stands of each task: its newest state, those in which it was deleted aside, is completed.
-- So what was done and deleted later was done; what was reopened, or never seen done before its deletion, was not.
WITH standing AS (
  SELECT *
  FROM full_states
  WHERE deleted_at IS NULL
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence ORDER BY run DESC, seen_at DESC, position DESC
  ) = 1
),
placed AS (
  SELECT
    standing.*,
    TIMESTAMP_ADD(standing.completed_at, INTERVAL COALESCE(zone.offset_seconds, 0) SECOND) AS local_at
  FROM standing
  LEFT JOIN zone_days AS zone
    ON zone.feed = standing.feed
    AND zone.day = DATE(standing.completed_at)
    AND zone.starts_at <= standing.completed_at
    AND standing.completed_at < zone.ends_at
    AND standing.completed_precision != 'day'
  WHERE standing.completed_at IS NOT NULL
)
SELECT
  feed,
  account,
  task,
  occurrence,
  collection,
  parent,
  labels,
  created_at,
  created_precision,
  started_at,
  started_precision,
  completed_at,
  completed_precision,
  DATE(local_at) AS done_day,
  -- A date has no hour, and a time of noticing is not the hour of the work.
  CASE
    WHEN completed_precision = 'instant'
      THEN DIV(UNIX_SECONDS(local_at) - 86400 * UNIX_DATE(DATE(local_at)), 3600)
  END AS done_hour,
  estimate_seconds,
  spent_seconds
FROM placed
