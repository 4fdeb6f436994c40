-- The days on which each task came and went, how it ended (done, deleted, closed or not yet), and its numbers.
-- A task came when it was created; where that is unknown, at the first thing known of it. One that ended before it was
-- created, as its source has it, came on the day it ended: no day then counts fewer than no open tasks.
-- What is over at a time of which nothing at all is known (1970, as it is stored) went on the day it was first seen.
WITH bounded AS (
  SELECT
    latest_states.*,
    IF(UNIX_SECONDS(closed_at) = 0, NULL, closed_at) AS over_at,
    IF(deleted_precision = 'unknown' AND UNIX_SECONDS(deleted_at) = 0, NULL, deleted_at) AS gone_at
  FROM latest_states
),
known AS (
  SELECT
    bounded.*,
    COALESCE(
      created_at,
      LEAST(
        first_seen_at,
        COALESCE(started_at, first_seen_at),
        COALESCE(completed_at, first_seen_at),
        COALESCE(over_at, first_seen_at),
        COALESCE(gone_at, first_seen_at)
      )
    ) AS came_at,
    CASE
      WHEN deleted_at IS NOT NULL THEN COALESCE(gone_at, first_seen_at)
      WHEN closed_at IS NOT NULL THEN COALESCE(over_at, first_seen_at)
    END AS left_at,
    IF(deleted_at IS NULL, closed_precision, deleted_precision) AS left_precision
  FROM bounded
),
dated AS (
  SELECT
    known.*,
    CASE came_at
      WHEN created_at THEN created_precision
      WHEN started_at THEN started_precision
      WHEN completed_at THEN completed_precision
      WHEN over_at THEN closed_precision
      WHEN gone_at THEN deleted_precision
      ELSE 'seen'
    END AS came_precision
  FROM known
),
placed AS (
  SELECT
    dated.*,
    DATE(TIMESTAMP_ADD(dated.came_at, INTERVAL COALESCE(came.offset_seconds, 0) SECOND)) AS came_day,
    TIMESTAMP_ADD(dated.completed_at, INTERVAL COALESCE(done.offset_seconds, 0) SECOND) AS done_wall,
    DATE(TIMESTAMP_ADD(dated.left_at, INTERVAL COALESCE(gone.offset_seconds, 0) SECOND)) AS left_day
  FROM dated
  LEFT JOIN zone_days AS came
    ON came.feed = dated.feed
    AND came.day = IF(dated.came_precision != 'day', DATE(dated.came_at), NULL)
    AND came.starts_at <= dated.came_at
    AND dated.came_at < came.ends_at
  LEFT JOIN zone_days AS done
    ON done.feed = dated.feed
    AND done.day = IF(dated.completed_precision != 'day', DATE(dated.completed_at), NULL)
    AND done.starts_at <= dated.completed_at
    AND dated.completed_at < done.ends_at
  LEFT JOIN zone_days AS gone
    ON gone.feed = dated.feed
    AND gone.day = IF(dated.left_precision != 'day', DATE(dated.left_at), NULL)
    AND gone.starts_at <= dated.left_at
    AND dated.left_at < gone.ends_at
)
SELECT
  feed,
  account,
  task,
  occurrence,
  collection,
  parent,
  labels,
  LEAST(came_day, COALESCE(DATE(done_wall), left_day, came_day)) AS arrived_day,
  COALESCE(DATE(done_wall), left_day) AS ended_day,
  CASE
    WHEN completed_at IS NOT NULL THEN 'done'
    WHEN deleted_at IS NOT NULL THEN 'deleted'
    WHEN closed_at IS NOT NULL THEN 'closed'
  END AS ending,
  created_at,
  created_precision,
  IF(created_at IS NULL, NULL, came_day) AS created_day,
  started_at,
  started_precision,
  reviewed_at,
  reviewed_precision,
  due_at,
  due_precision,
  completed_at AS done_at,
  completed_precision AS done_precision,
  DATE(done_wall) AS done_day,
  -- A date has no hour, and a time of noticing is not the hour of the work.
  CASE
    WHEN completed_precision = 'instant'
      -- The brackets are for translators that forget them.
      THEN DIV((UNIX_SECONDS(done_wall) - 86400 * UNIX_DATE(DATE(done_wall))), 3600)
  END AS done_hour,
  over_at AS closed_at,
  closed_precision,
  gone_at AS deleted_at,
  deleted_precision,
  priority,
  estimate_seconds,
  spent_seconds,
  recurrence,
  kind,
  first_seen_at
FROM placed
