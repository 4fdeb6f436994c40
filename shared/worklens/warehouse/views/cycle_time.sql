-- How long each done task took: from its creation (lead) and from its start (cycle), in days.
-- Between two instants it is exact to the second; where either is a date, it is the difference of the days.
-- Unknown where the beginning is unknown or lies after the end.
WITH placed AS (
  SELECT
    completions.*,
    DATE(TIMESTAMP_ADD(completions.started_at, INTERVAL COALESCE(started.offset_seconds, 0) SECOND)) AS started_day
  FROM completions
  LEFT JOIN zone_days AS started
    ON started.feed = completions.feed
    AND started.day = IF(completions.started_precision != 'day', DATE(completions.started_at), NULL)
    AND started.starts_at <= completions.started_at
    AND completions.started_at < started.ends_at
),
timed AS (
  SELECT
    placed.*,
    IF(
      created_precision = 'day' OR completed_precision = 'day',
      CAST(DATE_DIFF(done_day, created_day, DAY) AS FLOAT64),
      SAFE_DIVIDE(UNIX_SECONDS(completed_at) - UNIX_SECONDS(created_at), 86400)
    ) AS since_created,
    IF(
      started_precision = 'day' OR completed_precision = 'day',
      CAST(DATE_DIFF(done_day, started_day, DAY) AS FLOAT64),
      SAFE_DIVIDE(UNIX_SECONDS(completed_at) - UNIX_SECONDS(started_at), 86400)
    ) AS since_started
  FROM placed
)
SELECT
  account,
  task,
  occurrence,
  collection,
  done_day,
  IF(since_created >= 0, since_created, NULL) AS lead_days,
  IF(since_started >= 0, since_started, NULL) AS cycle_days
FROM timed
