-- The days on which each task came and went, how it ended (done, deleted, closed or not yet), and its numbers.
-- A task came when it was created; where that is unknown, at the first thing known of it. One that ended before it was
-- created, as its source has it, came on the day it ended: no day then counts fewer than no open tasks.
WITH known AS (
  SELECT
    latest_states.*,
    COALESCE(
      latest_states.created_at,
      LEAST(
        latest_states.first_seen_at,
        COALESCE(latest_states.started_at, latest_states.first_seen_at),
        COALESCE(latest_states.completed_at, latest_states.first_seen_at),
        COALESCE(latest_states.closed_at, latest_states.first_seen_at),
        COALESCE(latest_states.deleted_at, latest_states.first_seen_at)
      )
    ) AS came_at,
    completions.completed_at AS done_at,
    completions.completed_precision AS done_precision,
    completions.done_day,
    completions.done_hour,
    COALESCE(latest_states.deleted_at, latest_states.closed_at) AS left_at,
    IF(latest_states.deleted_at IS NULL, latest_states.closed_precision, latest_states.deleted_precision) AS left_precision
  FROM latest_states
  LEFT JOIN completions
    ON completions.account = latest_states.account
    AND completions.task = latest_states.task
    AND completions.occurrence = latest_states.occurrence
),
dated AS (
  SELECT
    known.*,
    CASE came_at
      WHEN created_at THEN created_precision
      WHEN started_at THEN started_precision
      WHEN completed_at THEN completed_precision
      WHEN closed_at THEN closed_precision
      WHEN deleted_at THEN deleted_precision
      ELSE 'seen'
    END AS came_precision
  FROM known
),
placed AS (
  SELECT
    dated.*,
    DATE(TIMESTAMP_ADD(dated.came_at, INTERVAL COALESCE(came.offset_seconds, 0) SECOND)) AS came_day,
    COALESCE(
      dated.done_day, DATE(TIMESTAMP_ADD(dated.left_at, INTERVAL COALESCE(gone.offset_seconds, 0) SECOND))
    ) AS ended_day
  FROM dated
  LEFT JOIN zone_days AS came
    ON came.feed = dated.feed
    AND came.day = DATE(dated.came_at)
    AND came.starts_at <= dated.came_at
    AND dated.came_at < came.ends_at
    AND dated.came_precision != 'day'
  LEFT JOIN zone_days AS gone
    ON gone.feed = dated.feed
    AND gone.day = DATE(dated.left_at)
    AND gone.starts_at <= dated.left_at
    AND dated.left_at < gone.ends_at
    AND dated.left_precision != 'day'
)
SELECT
  feed,
  account,
  task,
  occurrence,
  collection,
  parent,
  LEAST(came_day, COALESCE(ended_day, came_day)) AS arrived_day,
  ended_day,
  CASE
    WHEN done_day IS NOT NULL THEN 'done'
    WHEN deleted_at IS NOT NULL THEN 'deleted'
    WHEN closed_at IS NOT NULL THEN 'closed'
  END AS ending,
  created_at,
  created_precision,
  IF(created_at IS NULL, NULL, came_day) AS created_day,
  started_at,
  started_precision,
  due_at,
  due_precision,
  done_at,
  done_precision,
  done_day,
  done_hour,
  closed_at,
  closed_precision,
  deleted_at,
  deleted_precision,
  priority,
  estimate_seconds,
  spent_seconds,
  recurrence,
  first_seen_at
FROM placed
